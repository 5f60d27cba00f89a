"""What the service is about: frozen values and rules, no I/O, no library."""
