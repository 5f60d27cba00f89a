"""Clips."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from twitchbot.adapters.sql.deleted import deleted_condition
from twitchbot.adapters.sql.paging import Order, fetch_page
from twitchbot.adapters.sql.tables import clips as t
from twitchbot.adapters.sql.types import UtcTime
from twitchbot.domain.clip import Clip
from twitchbot.domain.page import DeletedFilter, Page, PageRequest
from twitchbot.domain.unix_time import EPOCH
from twitchbot.usecases.ports.repositories import ClipRepository

# A clip without a time is sorted behind all others; a place in a list cannot be NULL.
_CREATED = func.coalesce(t.c.created_at_twitch, literal(EPOCH, UtcTime), type_=UtcTime)
_ORDERS: Mapping[str, Order] = {
    "created_at_twitch": Order((_CREATED, t.c.id)),
    "view_count": Order((t.c.view_count, t.c.id)),
    "duration_seconds": Order((t.c.duration_seconds, t.c.id)),
}


@dataclass(slots=True, frozen=True)
class SqlClipRepository(ClipRepository):
    """Clips in the table `clips`."""

    connection: AsyncConnection

    async def add(self, clip: Clip) -> None:
        """Insert a row."""
        await self.connection.execute(insert(t).values(to_row(clip)))

    async def get(self, clip_id: UUID, *, for_update: bool = False) -> Clip | None:
        """Select by id."""
        return await self._first(t.c.id == clip_id, for_update=for_update)

    async def get_by_twitch_id(self, twitch_clip_id: str) -> Clip | None:
        """Select by the platform's id."""
        return await self._first(t.c.twitch_clip_id == twitch_clip_id)

    async def list(
        self, deleted: DeletedFilter, page: PageRequest, order_by: str, stream_id: UUID | None
    ) -> Page[Clip]:
        """Select in one of the orders."""
        rows = select(t).where(deleted_condition(t, deleted))
        if stream_id is not None:
            rows = rows.where(t.c.stream_id == stream_id)
        return await fetch_page(self.connection, rows, _ORDERS[order_by], page, to_domain)

    async def update(self, clip: Clip) -> None:
        """Update what can change."""
        await self.connection.execute(
            update(t)
            .where(t.c.id == clip.id)
            .values(
                title=clip.title,
                view_count=clip.view_count,
                updated_at=clip.updated_at,
                deleted_at=clip.deleted_at,
            )
        )

    async def _first(
        self, condition: ColumnElement[bool], *, for_update: bool = False
    ) -> Clip | None:
        rows = select(t).where(condition, t.c.deleted_at.is_(None))
        if for_update:
            rows = rows.with_for_update()
        row = (await self.connection.execute(rows)).first()
        return to_domain(row) if row else None


def to_row(clip: Clip) -> dict[str, Any]:
    """Return the row of a clip."""
    return {
        "id": clip.id,
        "stream_id": clip.stream_id,
        "twitch_clip_id": clip.twitch_clip_id,
        "title": clip.title,
        "url": clip.url,
        "embed_url": clip.embed_url,
        "thumbnail_url": clip.thumbnail_url,
        "creator_name": clip.creator_name,
        "creator_id": clip.creator_id,
        "view_count": clip.view_count,
        "duration_seconds": clip.duration_seconds,
        "created_at_twitch": clip.created_at_twitch,
        "created_at": clip.created_at,
        "updated_at": clip.updated_at,
        "deleted_at": clip.deleted_at,
    }


def to_domain(row: Row[Any]) -> Clip:
    """Return the clip of a row."""
    return Clip(
        id=row.id,
        stream_id=row.stream_id,
        twitch_clip_id=row.twitch_clip_id,
        title=row.title,
        url=row.url,
        embed_url=row.embed_url,
        thumbnail_url=row.thumbnail_url,
        creator_name=row.creator_name,
        creator_id=row.creator_id,
        view_count=row.view_count,
        duration_seconds=row.duration_seconds,
        created_at_twitch=row.created_at_twitch,
        created_at=row.created_at,
        updated_at=row.updated_at,
        deleted_at=row.deleted_at,
    )
