"""Streams: live sessions and the Chat-Only stream."""
