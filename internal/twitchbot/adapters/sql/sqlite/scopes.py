"""Where a message belongs, as words of the search index.

They stand in a column of their own, so that no text can look like one of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from twitchbot.adapters.sql.dialect import MessageScope
from twitchbot.domain.message import ChatMessage

SHARED = "x"


def scope_text(stream_id: UUID, message: ChatMessage) -> str:
    """Return the scope words of a message, as the index takes them."""
    words = f"s{stream_id.hex} u{_plain(message.user_id)} {_channel(message)}"
    return f"{words} {SHARED}" if message.is_shared_copy else words


def scope_words(scope: MessageScope) -> Iterator[str]:
    """Return the scope words that the wanted messages have."""
    chosen = scope.chosen
    if chosen.stream_id is not None:
        yield f"s{chosen.stream_id.hex}"
    if chosen.user_id:
        yield f"u{_plain(chosen.user_id)}"
    if scope.channel_id:
        yield f"c{_plain(scope.channel_id)}"
    elif scope.channel_id is not None:
        yield f"l{_plain(chosen.channel)}"


def _channel(message: ChatMessage) -> str:
    if message.channel_id:
        return f"c{_plain(message.channel_id)}"
    return f"l{_plain(message.channel)}"


def _plain(name: str) -> str:
    """Return digits as they are and anything else in hex, so that it stays one word."""
    if name.isascii() and name.isdigit():
        return name
    return f"h{name.encode(errors='surrogatepass').hex()}"
