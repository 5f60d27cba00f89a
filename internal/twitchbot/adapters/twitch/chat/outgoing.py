"""The one place where outgoing lines are made.

Whatever is configured, typed or said by others ends up in these lines, so each is checked to be
exactly one: no control characters inside, CR LF at the end, no longer than Twitch takes.
"""

from __future__ import annotations

import re

from twitchbot.domain.channel import LOGIN

MAX_LINE_BYTES = 2048  # without tags; 500 characters of four bytes fit
MAX_TEXT_CHARACTERS = 500
MAX_TAGS_BYTES = 512

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ESCAPES = str.maketrans({";": r"\:", " ": r"\s", "\\": r"\\", "\r": r"\r", "\n": r"\n"})


class UnsendableLineError(ValueError):
    """A line that must not be sent; the text does not quote it, as it may hold a secret."""


def encode_line(line: str) -> bytes:
    """Return a line as it goes over the wire.

    Raises:
        UnsendableLineError: it is empty, too long, or would be more than one line.
    """
    if _CONTROL.search(line):
        raise UnsendableLineError("an outgoing line has a control character")
    tags, command = line.split(" ", 1) if line.startswith("@") else ("", line)
    if not command.strip():
        raise UnsendableLineError("an outgoing line is empty")
    try:
        tag_bytes, command_bytes = tags.encode(), command.encode()
    except UnicodeEncodeError:
        raise UnsendableLineError("an outgoing line has a lone surrogate") from None
    if len(command_bytes) + 2 > MAX_LINE_BYTES or len(tag_bytes) > MAX_TAGS_BYTES:
        raise UnsendableLineError("an outgoing line is too long")
    return (tag_bytes + b" " if tag_bytes else b"") + command_bytes + b"\r\n"


def privmsg_line(channel: str, text: str, reply_to: str = "") -> str:
    """Return the line that says something in a channel, as an answer if `reply_to` is an id.

    Raises:
        UnsendableLineError: the text is empty or has more than 500 characters.
    """
    if not text.strip() or len(text) > MAX_TEXT_CHARACTERS:
        raise UnsendableLineError("a message must have 1 to 500 characters")
    tags = f"@reply-parent-msg-id={reply_to.translate(_ESCAPES)} " if reply_to else ""
    return f"{tags}PRIVMSG #{_checked(channel)} :{text}"


def join_line(channel: str) -> str:
    """Return the line that asks for one channel.

    Raises:
        UnsendableLineError: it is no channel name, or several.
    """
    return f"JOIN #{_checked(channel)}"


def part_line(channel: str) -> str:
    """Return the line that leaves one channel.

    Raises:
        UnsendableLineError: it is no channel name, or several.
    """
    return f"PART #{_checked(channel)}"


def _checked(channel: str) -> str:
    if not LOGIN.fullmatch(channel):
        raise UnsendableLineError("not a channel name")
    return channel
