"""Settings, wiring and supervision: the only place where classes meet."""
