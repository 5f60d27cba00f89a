"""Plain reads of streams."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from twitchbot.domain.errors import NoActiveStreamError, StreamNotFoundError
from twitchbot.domain.page import DeletedFilter, Page, PageRequest
from twitchbot.domain.stream import Stream, StreamChange, StreamStats
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class GetStream:
    """Return a stream and the history of its title and category, oldest first."""

    database: Database

    async def __call__(self, stream_id: UUID) -> tuple[Stream, Sequence[StreamChange]]:
        async with self.database.read() as uow:
            stream = await uow.streams.get(stream_id)
            if stream is None:
                raise StreamNotFoundError.of(stream_id)
            return stream, await uow.streams.changes(stream_id)


@dataclass(slots=True, frozen=True)
class ListStreams:
    """Return a page of streams, newest first."""

    database: Database

    async def __call__(
        self,
        deleted: DeletedFilter,
        page: PageRequest,
        *,
        only_active: bool,
        game_name: str,
        channel: str,
    ) -> Page[Stream]:
        async with self.database.read() as uow:
            return await uow.streams.list(
                deleted, page, only_active=only_active, game_name=game_name, channel=channel
            )


@dataclass(slots=True, frozen=True)
class GetActiveStream:
    """Return the newest active stream; Chat-Only when none is and no channel was named."""

    database: Database

    async def __call__(self, channel: str = "") -> Stream:
        # Chat-Only takes one place in the list at most, so a real stream is among the first two.
        two = PageRequest(limit=2)
        async with self.database.read() as uow:
            page = await uow.streams.list(DeletedFilter(), two, only_active=True, channel=channel)
        stream = min(page.items, key=lambda active: active.is_chat_only, default=None)
        if stream is None:
            raise NoActiveStreamError.of(channel)
        return stream


@dataclass(slots=True, frozen=True)
class GetStreamStats:
    """Return the figures of a stream, computed from what is stored."""

    database: Database
    clock: Clock

    async def __call__(self, stream_id: UUID) -> StreamStats:
        async with self.database.read() as uow:
            stats = await uow.streams.stats(stream_id, self.clock.now())
        if stats is None:
            raise StreamNotFoundError.of(stream_id)
        return stats
