"""Chat messages: kept, found and counted."""
