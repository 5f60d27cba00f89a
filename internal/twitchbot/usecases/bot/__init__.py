"""The bot: where it sits and what it says."""
