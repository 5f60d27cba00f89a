"""What the bot is doing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from twitchbot.domain.channel import Channel, ChannelStatus
from twitchbot.usecases.bot.bot import Bot
from twitchbot.usecases.ports.chat_source import ChatStatus
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True, kw_only=True)
class ChannelList:
    """The channels to sit in, the one meant by default, and how far each is."""

    channels: Sequence[str]
    primary_channel: str
    statuses: Sequence[ChannelStatus]


@dataclass(slots=True, frozen=True)
class PrimaryChannel:
    """The channel meant when none is named: the first configured one, else the oldest wanted."""

    bot: Bot
    database: Database

    async def __call__(self) -> str:
        """Return its login, or an empty string when there is none."""
        if self.bot.configured_channels:
            return self.among(())
        async with self.database.read() as repositories:
            return self.among(await repositories.channels.wanted())

    def among(self, wanted: Sequence[Channel]) -> str:
        """Return its login, given all wanted channels, the oldest wish first."""
        if self.bot.configured_channels:
            return self.bot.configured_channels[0]
        return wanted[0].login if wanted else ""


@dataclass(slots=True, frozen=True)
class ListChannels:
    """List the channels that the bot keeps, joined or not yet."""

    bot: Bot
    database: Database
    primary: PrimaryChannel

    async def __call__(self) -> ChannelList:
        """Return all wanted channels, the oldest wish first."""
        source = self.bot.require()
        async with self.database.read() as repositories:
            wanted = await repositories.channels.wanted()
        return ChannelList(
            channels=[channel.login for channel in wanted],
            primary_channel=self.primary.among(wanted),
            statuses=source.status().channels,
        )


@dataclass(slots=True, frozen=True)
class GetBotStatus:
    """Describe the chat connection."""

    bot: Bot

    async def __call__(self) -> ChatStatus:
        """Return its state now."""
        return self.bot.require().status()
