"""Take up the channels again after a start."""

from __future__ import annotations

from dataclasses import dataclass

from twitchbot.usecases.bot.bot import Bot
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class KeepChannels:
    """Join what the settings name and what was joined before the restart."""

    bot: Bot
    database: Database
    clock: Clock

    async def __call__(self) -> int:
        """Return how many channels there are to keep."""
        source = self.bot.require()
        now = self.clock.now()
        async with self.database.write() as repositories:
            for login in self.bot.configured_channels:
                await repositories.channels.want(login, now)
            wanted = await repositories.channels.wanted()
        source.keep([channel.login for channel in wanted])
        return len(wanted)
