"""Viewers, keyed by the platform's user id."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, case, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from twitchbot.adapters.sql import viewer_counts
from twitchbot.adapters.sql.deleted import deleted_condition
from twitchbot.adapters.sql.dialect import BulkInsert, Dialect
from twitchbot.adapters.sql.paging import Order, fetch_page
from twitchbot.adapters.sql.tables import viewer_streams, viewer_totals
from twitchbot.adapters.sql.tables import viewers as t
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID, new_id
from twitchbot.domain.page import VIEWER_ORDERS, DeletedFilter, Page, PageRequest
from twitchbot.domain.tally import ViewerSighting
from twitchbot.domain.unix_time import unix_us
from twitchbot.domain.viewer import Viewer
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.repositories import ViewerRepository

_ORDERS: Mapping[str, Order] = {name: Order((t.c[name], t.c.id)) for name in VIEWER_ORDERS}

_RECORD = BulkInsert(
    table=t,
    columns=(
        "id",
        "twitch_id",
        "username",
        "display_name",
        "total_messages",
        "total_streams_watched",
        "first_seen",
        "last_seen",
        "created_at",
        "updated_at",
    ),
    conflict="""
        ON CONFLICT (twitch_id) WHERE deleted_at IS NULL DO UPDATE SET
        username = CASE WHEN excluded.last_seen >= viewers.last_seen AND excluded.username <> ''
            THEN excluded.username ELSE viewers.username END,
        display_name = CASE WHEN excluded.last_seen >= viewers.last_seen
            AND excluded.display_name <> ''
            THEN excluded.display_name ELSE viewers.display_name END,
        total_messages = viewers.total_messages + excluded.total_messages,
        total_streams_watched = viewers.total_streams_watched + excluded.total_streams_watched,
        first_seen = CASE WHEN excluded.first_seen < viewers.first_seen
            THEN excluded.first_seen ELSE viewers.first_seen END,
        last_seen = CASE WHEN excluded.last_seen > viewers.last_seen
            THEN excluded.last_seen ELSE viewers.last_seen END,
        updated_at = excluded.updated_at""",
    returning=("id", "twitch_id"),
)


@dataclass(slots=True, frozen=True)
class SqlViewerRepository(ViewerRepository):
    """Viewers in the table `viewers`."""

    connection: AsyncConnection
    dialect: Dialect
    clock: Clock

    async def add(self, viewer: Viewer) -> None:
        """Insert a row."""
        await self.connection.execute(insert(t).values(to_row(viewer)))

    async def get(self, viewer_id: UUID, *, for_update: bool = False) -> Viewer | None:
        """Select by id."""
        return await self._first(t.c.id == viewer_id, for_update=for_update)

    async def get_by_twitch_id(self, twitch_id: str) -> Viewer | None:
        """Select by the platform's id."""
        return await self._first(t.c.twitch_id == twitch_id)

    async def list(self, deleted: DeletedFilter, page: PageRequest, order_by: str) -> Page[Viewer]:
        """Select in one of the orders."""
        rows = select(t).where(deleted_condition(t, deleted))
        return await fetch_page(self.connection, rows, _ORDERS[order_by], page, to_domain)

    async def update(self, viewer: Viewer) -> None:
        """Update all columns but ids and creation."""
        row = to_row(viewer)
        for kept in ("id", "twitch_id", "created_at"):
            del row[kept]
        await self.connection.execute(update(t).where(t.c.id == viewer.id).values(row))

    async def record(self, sightings: Sequence[ViewerSighting]) -> None:
        """Raise the counts, then insert or refresh the rows."""
        new_streams = await viewer_counts.add_to_streams(self.connection, self.dialect, sightings)
        wrote_before = await viewer_counts.add_to_totals(self.connection, self.dialect, sightings)
        now_us = unix_us(self.clock.now())
        rows = [
            _sighting_row(seen, new_streams.get(seen.twitch_id, 0), now_us) for seen in sightings
        ]
        ids = {row[0] for row in rows}
        kept = await self.dialect.insert_many(self.connection, _RECORD, rows)
        # A returned id that we made belongs to a new row. Whose older messages outlived an
        # earlier, deleted row of theirs gets those counted too.
        returned = [
            UUID(bytes=row_id)
            for row_id, twitch_id in kept
            if row_id in ids and twitch_id in wrote_before
        ]
        if returned:
            await self._count_again(returned)

    async def forget_messages(self, twitch_id: str, stream_id: UUID, count: int) -> None:
        """Lower the counts and the viewer's figures, never below zero."""
        ended = await viewer_counts.take_away(self.connection, twitch_id, stream_id, count)
        streams = int(ended and stream_id != CHAT_ONLY_STREAM_ID)
        lowered = update(t).where(t.c.twitch_id == twitch_id, t.c.deleted_at.is_(None))
        await self.connection.execute(
            lowered.values(
                total_messages=_lowered(t.c.total_messages, count),
                total_streams_watched=_lowered(t.c.total_streams_watched, streams),
                updated_at=self.clock.now(),
            )
        )

    async def messages_and_streams(self, twitch_id: str) -> tuple[int, int]:
        """Read the counts."""
        messages = select(viewer_totals.c.messages).where(viewer_totals.c.twitch_id == twitch_id)
        streams = select(func.count()).where(
            viewer_streams.c.twitch_id == twitch_id,
            viewer_streams.c.stream_id != CHAT_ONLY_STREAM_ID,
        )
        both = select(messages.scalar_subquery(), streams.scalar_subquery())
        row = (await self.connection.execute(both)).one()
        return row[0] or 0, row[1]

    async def _count_again(self, viewer_ids: Collection[UUID]) -> None:
        messages = select(viewer_totals.c.messages).where(
            viewer_totals.c.twitch_id == t.c.twitch_id
        )
        streams = select(func.count()).where(
            viewer_streams.c.twitch_id == t.c.twitch_id,
            viewer_streams.c.stream_id != CHAT_ONLY_STREAM_ID,
        )
        await self.connection.execute(
            update(t)
            .where(t.c.id.in_(viewer_ids))
            .values(
                total_messages=messages.scalar_subquery(),
                total_streams_watched=streams.scalar_subquery(),
            )
        )

    async def _first(
        self, condition: ColumnElement[bool], *, for_update: bool = False
    ) -> Viewer | None:
        rows = select(t).where(condition, t.c.deleted_at.is_(None))
        if for_update:
            rows = rows.with_for_update()
        row = (await self.connection.execute(rows)).first()
        return to_domain(row) if row else None


