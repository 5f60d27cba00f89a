"""The time of day."""

from __future__ import annotations

from datetime import UTC, datetime

from twitchbot.usecases.ports.clock import Clock


class SystemClock(Clock):
    """Tells the time of the machine."""

    def now(self) -> datetime:
        """Return the present moment as aware UTC."""
        return datetime.now(UTC)
