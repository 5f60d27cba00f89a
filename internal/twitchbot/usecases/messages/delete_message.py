"""Delete a message."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from twitchbot.domain.errors import MessageNotFoundError
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database

DELETED_BY_API = "api"


@dataclass(slots=True, frozen=True)
class DeleteMessage:
    """Delete a message softly and lower the counters that it raised."""

    database: Database
    clock: Clock

    async def __call__(self, message_id: UUID) -> None:
        async with self.database.write() as uow:
            stored = await uow.messages.delete(message_id, self.clock.now(), DELETED_BY_API)
            if stored is None:
                raise MessageNotFoundError.of(message_id)
            message = stored.message
            if message.is_shared_copy:
                return
            # Viewers before streams, as everywhere: two orders of locking would be a deadlock.
            await uow.viewers.forget_messages(message.user_id, stored.stream_id, 1)
            await uow.streams.add_messages({stored.stream_id: -1})
