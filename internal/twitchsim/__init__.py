"""A Twitch on loopback: IRC, Helix and OAuth with Twitch's limits, answers and bad days."""
