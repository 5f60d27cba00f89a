"""Twitch chat over IRC: hear every line, keep the wanted channels, send within the limits."""
