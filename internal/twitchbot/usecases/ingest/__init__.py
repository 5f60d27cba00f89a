"""From a chat line to a stored row."""
