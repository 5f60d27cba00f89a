"""End a stream."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from twitchbot.domain.errors import StreamNotFoundError
from twitchbot.domain.stream import EndedReason, Stream
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database
from twitchbot.usecases.streams.stream_router import StreamRouter


@dataclass(slots=True, frozen=True)
class EndStream:
    """End an active stream now; its channel's messages go to Chat-Only from now on."""

    database: Database
    clock: Clock
    router: StreamRouter

    async def __call__(self, stream_id: UUID) -> Stream:
        async with self.database.write() as uow:
            stream = await uow.streams.get(stream_id, for_update=True)
            if stream is None:
                raise StreamNotFoundError.of(stream_id)
            ended = stream.ended(self.clock.now(), EndedReason.API)
            await uow.streams.update(ended)
        self.router.close(ended)
        return ended
