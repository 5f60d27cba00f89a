"""What values of tags can mean, and nothing for those that mean nothing.

Values repeat from line to line, so the answers are remembered.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b

from twitchbot.domain.message import ChatMessage

MAX_MESSAGE_ID = 128
MAX_BITS = 2**31 - 1  # the column is an integer of four bytes

_BADGE = r"[A-Za-z0-9_-]+/[A-Za-z0-9_.-]*"
_BADGES = re.compile(f"{_BADGE}(?:,{_BADGE})*")
# Predictions bring the free text of their choices.
_BADGE_INFO = re.compile(r"[A-Za-z0-9_-]+/[^<>\x00-\x1f]*")
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
_EMOTE_ID = re.compile(r"[A-Za-z0-9_]+")
_EMOTE_RANGE = re.compile(r"([0-9]{1,4})-([0-9]{1,4})")

# Broadcaster, lead moderator, moderator, VIP, subscriber.
Roles = tuple[bool, bool, bool, bool, bool]


@lru_cache(maxsize=2048)
def read_badges(badges: str) -> tuple[str, Roles]:
    """Return the badges, if that is what they are, and the roles they stand for.

    A lead moderator has that badge instead of a moderator's.
    """
    if not _BADGES.fullmatch(badges):
        badges = ""
    names = {badge.partition("/")[0] for badge in badges.split(",")}
    return badges, (
        "broadcaster" in names,
        "lead_moderator" in names,
        not names.isdisjoint({"moderator", "lead_moderator"}),
        "vip" in names,
        not names.isdisjoint({"subscriber", "founder"}),
    )


@lru_cache(maxsize=2048)
def sane_badge_info(badge_info: str) -> str:
    """Return what the badges mean in detail, such as exact months, or nothing."""
    return badge_info if _BADGE_INFO.fullmatch(badge_info) else ""


@lru_cache(maxsize=2048)
def sane_color(color: str) -> str:
    """Return a colour as #RRGGBB, or nothing."""
    return color if _COLOR.fullmatch(color) else ""


@lru_cache(maxsize=2048)
def sane_emotes(emotes: str) -> str:
    """Return the emotes without those that have no possible place.

    A range may still end behind the text, as Twitch's own sometimes do: readers clamp it.
    """
    kept = (_sane_emote(emote) for emote in emotes.split("/"))
    return "/".join(emote for emote in kept if emote)


def _sane_emote(emote: str) -> str:
    emote_id, _, ranges = emote.partition(":")
    if not _EMOTE_ID.fullmatch(emote_id):
        return ""
    kept = ",".join(filter(_is_range, ranges.split(",")))
    return f"{emote_id}:{kept}" if kept else ""


def _is_range(text: str) -> bool:
    found = _EMOTE_RANGE.fullmatch(text)
    return found is not None and int(found[1]) <= int(found[2])


def sane_bits(bits: str) -> int:
    """Return how much was cheered, 0 for what is no such number."""
    return min(int(bits), MAX_BITS) if bits.isdecimal() and len(bits) <= 10 else 0


def bounded_id(message_id: str) -> str:
    """Return a message id, or its hash if it is longer than any id of Twitch."""
    if len(message_id) <= MAX_MESSAGE_ID:
        return message_id
    return f"hash:{blake2b(message_id.encode(), digest_size=16).hexdigest()}"


def substitute_id(message: ChatMessage) -> str:
    """Return an id made of the content, the same whenever the line is read."""
    author = message.user_id or message.username
    content = "\0".join((message.channel, author, str(message.sent_ms), message.text))
    return f"hash:{blake2b(content.encode(), digest_size=16).hexdigest()}"
