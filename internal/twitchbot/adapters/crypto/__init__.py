"""Secrets at rest, and keys derived for other uses."""
