"""People per channel."""
