"""Remove a person from a channel."""

from __future__ import annotations

from dataclasses import dataclass

from twitchbot.domain.errors import ChannelNotFoundError, ChannelViewerNotFoundError
from twitchbot.usecases.channel_ids import channel_id_of
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class RemoveChannelViewer:
    """Remove a person from a channel; the next message there adds the person again."""

    database: Database

    async def __call__(self, channel: str, twitch_id: str) -> None:
        async with self.database.write() as uow:
            channel_id = await channel_id_of(uow, channel)
            if not channel_id:
                raise ChannelNotFoundError.of(channel)
            removed = await uow.channel_viewers.remove(channel_id, twitch_id)
        if not removed:
            raise ChannelViewerNotFoundError.of(twitch_id)
