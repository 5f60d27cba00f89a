"""Where news of our channels wait to be written down, so that the connection need not."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from twitchbot.domain.channel import ChannelProblem
from twitchbot.domain.errors import DatabaseUnavailableError
from twitchbot.support.backoff import backoff
from twitchbot.usecases.bot.record_membership import RecordJoined, RecordRefused

MAX_WAITING = 20_000
RETRY_BASE_S = 0.5
RETRY_MAX_S = 10.0

log = logging.getLogger(__name__)


class MembershipDesk:
    """A bounded queue of joins and refusals; each is written when the database takes it.

    `on_joined` is called for a join once its channel id is stored.
    """

    def __init__(
        self,
        record_joined: RecordJoined,
        record_refused: RecordRefused,
        on_joined: Callable[[str, str], Awaitable[object]] | None = None,
    ) -> None:
        self._record_joined = record_joined
        self._record_refused = record_refused
        self._on_joined = on_joined
        self._waiting: asyncio.Queue[Callable[[], Awaitable[None]]] = asyncio.Queue(MAX_WAITING)

    def joined(self, channel: str, channel_id: str) -> None:
        """Take notice of a confirmed join; returns at once."""
        self._put(lambda: self._write_joined(channel, channel_id))

    def refused(self, channel: str, problem: ChannelProblem, detail: str) -> None:
        """Take notice of a refused or silent join; returns at once."""
        self._put(lambda: self._record_refused(channel, problem, detail))

    async def run(self) -> None:
        """Write down what comes, until cancelled."""
        while True:
            write = await self._waiting.get()
            try:
                await _patiently(write)
            except Exception:
                # A bug in a note must cost this note only: the same process keeps the log.
                log.exception("membership not written down")

    def _put(self, write: Callable[[], Awaitable[None]]) -> None:
        try:
            self._waiting.put_nowait(write)
        except asyncio.QueueFull:
            log.warning("membership not written down: the database has been away for too long")

    async def _write_joined(self, channel: str, channel_id: str) -> None:
        await self._record_joined(channel, channel_id)
        if self._on_joined is not None and channel_id:
            await self._on_joined(channel, channel_id)


async def _patiently(write: Callable[[], Awaitable[None]]) -> None:
    delays_s = backoff(RETRY_BASE_S, RETRY_MAX_S)
    while True:
        try:
            return await write()
        except DatabaseUnavailableError:
            await asyncio.sleep(next(delays_s))
