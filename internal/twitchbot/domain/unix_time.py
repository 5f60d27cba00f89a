"""Instants as whole numbers since the epoch, without the rounding of floats."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def unix_ms(at: datetime) -> int:
    """Return an instant in ms since the epoch, rounded down."""
    return (at - EPOCH) // timedelta(milliseconds=1)


def unix_us(at: datetime) -> int:
    """Return an instant in µs since the epoch."""
    return (at - EPOCH) // timedelta(microseconds=1)
