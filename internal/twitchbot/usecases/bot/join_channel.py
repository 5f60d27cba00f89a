"""Join a channel and keep it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from twitchbot.usecases.bot.bot import Bot
from twitchbot.usecases.ports.chat_source import ChatSource, JoinOutcome
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True)
class _Attempt:
    """The joins of one channel that are under way at the same time."""

    callers: int = 0
    is_kept: bool = False


@dataclass(slots=True, frozen=True)
class JoinChannel:
    """Join a channel now; once confirmed it is joined again after every restart.

    A channel whose join fails is not kept, unless it was wanted before or somebody else is still
    joining it. It fails too when the caller goes away or the channel can't be written down.
    """

    bot: Bot
    database: Database
    clock: Clock
    _attempts: dict[str, _Attempt] = field(default_factory=dict, init=False, repr=False)

    async def __call__(self, channel: str, patience_s: float) -> JoinOutcome:
        """Return once the platform confirmed or refused, or after `patience_s`."""
        source = self.bot.require()
        async with self.database.read() as repositories:
            known = await repositories.channels.get(channel)
        async with self._attempt(source, channel) as attempt:
            attempt.is_kept |= known is not None and known.wanted
            outcome = await source.join(channel, patience_s)
            if outcome.joined:
                room_id = await self._remember(source, channel)
                attempt.is_kept = True
                await self._remember_late_id(source, channel, room_id)
        return outcome

    @asynccontextmanager
    async def _attempt(self, source: ChatSource, channel: str) -> AsyncIterator[_Attempt]:
        """Part a channel that is not kept when the last of those who try to join it is done."""
        attempt = self._attempts.setdefault(channel, _Attempt())
        attempt.callers += 1
        try:
            yield attempt
        finally:
            attempt.callers -= 1
            if not attempt.callers:
                del self._attempts[channel]
                if not attempt.is_kept:
                    await source.part(channel)

    async def _remember(self, source: ChatSource, channel: str) -> str:
        """Want a channel from now on; return its id as far as it is known."""
        room_id, now = _room_id(source, channel), self.clock.now()
        async with self.database.write() as repositories:
            await repositories.channels.want(channel, now)
            await repositories.channels.record_joined(channel, room_id, now)
        return room_id

    async def _remember_late_id(self, source: ChatSource, channel: str, written: str) -> None:
        """Write down an id that came before the channel was wanted: it was ignored then."""
        room_id = _room_id(source, channel)
        if room_id not in ("", written):
            async with self.database.write() as repositories:
                await repositories.channels.record_id(channel, room_id, self.clock.now())


def _room_id(source: ChatSource, channel: str) -> str:
    """Return a channel's id as the platform told it; empty as long as it has not."""
    known = (status for status in source.status().channels if status.channel == channel)
    return next((status.channel_id for status in known), "")
