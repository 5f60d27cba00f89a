"""People, over all channels."""
