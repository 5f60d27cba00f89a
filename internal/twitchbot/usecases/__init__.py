"""What the service can do: one verb, one class, one file."""
