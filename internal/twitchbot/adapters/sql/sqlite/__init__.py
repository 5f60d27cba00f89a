"""What SQLite does its own way: one writer, positions as row ids, FTS5."""
