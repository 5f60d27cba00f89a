"""Change a stream."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from twitchbot.domain.errors import StreamNotFoundError
from twitchbot.domain.stream import Stream, StreamPatch
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class UpdateStream:
    """Change a stream; a new title or category also goes into its history."""

    database: Database
    clock: Clock

    async def __call__(self, stream_id: UUID, patch: StreamPatch) -> Stream:
        async with self.database.write() as uow:
            stream = await uow.streams.get(stream_id, for_update=True)
            if stream is None:
                raise StreamNotFoundError.of(stream_id)
            patched = stream.patched(patch, self.clock.now())
            await uow.streams.update(patched)
            if not patched.reads_like(stream):
                await uow.streams.add_change(stream_id, patched.as_change())
        return patched
