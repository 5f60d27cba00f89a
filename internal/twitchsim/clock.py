"""The simulator's time, which tests may move forward."""

import time
from datetime import UTC, datetime


class Clock:
    """Tell wall time and monotonic time, both shifted by what a test has skipped."""

    def __init__(self) -> None:
        self._skipped_s = 0.0

    def now(self) -> float:
        """Return seconds since the epoch."""
        return time.time() + self._skipped_s

    def now_ms(self) -> int:
        """Return milliseconds since the epoch, the unit of ``tmi-sent-ts``."""
        return int((time.time() + self._skipped_s) * 1000)

    def monotonic(self) -> float:
        """Return seconds that never run backwards, for windows and deadlines."""
        return time.monotonic() + self._skipped_s

    def advance(self, seconds: float) -> None:
        """Skip time, so that windows empty and tokens expire without waiting."""
        self._skipped_s += seconds


def rfc3339(seconds: float) -> str:
    """Format an epoch time as Helix does, ``2021-03-10T15:04:21Z``."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
