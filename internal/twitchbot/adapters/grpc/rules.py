"""The kinds of rules for fields: a rule takes a value and returns it normalised, or raises.

Lengths are counted in code points, as Twitch counts them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from twitchbot.domain.errors import InvalidInputError

MAX_INT32 = 2**31 - 1

# C0, DEL, C1, and the two separators that break lines: nothing that can end, forge or colour one.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Spaces and what shows nothing: soft hyphen, joiners, fillers, direction marks, variation
# selectors, tags. Chat clients append some of them to repeated messages.
INVISIBLE = (
    r"\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff"
)
_NOTHING_VISIBLE = re.compile(f"[{INVISIBLE}]*")
_BYTE_ORDER_MARK = "\ufeff"

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
