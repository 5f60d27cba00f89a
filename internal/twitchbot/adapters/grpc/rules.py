"""What a field may hold: a rule takes a value and returns it normalised, or raises.

Lengths are counted in code points, as Twitch counts them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from google.protobuf.timestamp_pb2 import Timestamp

from twitchbot.domain.channel import LOGIN, normalize_channel
from twitchbot.domain.command import PREFIX
from twitchbot.domain.errors import InvalidInputError, SlashCommandError
from twitchbot.domain.search import parse_query

MAX_INT32 = 2**31 - 1
MAX_TWITCH_ID = 2**63 - 1
MAX_CHAT_CHARACTERS = 500
MAX_COMMAND_NAME_CHARACTERS = 32
YEAR_1_S = -62_135_596_800
YEAR_9999_END_S = 253_402_300_799

# C0, DEL, C1, and the two separators that break lines: nothing that can end, forge or colour one.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Spaces and what shows nothing: soft hyphen, joiners, fillers, direction marks, variation
# selectors, tags. Chat clients append some of them to repeated messages.
_INVISIBLE = (
    r"\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff"
)
_NOTHING_VISIBLE = re.compile(f"[{_INVISIBLE}]*")
_SLASH_COMMAND = re.compile(rf"[{_INVISIBLE}]*[/.]")
_ACTION = "/me "
# The full-width exclamation mark looks like a prefix, but is none.
_NOT_IN_A_COMMAND_NAME = re.compile(f"[!\uff01{_INVISIBLE}]")
_BYTE_ORDER_MARK = "\ufeff"

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TWITCH_ID = re.compile(r"[1-9][0-9]{0,19}")
_URL = re.compile(r"https?://[^\s/?#]+(?:[/?#]\S*)?", re.IGNORECASE)

# Values are as different as the types of protobuf fields.
Rule: TypeAlias = Callable[[Any], Any]


class BrokenRuleError(ValueError):
    """A value breaks a rule; `kind` is the error that the caller gets."""

    def __init__(self, description: str, kind: type[InvalidInputError] = InvalidInputError) -> None:
        super().__init__(description)
        self.description = description
        self.kind = kind


@dataclass(slots=True, frozen=True, kw_only=True)
class Text:
    """One line of text; a required one must have something to see."""

    max_characters: int
    required: bool = False

    def __call__(self, value: str) -> str:
        """Return the text without a byte order mark."""
        text = value.removeprefix(_BYTE_ORDER_MARK)
        if len(text) > self.max_characters:
            raise BrokenRuleError(f"must have at most {self.max_characters} characters")
        if _CONTROL.search(text):
            raise BrokenRuleError("must be one line without control characters")
        if (text or self.required) and _NOTHING_VISIBLE.fullmatch(text):
            raise BrokenRuleError("must not be empty" if self.required else "must not be blank")
        return text


@dataclass(slots=True, frozen=True, kw_only=True)
class Token:
    """A short word made of certain characters, in the manner of an id."""

    pattern: re.Pattern[str]
    meaning: str
    required: bool = False

    def __call__(self, value: str) -> str:
        """Return the value as it is."""
        if not value and not self.required:
            return value
        if not self.pattern.fullmatch(value):
            raise BrokenRuleError(f"must be {self.meaning}" if value else "must not be empty")
        return value


@dataclass(slots=True, frozen=True, kw_only=True)
class OrEmpty:
    """Something that may be left out by being empty."""

    rule: Callable[[str], str]

    def __call__(self, value: str) -> str:
        """Return nothing for nothing, else what the rule returns."""
        return self.rule(value) if value else value


@dataclass(slots=True, frozen=True, kw_only=True)
class Whole:
    """A whole number within bounds, both included."""

    lowest: int = 0
    highest: int = MAX_INT32

    def __call__(self, value: int) -> int:
        """Return the number as it is."""
        if not self.lowest <= value <= self.highest:
            raise BrokenRuleError(f"must be between {self.lowest} and {self.highest}")
        return value


@dataclass(slots=True, frozen=True, kw_only=True)
class Choice:
    """One of some exact values; empty means the first one."""

    values: tuple[str, ...]

    def __call__(self, value: str) -> str:
        """Return the value, or the default."""
        if not value:
            return self.values[0]
        if value not in self.values:
            raise BrokenRuleError(f"must be one of {', '.join(self.values)}")
        return value


class _Items(Protocol):
    def __len__(self) -> int: ...
    def __getitem__(self, index: int, /) -> Any: ...
    def __setitem__(self, index: int, value: Any, /) -> None: ...


@dataclass(slots=True, frozen=True, kw_only=True)
class Each:
    """Up to a number of items that all follow one rule."""

    rule: Rule
    max_items: int

    def __call__(self, items: _Items) -> _Items:
        """Normalise the items where they are."""
        if len(items) > self.max_items:
            raise BrokenRuleError(f"must have at most {self.max_items} entries")
        for index in range(len(items)):
            items[index] = self.rule(items[index])
        return items


def entity_id(value: str) -> str:
    """Accept one of our ids, in any case."""
    lower = value.lower()
    if not _UUID.fullmatch(lower):
        raise BrokenRuleError("must be a UUID" if value else "must not be empty")
    return lower


def twitch_id(value: str) -> str:
    """Accept a numeric id as Twitch gives to users."""
    if not value:
        raise BrokenRuleError("must not be empty")
    if not _TWITCH_ID.fullmatch(value) or int(value) > MAX_TWITCH_ID:
        raise BrokenRuleError("must be a Twitch id: a positive whole number")
    return value


def login(value: str) -> str:
    """Accept a Twitch login, also in upper case."""
    # str.lower() maps a few letters of other alphabets to ASCII; they are no part of a login.
    lower = value.lower() if value.isascii() else value
    if not LOGIN.fullmatch(lower):
        raise BrokenRuleError(_NOT_A_LOGIN if value else "must not be empty")
    return lower


def channel(value: str) -> str:
    """Accept the login of a channel, also in upper case and with a leading `#`."""
    if not value:
        raise BrokenRuleError("must not be empty")
    try:
        name = normalize_channel(value)
    except ValueError:
        raise BrokenRuleError(_NOT_A_LOGIN) from None
    # To IRC, joining 0 means leaving every channel.
    if name == "0":
        raise BrokenRuleError(_NOT_A_LOGIN)
    return name


_NOT_A_LOGIN = "must be a Twitch login: 1 to 25 letters, digits and underscores"


def command_name(value: str) -> str:
    """Accept a command's name with or without its `!`, and bring it into one Unicode form."""
    name = unicodedata.normalize("NFC", _NAME(value))
    word = name.removeprefix(PREFIX)
    if not word:
        raise BrokenRuleError("must not be empty")
    if _NOT_IN_A_COMMAND_NAME.search(word):
        raise BrokenRuleError("must be one word with at most one leading '!'")
    return name


