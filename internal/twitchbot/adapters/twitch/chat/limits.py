"""Twitch's limits per account, kept a little below what Twitch allows.

One set of limiters serves all connections of an account and outlives each of them: Twitch counts
per account, so a reconnect opens no new window.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from twitchbot.domain.errors import LimitReachedError

_REMEMBERED_CHANNELS = 1000


@dataclass(slots=True, frozen=True, kw_only=True)
class LimitSettings:
    """How much one account does.

    Twitch allows 20 joins and 20 logins per 10 s, one message per second and channel, and 20
    messages per 30 s; where the account is moderator, VIP or broadcaster 100, and no pause.
    """

    joins: int = 18
    join_window_s: float = 11.0
    logins: int = 18
    login_window_s: float = 11.0
    messages: int = 19
    privileged_messages: int = 99
    message_window_s: float = 31.0
    message_interval_s: float = 1.1


@dataclass(slots=True, frozen=True)
class Pacing:
    """The time that limits are measured in, and how to let it pass."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


class SlidingWindow:
    """Remembers when the last things happened, to keep their number in any window."""

    def __init__(self, window_s: float) -> None:
        self._window_s = window_s
        # Bounded by the limit: nobody sends before `wait_s`, which forgets what is past, says 0.
        self._times: deque[float] = deque()

    def wait_s(self, now: float, limit: int, ahead: int = 0) -> float:
        """Return how long until one more fits, if `ahead` others come first."""
        while self._times and self._times[0] <= now - self._window_s:
            self._times.popleft()
        over = len(self._times) + ahead + 1 - limit
        if over <= 0:
            return 0.0
        windows, index = divmod(over - 1, limit)
        frees_at = self._times[index] if index < len(self._times) else now
        return frees_at + (windows + 1) * self._window_s - now

    def count(self, now: float) -> None:
        """Count one more."""
        self._times.append(now)


class Turns:
    """Lets callers through one at a time, in order, as soon as there is room."""

    def __init__(self, what: str, pacing: Pacing) -> None:
        self._what = what
        self._pacing = pacing
        self._lock = asyncio.Lock()
        self._waiting = 0

    async def take(self, patience_s: float, wait_s: Callable[[int], float]) -> None:
        """Return when `wait_s(number of callers before)` is 0 and all before are through.

        Raises:
            LimitReachedError: that is too far away.
        """
        deadline = self._pacing.monotonic() + patience_s
        self.refuse_beyond(patience_s, wait_s(self._waiting))
        self._waiting += 1
        try:
            async with self._lock:
                while (delay_s := wait_s(0)) > 0:
                    self.refuse_beyond(deadline - self._pacing.monotonic(), delay_s)
                    await self._pacing.sleep(delay_s)
        finally:
            self._waiting -= 1

    def refuse_beyond(self, patience_s: float, delay_s: float) -> None:
        """Raise LimitReachedError if a delay is longer than somebody wants to wait."""
        if delay_s > patience_s:
            raise LimitReachedError(
                f"Twitch's limit of {self._what} is used up for {delay_s:.1f} s",
                retry_after_s=delay_s,
            )


class WindowLimiter:
    """So many joins or logins per window."""

    def __init__(self, what: str, limit: int, window_s: float, pacing: Pacing) -> None:
        self._limit = limit
        self._window = SlidingWindow(window_s)
        self._pacing = pacing
        self._turns = Turns(what, pacing)

    async def acquire(self, patience_s: float = float("inf")) -> None:
        """Wait until there is room and take it.

        Raises:
            LimitReachedError: there is none within `patience_s`.
        """
        await self._turns.take(patience_s, self._wait_s)
        self._window.count(self._pacing.monotonic())

    def _wait_s(self, ahead: int) -> float:
        return self._window.wait_s(self._pacing.monotonic(), self._limit, ahead)


class SendLimiter:
    """Messages of one account.

    A message counts for the higher limit of privileged channels and for the lower one of all
    others, wherever it went: beyond the lower one Twitch ignores everything for half an hour.
    """

    def __init__(self, settings: LimitSettings, pacing: Pacing) -> None:
        self._settings = settings
        self._pacing = pacing
        self._window = SlidingWindow(settings.message_window_s)
        self._sent_at: dict[str, float] = {}
        self._ordinary = Turns("messages", pacing)
        self._privileged = Turns("messages", pacing)

    async def acquire(self, channel: str, patience_s: float, *, privileged: bool) -> None:
        """Wait until a message may go to a channel, and count it; one caller per channel at a time.

        Raises:
            LimitReachedError: it may not within `patience_s`.
        """
        if privileged:
            await self._privileged.take(patience_s, self._privileged_wait_s)
        else:
            deadline = self._pacing.monotonic() + patience_s
            while (pause_s := self._pause_s(channel)) > 0:
                self._ordinary.refuse_beyond(deadline - self._pacing.monotonic(), pause_s)
                await self._pacing.sleep(pause_s)
            left_s = deadline - self._pacing.monotonic()
            await self._ordinary.take(left_s, self._ordinary_wait_s)
        self._count(channel)

    def answered(self, channel: str) -> None:
        """Let the pause in a channel begin with Twitch's answer.

        When Twitch took a message is not known, only that it was before the answer.
        """
        if channel in self._sent_at:
            self._sent_at[channel] = self._pacing.monotonic()

    def _pause_s(self, channel: str) -> float:
        sent_at = self._sent_at.get(channel)
        if sent_at is None:
            return 0.0
        return max(0.0, sent_at + self._settings.message_interval_s - self._pacing.monotonic())

    def _ordinary_wait_s(self, ahead: int) -> float:
        return self._window.wait_s(self._pacing.monotonic(), self._settings.messages, ahead)

    def _privileged_wait_s(self, ahead: int) -> float:
        limit = self._settings.privileged_messages
        return self._window.wait_s(self._pacing.monotonic(), limit, ahead)

    def _count(self, channel: str) -> None:
        now = self._pacing.monotonic()
        self._window.count(now)
        self._sent_at.pop(channel, None)
        self._sent_at[channel] = now
        if len(self._sent_at) > _REMEMBERED_CHANNELS:
            del self._sent_at[next(iter(self._sent_at))]


class AccountLimits:
    """All limiters of one account."""

    def __init__(self, settings: LimitSettings | None = None, pacing: Pacing | None = None) -> None:
        settings, pacing = settings or LimitSettings(), pacing or Pacing()
        self.joins = WindowLimiter("joins", settings.joins, settings.join_window_s, pacing)
        self.logins = WindowLimiter("logins", settings.logins, settings.login_window_s, pacing)
        self.sends = SendLimiter(settings, pacing)
