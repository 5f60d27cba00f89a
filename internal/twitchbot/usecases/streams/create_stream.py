"""Open a stream."""

from __future__ import annotations

from dataclasses import dataclass

from twitchbot.domain.errors import ChannelNotFoundError
from twitchbot.domain.ids import new_id
from twitchbot.domain.stream import Stream
from twitchbot.domain.unix_time import unix_ms
from twitchbot.usecases.channel_ids import channel_id_of
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database, Repositories
from twitchbot.usecases.streams.stream_router import StreamRouter


@dataclass(slots=True, frozen=True)
class CreateStream:
    """Open a stream that starts now; with a channel, its messages go there from now on."""

    database: Database
    clock: Clock
    router: StreamRouter

    async def __call__(
        self, *, title: str, game_name: str, game_id: str, channel: str = ""
    ) -> Stream:
        now = self.clock.now()
        async with self.database.write() as uow:
            stream = Stream(
                id=new_id(unix_ms(now)),
                channel_id=await _known_channel_id(uow, channel) if channel else "",
                channel=channel,
                title=title,
                game_name=game_name,
                game_id=game_id,
                started_at=now,
                created_at=now,
                updated_at=now,
            )
            await uow.streams.add(stream)
            await uow.streams.add_change(stream.id, stream.as_change())
        self.router.open(stream)
        return stream


async def _known_channel_id(uow: Repositories, channel: str) -> str:
    channel_id = await channel_id_of(uow, channel)
    if not channel_id:
        raise ChannelNotFoundError.of(channel)
    return channel_id
