"""Small building blocks of the standard library alone."""
