"""Viewers, keyed by the platform's user id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, case, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from twitchbot.adapters.sql import viewer_counts, viewer_sightings
from twitchbot.adapters.sql.deleted import deleted_condition
from twitchbot.adapters.sql.dialect import Dialect
from twitchbot.adapters.sql.paging import Order, fetch_page
from twitchbot.adapters.sql.tables import viewer_streams, viewer_totals
from twitchbot.adapters.sql.tables import viewers as t
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID
from twitchbot.domain.page import VIEWER_ORDERS, DeletedFilter, Page, PageRequest
from twitchbot.domain.tally import ViewerSighting
from twitchbot.domain.unix_time import unix_us
from twitchbot.domain.viewer import Viewer
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.repositories import ViewerRepository

_ORDERS: Mapping[str, Order] = {name: Order((t.c[name], t.c.id)) for name in VIEWER_ORDERS}


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
        now_us = unix_us(self.clock.now())
        await viewer_sightings.record(self.connection, self.dialect, sightings, now_us)

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


def _lowered(column: ColumnElement[int], by: int) -> ColumnElement[int]:
    return case((column > by, column - by), else_=0)
