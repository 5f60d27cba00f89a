"""Plain reads of messages."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from twitchbot.domain.errors import MessageNotFoundError, StreamNotFoundError
from twitchbot.domain.message import MessageFilter, MessageStats, StoredMessage
from twitchbot.domain.page import DeletedFilter, Page, PageRequest
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class GetMessage:
    """Return a message."""

    database: Database

    async def __call__(self, message_id: UUID) -> StoredMessage:
        async with self.database.read() as uow:
            message = await uow.messages.get(message_id)
        if message is None:
            raise MessageNotFoundError.of(message_id)
        return message


@dataclass(slots=True, frozen=True)
class ListMessages:
    """Return a page of messages, newest first."""

    database: Database

    async def __call__(
        self, chosen: MessageFilter, deleted: DeletedFilter, page: PageRequest
    ) -> Page[StoredMessage]:
        async with self.database.read() as uow:
            return await uow.messages.list(chosen, deleted, page)


@dataclass(slots=True, frozen=True)
class GetMessageStats:
    """Return the figures over the messages of a stream, or of all streams together."""

    database: Database

    async def __call__(self, stream_id: UUID | None) -> MessageStats:
        async with self.database.read() as uow:
            if stream_id is not None and await uow.streams.get(stream_id) is None:
                raise StreamNotFoundError.of(stream_id)
            return await uow.messages.stats(stream_id)
