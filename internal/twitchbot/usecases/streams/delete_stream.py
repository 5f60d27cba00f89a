"""Delete a stream."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from twitchbot.domain.errors import StreamNotFoundError
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database
from twitchbot.usecases.streams.stream_router import StreamRouter


@dataclass(slots=True, frozen=True)
class DeleteStream:
    """Delete a stream softly, which ends an active one; its messages stay."""

    database: Database
    clock: Clock
    router: StreamRouter

    async def __call__(self, stream_id: UUID) -> None:
        async with self.database.write() as uow:
            stream = await uow.streams.get(stream_id, for_update=True)
            if stream is None:
                raise StreamNotFoundError.of(stream_id)
            deleted = stream.deleted(self.clock.now())
            await uow.streams.update(deleted)
        self.router.close(deleted)
