"""Twitch's web API."""
