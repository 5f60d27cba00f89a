"""The tags in front of a line."""

from __future__ import annotations

import re

MAX_TAGS = 200

_ESCAPE = re.compile(r"\\(.?)", re.DOTALL)
_MEANING = {":": ";", "s": " ", "r": "\r", "n": "\n"}


def unescape(value: str) -> str:
    """Undo the escaping of a value in one pass; a lone backslash at the end is dropped."""
    if "\\\\" not in value:
        # No backslash is meant as one: the two usual escapes can be replaced by themselves.
        value = value.replace("\\s", " ").replace("\\:", ";")
    if "\\" not in value:
        return value
    return _ESCAPE.sub(lambda found: _MEANING.get(found[1], found[1]), value)


def parse_tags(tags: str) -> dict[str, str]:
    """Return values by name; of a repeated name the last counts, of too many tags the first."""
    found: dict[str, str] = {}
    for tag in tags.split(";", MAX_TAGS)[:MAX_TAGS]:
        name, _, value = tag.partition("=")
        found[name] = unescape(value) if "\\" in value else value
    found.pop("", None)
    return found
