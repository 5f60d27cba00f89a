"""Stand-ins for what tests must hold still: time, and the moment between two transactions."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timedelta

from tests.support.builders import NOON
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database, Repositories


class FixedClock(Clock):
    """A clock that moves only when told to."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        self._now += by


class InterruptedDatabase(Database):
    """A database where somebody else acts just before our next writing transaction begins."""

    def __init__(self, database: Database, interruption: Callable[[], Awaitable[object]]) -> None:
        self._database = database
        self._interruption = interruption

    def read(self) -> AbstractAsyncContextManager[Repositories]:
        return self._database.read()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Repositories]:
        await self._interruption()
        async with self._database.write() as uow:
            yield uow