def to_row(viewer: Viewer) -> dict[str, Any]:
    """Return the row of a viewer."""
    return {
        "id": viewer.id,
        "twitch_id": viewer.twitch_id,
        "username": viewer.username,
        "display_name": viewer.display_name,
        "total_messages": viewer.total_messages,
        "total_streams_watched": viewer.total_streams_watched,
        "first_seen": viewer.first_seen,
        "last_seen": viewer.last_seen,
        "created_at": viewer.created_at,
        "updated_at": viewer.updated_at,
        "deleted_at": viewer.deleted_at,
    }


def to_domain(row: Row[Any]) -> Viewer:
    """Return the viewer of a row."""
    return Viewer(
        id=row.id,
        twitch_id=row.twitch_id,
        username=row.username,
        display_name=row.display_name,
        total_messages=row.total_messages,
        total_streams_watched=row.total_streams_watched,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        created_at=row.created_at,
        updated_at=row.updated_at,
        deleted_at=row.deleted_at,
    )


def _sighting_row(seen: ViewerSighting, new_streams: int, now_us: int) -> tuple[Any, ...]:
    return (
        new_id().bytes,
        seen.twitch_id,
        seen.username,
        seen.display_name,
        sum(seen.streams.values()),
        new_streams,
        seen.first_ms * 1000,
        seen.last_ms * 1000,
        now_us,
        now_us,
    )


def _lowered(column: ColumnElement[int], by: int) -> ColumnElement[int]:
    return case((column > by, column - by), else_=0)
