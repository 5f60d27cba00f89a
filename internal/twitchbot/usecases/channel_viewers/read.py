"""Plain reads of the people of a channel."""

from __future__ import annotations

from dataclasses import dataclass

from twitchbot.domain.errors import ChannelNotFoundError, ChannelViewerNotFoundError
from twitchbot.domain.page import Page, PageRequest
from twitchbot.domain.viewer import ChannelViewer
from twitchbot.usecases.channel_ids import channel_id_of
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class GetChannelViewer:
    """Return a person in a channel."""

    database: Database

    async def __call__(self, channel: str, twitch_id: str) -> ChannelViewer:
        async with self.database.read() as uow:
            channel_id = await channel_id_of(uow, channel)
            if not channel_id:
                raise ChannelNotFoundError.of(channel)
            viewer = await uow.channel_viewers.get(channel_id, twitch_id)
        if viewer is None:
            raise ChannelViewerNotFoundError.of(twitch_id)
        return viewer


@dataclass(slots=True, frozen=True)
class ListChannelViewers:
    """Return a page of the people seen in a channel, last seen first."""

    database: Database

    async def __call__(self, channel: str, page: PageRequest) -> Page[ChannelViewer]:
        async with self.database.read() as uow:
            channel_id = await channel_id_of(uow, channel)
            if not channel_id:
                return Page(items=(), total=0)
            return await uow.channel_viewers.list(channel_id, page)


@dataclass(slots=True, frozen=True)
class CountChannelViewers:
    """Count the people seen in a channel."""

    database: Database

    async def __call__(self, channel: str) -> int:
        async with self.database.read() as uow:
            channel_id = await channel_id_of(uow, channel)
            return await uow.channel_viewers.count(channel_id) if channel_id else 0
