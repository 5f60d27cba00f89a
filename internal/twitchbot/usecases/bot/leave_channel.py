"""Leave a channel for good."""

from __future__ import annotations

from dataclasses import dataclass

from twitchbot.usecases.bot.bot import Bot
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class LeaveChannel:
    """Leave a channel and do not join it again; False if we were not to sit there."""

    bot: Bot
    database: Database
    clock: Clock

    async def __call__(self, channel: str) -> bool:
        """Return whether there was a channel to leave."""
        source = self.bot.require()
        async with self.database.write() as repositories:
            wanted = await repositories.channels.unwant(channel, self.clock.now())
        kept = await source.part(channel)
        return wanted or kept
