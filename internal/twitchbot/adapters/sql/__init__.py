"""Keeps everything in SQLite or PostgreSQL: one set of repositories over both."""
