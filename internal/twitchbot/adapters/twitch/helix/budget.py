"""The points per minute that Twitch grants, with a reserve we do not touch."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Mapping

from twitchbot.usecases.ports.clock import Clock

POINTS_PER_MINUTE = 800
RESERVE = 0.1
LONGEST_WAIT_S = 60.0


class PointBudget:
    """A bucket that fills evenly and is corrected by what Twitch says is left.

    All calls share it. A tenth is left for other programs that use the same account.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._spending = asyncio.Lock()
        self._limit = float(POINTS_PER_MINUTE)
        self._points = self._limit
        self._counted_at = time.monotonic()
        self._blocked_until = 0.0

    async def spend(self) -> None:
        """Take a point, after waiting for it if need be."""
        async with self._spending:
            wait_s = self.wait_s()
            if wait_s > 0:
                await asyncio.sleep(wait_s)
            self._fill()
            self._points -= 1

    def wait_s(self) -> float:
        """Return how long the next call has to wait."""
        self._fill()
        lacking = self._limit * RESERVE + 1 - self._points
        refill_s = max(0.0, lacking / self._limit * 60)
        return max(refill_s, self._blocked_until - time.monotonic())

    def note(self, headers: Mapping[str, str]) -> None:
        """Take over what an answer says of the bucket; not every answer does."""
        limit = _number(headers, "ratelimit-limit")
        if limit:
            self._limit = float(limit)
        remaining = _number(headers, "ratelimit-remaining")
        if remaining is not None:
            self._fill()
            self._points = min(self._points, float(remaining))

    def is_used_up(self, headers: Mapping[str, str]) -> bool:
        """Tell whether a refused call was refused because no point is left."""
        return _number(headers, "ratelimit-remaining") == 0

    def block(self, headers: Mapping[str, str]) -> None:
        """Make all calls wait until the bucket is full again, and a little longer."""
        reset = _number(headers, "ratelimit-reset") or 0
        left_s = reset - self._clock.now().timestamp()
        # Our clock may be wrong: a minute fills the bucket in any case.
        wait_s = min(max(left_s, 1.0), LONGEST_WAIT_S) + random.random()  # noqa: S311  # jitter
        self._blocked_until = time.monotonic() + wait_s
        self._points = self._limit

    def _fill(self) -> None:
        now = time.monotonic()
        gained = (now - self._counted_at) * self._limit / 60
        self._points = min(self._limit, self._points + gained)
        self._counted_at = now


def _number(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else None
