"""The chat platforms that messages come from."""

TWITCH = "twitch"
