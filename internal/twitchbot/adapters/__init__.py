"""One package per thing outside; they do not know each other."""
