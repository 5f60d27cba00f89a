"""Twitch's chat lines taken apart; no I/O, no opinion about what the parts mean.

Tolerant, as nothing may stop the reader: unknown tags, any order, missing parts, any bytes.

PRIVMSG is what a busy chat consists of, so it has a fast path: Twitch writes the tags in
alphabetical order, and one regular expression over them takes half the time of cutting them apart.
A line in another order takes the general path, with the same result.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from twitchbot.adapters.twitch.chat.tags import MAX_TAGS

# No tag has this name: what stands between two tags that have a place of their own.
OTHERS = ""

# What parse_privmsg returns, in this order. Others are as they were sent, like `bits=100;`;
# the general path puts all of them into the last place.
PRIVMSG_PARTS = (
    "badge-info",
    "badges",
    "client-nonce",
    OTHERS,
    "color",
    OTHERS,
    "display-name",
    OTHERS,
    "emotes",
    OTHERS,
    "id",
    "mod",
    OTHERS,
    "room-id",
    OTHERS,
    "subscriber",
    "tmi-sent-ts",
    "user-id",
    OTHERS,
    "nick",
    "channel",
    "text",
)
_TAG_PARTS = PRIVMSG_PARTS[:-3]
_COLUMNS = frozenset(_TAG_PARTS) - {OTHERS}
_END_OF_TAGS = len(_TAG_PARTS)

# A column that stands among the others is repeated, or out of order.
_NO_COLUMN = rf"(?!(?:{'|'.join(sorted(_COLUMNS - {'client-nonce'}))})=)"


def _after_others(name: str) -> str:
    """Match a column, and up to 20 others before it as one group.

    Others and name are atomic together: a line in another order fails after one look at each tag,
    not after trying all ways to share them out.
    """
    return rf"(?>((?:{_NO_COLUMN}[^;]*;){{0,20}}?){name}=)([^;]*);"


# Flags that are zero or empty tell nothing; they are matched and forgotten.
_match_in_order = re.compile(
    "@badge-info=([^;]*);badges=([^;]*);(?:client-nonce=([^;]*);)?"
    + _after_others("color")
    + _after_others("display-name")
    + _after_others("emotes")
    + "(?:first-msg=0;)?(?:flags=;)?"
    + _after_others("id")
    + "mod=([^;]*);(?:returning-chatter=0;)?"
    + _after_others("room-id")
    + _after_others("subscriber")
    + "tmi-sent-ts=([^;]*);(?:turbo=0;)?"
    + rf"user-id=([^; ]*)(?:;user-type=(?:mod)?)?((?:;{_NO_COLUMN}[^; ]*){{0,20}})"
    + " :([^! ]*)[^ ]* PRIVMSG #([^ ]+) :(.+)",
    re.DOTALL,
).fullmatch

_match_addressed = re.compile(rb"(?:@[^ ]* )?:[^ ]* PRIVMSG #([^ ]+) ").match
_match_command = re.compile(rb"(?:@[^ ]* +)?(?::[^ ]* +)?([A-Za-z0-9]+)").match


class Line(NamedTuple):
    """A line in general; tags as they were sent, the trailing param is the last one."""

    tags: str
    prefix: str
    command: str
    params: list[str]


def decode(raw: bytes) -> str:
    """Return a line as text; what is not UTF-8, and NUL, which no database takes, is U+FFFD."""
    line = raw.decode("utf-8", "replace")
    return line.replace("\0", "\ufffd") if "\0" in line else line


def addressed_channel(raw: bytes) -> bytes:
    """Return the channel of a PRIVMSG without looking at the rest; empty for any other line."""
    found = _match_addressed(raw)
    return b"" if found is None else found[1]


def command_of(raw: bytes) -> bytes:
    """Return the command of any line, empty if it has none."""
    found = _match_command(raw)
    return b"" if found is None else found[1]


def parse_privmsg(line: str) -> tuple[str, ...] | None:
    """Return the PRIVMSG_PARTS of a line as they were sent, empty where there is nothing.

    None for anything but a PRIVMSG to a channel, and for one without text.
    """
    found = _match_in_order(line)
    # A space before the end of the tags means that the expression went on reading in the text.
    if found is None or found.end(_END_OF_TAGS) != line.find(" "):
        return _parse_any_order(line)
    return found.groups("")


def _parse_any_order(line: str) -> tuple[str, ...] | None:
    tags, prefix, command, params = parse_line(line)
    if command != "PRIVMSG" or len(params) < 2:
        return None
    target, text = params[:2]
    if not target.startswith("#") or target == "#" or not text:
        return None
    columns = dict.fromkeys(_TAG_PARTS, "")
    others: dict[str, str] = {}
    for tag in tags.split(";", MAX_TAGS)[:MAX_TAGS]:
        name, _, value = tag.partition("=")
        if name in columns:
            columns[name] = value
        else:
            others[name] = tag
    parts = [columns[name] for name in _TAG_PARTS]
    parts[-1] = ";".join(others.values())
    return (*parts, prefix.partition("!")[0], target[1:], text)


def parse_line(line: str) -> Line:
    """Cut a line apart; an empty command means that there was none."""
    tags = prefix = ""
    rest = line
    if rest.startswith("@"):
        tags, _, rest = rest[1:].partition(" ")
        rest = rest.lstrip(" ")
    if rest.startswith(":"):
        prefix, _, rest = rest[1:].partition(" ")
    head, colon, trailing = rest.partition(" :")
    params = [param for param in head.split(" ") if param]
    command = params.pop(0) if params else ""
    if colon:
        params.append(trailing)
    return Line(tags, prefix, command, params)
