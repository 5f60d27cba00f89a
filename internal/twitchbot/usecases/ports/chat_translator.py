"""The platform's words in, ours out."""

from __future__ import annotations

from typing import Protocol

from twitchbot.domain.message import ChatMessage


class ChatTranslator(Protocol):
    """Reads a raw chat line; does no I/O, so that it serves live lines and replays alike."""

    def __call__(self, line: bytes, received_us: int, /) -> ChatMessage | None:
        """Return the message of a line received at this time (µs), None if it holds none."""
        ...
