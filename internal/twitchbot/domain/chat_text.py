"""What may be said in chat, and what a typed command was meant to be."""

from __future__ import annotations

import re

MAX_CHARACTERS = 500

_ACTION = "/me "
# A zero-width space.
_GUARD = "\u200b"

# Chat clients append such characters to a repeated message, so that Twitch takes it as a new one:
# tags and variation selectors, zero-width characters, the combining grapheme joiner, a blank.
_INVISIBLE = re.compile(
    "[\U000e0000-\U000e007f\U000e0100-\U000e01ef\u200b-\u200f\u2060\u2800\u034f\ufe00-\ufe0f\ufeff]"
)
_NOT_ONE_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def visible(text: str) -> str:
    """Return a text without invisible characters and with single spaces."""
    return " ".join(_INVISIBLE.sub("", text).split())


def sayable(text: str) -> str:
    """Return a text that is safe to send to chat as it stands, empty if there is nothing to see.

    One line, at most 500 characters. If its start would be a command to the platform, an
    invisible character goes before it, so that it reads as it was written.
    """
    line = _NOT_ONE_LINE.sub(" ", text).strip()
    seen = visible(line.removeprefix(_ACTION))
    if not seen:
        return ""
    if not line.startswith(_ACTION) and seen.startswith(("/", ".")):
        line = _GUARD + line
    return line[:MAX_CHARACTERS]
