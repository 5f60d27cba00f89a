"""Durations as people write them in settings."""

from __future__ import annotations

import re
from datetime import timedelta

_UNITS = {
    "ms": timedelta(milliseconds=1),
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}
_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_ALL = re.compile(rf"(?:{_PART.pattern})+")


def parse_duration(value: object) -> timedelta:
    """Read `500ms`, `90s`, `1h30m`, `7d` or a plain number of seconds.

    Raises:
        ValueError: it is none of these, or not above zero.
    """
    duration = parse_duration_or_zero(value)
    if duration <= timedelta():
        raise ValueError("must be longer than zero")
    return duration


def parse_duration_or_zero(value: object) -> timedelta:
    """Read the same where zero has a meaning, as `no limit` has.

    Raises:
        ValueError: it is no duration.
    """
    if isinstance(value, timedelta):
        return value
    try:
        return _sum(str(value).replace(" ", "").lower())
    except OverflowError:
        raise ValueError("is longer than anybody can wait") from None


def _sum(text: str) -> timedelta:
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return timedelta(seconds=float(text))
    if not _ALL.fullmatch(text):
        raise ValueError("must be a duration like 500ms, 90s, 1h30m or 7d")
    parts = _PART.findall(text)
    return sum((float(number) * _UNITS[unit] for number, unit in parts), timedelta())
