"""What a test, a script or the control API may make happen, one class per subject."""