_NAME = Text(max_characters=MAX_COMMAND_NAME_CHARACTERS, required=True)


def chat_text(value: str) -> str:
    """Accept what may be said in chat: one line that Twitch would not take for a command."""
    text = _SAID(value)
    if text.startswith(_ACTION):
        _SAID(text.removeprefix(_ACTION))
        return text
    if _SLASH_COMMAND.match(text):
        raise BrokenRuleError(
            "must not begin with '/' or '.', which Twitch reads as a command; only '/me ' is sent",
            SlashCommandError,
        )
    return text


_SAID = Text(max_characters=MAX_CHAT_CHARACTERS, required=True)


def search_text(value: str) -> str:
    """Accept whatever the domain can read as a query."""
    try:
        parse_query(value)
    except InvalidInputError as error:
        raise BrokenRuleError(error.description) from error
    return value


def url(value: str) -> str:
    """Accept a web address, or none."""
    text = _ADDRESS(value)
    if text and not _URL.fullmatch(text):
        raise BrokenRuleError("must be an http or https address")
    return text


_ADDRESS = Text(max_characters=2048)


def timestamp(value: Timestamp) -> Timestamp:
    """Accept a moment that protobuf allows: years 1 to 9999."""
    if not 0 <= value.nanos < 1_000_000_000:
        raise BrokenRuleError("must have between 0 and 999999999 nanoseconds")
    if not YEAR_1_S <= value.seconds <= YEAR_9999_END_S:
        raise BrokenRuleError("must lie within the years 1 to 9999")
    return value
