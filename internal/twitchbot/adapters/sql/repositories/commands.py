"""Chat commands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, insert, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from twitchbot.adapters.sql.deleted import deleted_condition
from twitchbot.adapters.sql.dialect import Dialect
from twitchbot.adapters.sql.paging import Order, fetch_page
from twitchbot.adapters.sql.tables import commands as t
from twitchbot.domain.command import Command, command_key
from twitchbot.domain.page import DeletedFilter, Page, PageRequest
from twitchbot.usecases.ports.repositories import CommandRepository

_BY_NAME = Order((t.c.name_key, t.c.id), descending=False)


@dataclass(slots=True, frozen=True)
class SqlCommandRepository(CommandRepository):
    """Commands in the table `commands`."""

    connection: AsyncConnection
    dialect: Dialect

    async def add(self, command: Command) -> None:
        """Insert a row."""
        await self.connection.execute(insert(t).values(to_row(command)))

    async def get(self, command_id: UUID, *, for_update: bool = False) -> Command | None:
        """Select by id."""
        return await self._first(t.c.id == command_id, for_update=for_update)

    async def get_by_key(self, key: str) -> Command | None:
        """Select by the key of the name."""
        return await self._first(t.c.name_key == key)

    async def list(
        self, deleted: DeletedFilter, page: PageRequest, *, only_active: bool = False
    ) -> Page[Command]:
        """Select by name."""
        rows = select(t).where(deleted_condition(t, deleted))
        if only_active:
            rows = rows.where(t.c.is_active == true())
        return await fetch_page(self.connection, rows, _BY_NAME, page, to_domain)

    async def update(self, command: Command) -> None:
        """Update all columns but those of its use and creation."""
        row = to_row(command)
        for kept in ("id", "usage_count", "last_used", "created_at"):
            del row[kept]
        await self.connection.execute(update(t).where(t.c.id == command.id).values(row))

    async def claim_use(self, command_id: UUID, now: datetime) -> bool:
        """Update the row if its conditions hold, in one statement."""
        ready_since = self.dialect.seconds_before(now, t.c.cooldown_seconds)
        claimed = (
            update(t)
            .where(
                t.c.id == command_id,
                t.c.deleted_at.is_(None),
                t.c.is_active == true(),
                or_(
                    t.c.cooldown_seconds == 0,
                    t.c.last_used.is_(None),
                    t.c.last_used <= ready_since,
                ),
            )
            .values(usage_count=t.c.usage_count + 1, last_used=now)
        )
        return (await self.connection.execute(claimed)).rowcount > 0

    async def _first(
        self, condition: ColumnElement[bool], *, for_update: bool = False
    ) -> Command | None:
        rows = select(t).where(condition, t.c.deleted_at.is_(None))
        if for_update:
            rows = rows.with_for_update()
        row = (await self.connection.execute(rows)).first()
        return to_domain(row) if row else None


def to_row(command: Command) -> dict[str, Any]:
    """Return the row of a command."""
    return {
        "id": command.id,
        "name": command.name,
        "name_key": command_key(command.name),
        "description": command.description,
        "response": command.response,
        "is_active": command.is_active,
        "moderator_only": command.moderator_only,
        "subscriber_only": command.subscriber_only,
        "cooldown_seconds": command.cooldown_seconds,
        "usage_count": command.usage_count,
        "last_used": command.last_used,
        "created_at": command.created_at,
        "updated_at": command.updated_at,
        "deleted_at": command.deleted_at,
    }


def to_domain(row: Row[Any]) -> Command:
    """Return the command of a row."""
    return Command(
        id=row.id,
        name=row.name,
        description=row.description,
        response=row.response,
        is_active=row.is_active,
        moderator_only=row.moderator_only,
        subscriber_only=row.subscriber_only,
        cooldown_seconds=row.cooldown_seconds,
        usage_count=row.usage_count,
        last_used=row.last_used,
        created_at=row.created_at,
        updated_at=row.updated_at,
        deleted_at=row.deleted_at,
    )
