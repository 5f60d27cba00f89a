"""Log Twitch chat, answer its commands and offer both over gRPC."""

__version__ = "0.1.0"
