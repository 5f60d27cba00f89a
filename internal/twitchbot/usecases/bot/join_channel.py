"""Join a channel and keep it."""

from __future__ import annotations

from dataclasses import dataclass

from twitchbot.usecases.bot.bot import Bot
from twitchbot.usecases.ports.chat_source import ChatSource, JoinOutcome
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class JoinChannel:
    """Join a channel now; once confirmed it is joined again after every restart.

    A channel whose join fails is not kept, unless it was wanted before. It fails too when the
    caller goes away or the channel can't be written down.
    """

    bot: Bot
    database: Database
    clock: Clock

    async def __call__(self, channel: str, patience_s: float) -> JoinOutcome:
        """Return once the platform confirmed or refused, or after `patience_s`."""
        source = self.bot.require()
        async with self.database.read() as repositories:
            known = await repositories.channels.get(channel)
        is_kept = known is not None and known.wanted
        try:
            outcome = await source.join(channel, patience_s)
            if outcome.joined:
                await self._remember(source, channel)
                is_kept = True
        finally:
            if not is_kept:
                await source.part(channel)
        return outcome

    async def _remember(self, source: ChatSource, channel: str) -> None:
        room_ids = {status.channel: status.channel_id for status in source.status().channels}
        now = self.clock.now()
        async with self.database.write() as repositories:
            await repositories.channels.want(channel, now)
            await repositories.channels.record_joined(channel, room_ids.get(channel, ""), now)
