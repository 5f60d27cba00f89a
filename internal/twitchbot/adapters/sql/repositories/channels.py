"""Channels that we were asked to sit in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, false, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from twitchbot.adapters.sql.dialect import Dialect
from twitchbot.adapters.sql.tables import channels as t
from twitchbot.domain.channel import Channel
from twitchbot.usecases.ports.repositories import ChannelRepository


@dataclass(slots=True, frozen=True)
class SqlChannelRepository(ChannelRepository):
    """Channels in the table `channels`, whose row ids tell which was wanted first."""

    connection: AsyncConnection
    dialect: Dialect

    async def get(self, login: str) -> Channel | None:
        """Select by login."""
        row = (await self.connection.execute(select(t).where(t.c.login == login))).first()
        return to_domain(row) if row else None

    async def wanted(self) -> Sequence[Channel]:
        """Select those that are wanted."""
        rows = select(t).where(t.c.wanted == true()).order_by(t.c.id)
        return [to_domain(row) for row in await self.connection.execute(rows)]

    async def want(self, login: str, now: datetime) -> None:
        """Turn an unwanted row round, or insert one if there is none."""
        again = update(t).where(t.c.login == login, t.c.wanted == false())
        await self.connection.execute(again.values(wanted=True, updated_at=now))
        row = {"login": login, "wanted": True, "created_at": now, "updated_at": now}
        await self.connection.execute(self.dialect.insert_new(t, row))

    async def unwant(self, login: str, now: datetime) -> bool:
        """Turn a wanted row round; the row stays, because it knows the channel's id."""
        gone = update(t).where(t.c.login == login, t.c.wanted == true())
        changed = gone.values(wanted=False, last_error="", updated_at=now)
        return (await self.connection.execute(changed)).rowcount > 0

    async def record_joined(self, login: str, channel_id: str, now: datetime) -> None:
        """Update time and id of a wanted row, and forget its last error."""
        row = {"joined_at": now, "last_error": "", "updated_at": now}
        if channel_id:
            row["channel_id"] = channel_id
        joined = update(t).where(t.c.login == login, t.c.wanted == true())
        await self.connection.execute(joined.values(row))

    async def record_id(self, login: str, channel_id: str, now: datetime) -> None:
        """Update the id."""
        known = update(t).where(t.c.login == login)
        await self.connection.execute(known.values(channel_id=channel_id, updated_at=now))

    async def record_error(self, login: str, error: str, now: datetime) -> None:
        """Update the last error of a wanted row."""
        failed = update(t).where(t.c.login == login, t.c.wanted == true())
        await self.connection.execute(failed.values(last_error=error, updated_at=now))


def to_domain(row: Row[Any]) -> Channel:
    """Return the channel of a row."""
    return Channel(
        login=row.login,
        channel_id=row.channel_id,
        wanted=row.wanted,
        joined_at=row.joined_at,
        last_error=row.last_error,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
