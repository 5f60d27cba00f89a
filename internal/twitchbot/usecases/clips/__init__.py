"""Records of clips."""
