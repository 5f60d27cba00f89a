"""The tags in front of a line."""

from __future__ import annotations

import re

MAX_TAGS = 200

_ESCAPE = re.compile(r"\\(.?)", re.DOTALL)
_MEANING = {":": ";", "s": " ", "r": "\r", "n": "\n"}

# Flags whose zero says what their absence says, and a user type that repeats the flag `mod`.
_TELLS_NOTHING = frozenset(
    {
        ("emote-only", "0"),
        ("first-msg", "0"),
        ("returning-chatter", "0"),
        ("source-only", "0"),
        ("turbo", "0"),
        ("user-type", "mod"),
        ("vip", "0"),
    }
)


def unescape(value: str) -> str:
    """Undo the escaping of a value in one pass; a lone backslash at the end is dropped."""
    if "\\\\" not in value:
        # No backslash is meant as one: the two usual escapes can be replaced by themselves.
        value = value.replace("\\s", " ").replace("\\:", ";")
    if "\\" not in value:
        return value
    return _ESCAPE.sub(lambda found: _MEANING.get(found[1], found[1]), value)


def telling_tags(tags: str) -> dict[str, str]:
    """Return the values of tags that tell something, by name; the last of a name counts."""
    found: dict[str, str] = {}
    for tag in tags.split(";"):
        name, _, value = tag.partition("=")
        if value and (name, value) not in _TELLS_NOTHING:
            found[name] = unescape(value) if "\\" in value else value
        elif name in found:
            del found[name]
    found.pop("", None)
    return found
