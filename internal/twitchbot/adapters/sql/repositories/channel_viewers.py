"""People per channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from twitchbot.adapters.sql.dialect import BulkInsert, Dialect
from twitchbot.adapters.sql.paging import Order, fetch_page
from twitchbot.adapters.sql.paging import count as count_rows
from twitchbot.adapters.sql.tables import channel_viewers as t
from twitchbot.adapters.sql.tables import channels
from twitchbot.domain.ids import new_keys
from twitchbot.domain.page import Page, PageRequest
from twitchbot.domain.tally import ChannelSighting
from twitchbot.domain.unix_time import unix_us
from twitchbot.domain.viewer import ChannelViewer
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.repositories import ChannelViewerRepository

_LAST_SEEN_FIRST = Order((t.c.last_seen, t.c.id))

_RECORD = BulkInsert(
    table=t,
    columns=(
        "channel_id",
        "twitch_id",
        "id",
        "username",
        "display_name",
        "is_moderator",
        "is_vip",
        "first_seen",
        "last_seen",
        "created_at",
        "updated_at",
    ),
    conflict="""
        ON CONFLICT (channel_id, twitch_id) DO UPDATE SET
        username = CASE WHEN excluded.last_seen >= channel_viewers.last_seen
            AND excluded.username <> ''
            THEN excluded.username ELSE channel_viewers.username END,
        display_name = CASE WHEN excluded.last_seen >= channel_viewers.last_seen
            AND excluded.display_name <> ''
            THEN excluded.display_name ELSE channel_viewers.display_name END,
        is_moderator = CASE WHEN excluded.last_seen >= channel_viewers.last_seen
            THEN coalesce(excluded.is_moderator, channel_viewers.is_moderator)
            ELSE coalesce(channel_viewers.is_moderator, excluded.is_moderator) END,
        is_vip = CASE WHEN excluded.last_seen >= channel_viewers.last_seen
            THEN coalesce(excluded.is_vip, channel_viewers.is_vip)
            ELSE coalesce(channel_viewers.is_vip, excluded.is_vip) END,
        first_seen = CASE WHEN excluded.first_seen < channel_viewers.first_seen
            THEN excluded.first_seen ELSE channel_viewers.first_seen END,
        last_seen = CASE WHEN excluded.last_seen > channel_viewers.last_seen
            THEN excluded.last_seen ELSE channel_viewers.last_seen END,
        updated_at = excluded.updated_at""",
)


@dataclass(slots=True, frozen=True)
class SqlChannelViewerRepository(ChannelViewerRepository):
    """People per channel in the table `channel_viewers`."""

    connection: AsyncConnection
    dialect: Dialect
    clock: Clock

    async def get(self, channel_id: str, twitch_id: str) -> ChannelViewer | None:
        """Select by both ids."""
        rows = _named(select(t)).where(t.c.channel_id == channel_id, t.c.twitch_id == twitch_id)
        row = (await self.connection.execute(rows)).first()
        return to_domain(row) if row else None

    async def list(self, channel_id: str, page: PageRequest) -> Page[ChannelViewer]:
        """Select those of a channel."""
        rows = _named(select(t)).where(t.c.channel_id == channel_id)
        return await fetch_page(self.connection, rows, _LAST_SEEN_FIRST, page, to_domain)

    async def count(self, channel_id: str) -> int:
        """Count those of a channel."""
        return await count_rows(self.connection, select(t).where(t.c.channel_id == channel_id))

    async def record(self, sightings: Sequence[ChannelSighting]) -> None:
        """Insert or refresh the rows."""
        now_us = unix_us(self.clock.now())
        rows = [
            (
                seen.channel_id,
                seen.twitch_id,
                key,
                seen.username,
                seen.display_name,
                seen.is_moderator,
                seen.is_vip,
                seen.first_ms * 1000,
                seen.last_ms * 1000,
                now_us,
                now_us,
            )
            for key, seen in zip(new_keys(len(sightings)), sightings, strict=True)
        ]
        await self.dialect.insert_many(self.connection, _RECORD, rows)

    async def remove(self, channel_id: str, twitch_id: str) -> bool:
        """Delete the row."""
        gone = delete(t).where(t.c.channel_id == channel_id, t.c.twitch_id == twitch_id)
        return (await self.connection.execute(gone)).rowcount > 0


def to_domain(row: Row[Any]) -> ChannelViewer:
    """Return the person of a row that has the channel's login."""
    return ChannelViewer(
        id=row.id,
        channel_id=row.channel_id,
        channel=row.channel or "",
        twitch_id=row.twitch_id,
        username=row.username,
        display_name=row.display_name,
        is_moderator=bool(row.is_moderator),
        is_vip=bool(row.is_vip),
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def _named(rows: Select[Any]) -> Select[Any]:
    """Add the channel's login: after a rename two rows have the id, and the newer one counts."""
    login = (
        select(channels.c.login)
        .where(channels.c.channel_id == t.c.channel_id)
        .order_by(channels.c.updated_at.desc(), channels.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return rows.add_columns(login.label("channel"))
