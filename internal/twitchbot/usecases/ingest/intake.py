"""The bounded room in which messages wait to be stored."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence

from twitchbot.domain.message import NewMessage
from twitchbot.usecases.ingest.batch_rule import BatchRule


class Intake:
    """A queue between the chat connection, which must not wait, and the store, which may.

    Nothing is dropped here: above `high_water` messages `pause` is called, so that the connection
    stops reading and the excess waits in the network; below half of it `resume` is.
    """

    def __init__(
        self,
        rule: BatchRule,
        *,
        high_water: int,
        pause: Callable[[], None],
        resume: Callable[[], None],
    ) -> None:
        self._rule = rule
        self._high_water = high_water
        self._pause = pause
        self._resume = resume
        self._paused = False
        # Bounded by `pause` and not by maxlen, which would drop messages silently.
        self._waiting: deque[tuple[float, NewMessage]] = deque()
        self._changed = asyncio.Event()
        self._closed = False

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, message: NewMessage) -> None:
        """Let a message wait for the next batch."""
        self._waiting.append((time.monotonic(), message))
        waiting = len(self._waiting)
        # Waking the store for each message would cost more than the message itself.
        if waiting in {1, self._rule.rows}:
            self._changed.set()
        if waiting >= self._high_water and not self._paused:
            self._paused = True
            self._pause()

    def close(self) -> None:
        """Take nothing more in; batches are given out at once until none is left."""
        self._closed = True
        self._changed.set()

    async def next_batch(self) -> Sequence[NewMessage]:
        """Wait for a batch by the rule; it is empty only after `close`, when all is taken."""
        while not self._closed:
            delay_s = self._delay_s()
            if delay_s == 0.0:
                break
            self._changed.clear()
            try:
                async with asyncio.timeout(delay_s):
                    await self._changed.wait()
            except TimeoutError:
                continue
        return self._take()

    def _delay_s(self) -> float | None:
        if not self._waiting:
            return None
        oldest_age_s = time.monotonic() - self._waiting[0][0]
        return self._rule.wait_s(len(self._waiting), oldest_age_s)

    def _take(self) -> Sequence[NewMessage]:
        count = min(len(self._waiting), self._rule.rows_under_load)
        batch = [self._waiting.popleft()[1] for _ in range(count)]
        if self._paused and len(self._waiting) <= self._high_water // 2:
            self._paused = False
            self._resume()
        return batch
