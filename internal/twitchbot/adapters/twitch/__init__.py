"""Twitch: its chat, and its web API."""
