"""PostgreSQL's way of doing things."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, func, literal
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from twitchbot.adapters.sql.dialect import BulkInsert, Dialect, Fault, Found, MessageScope
from twitchbot.adapters.sql.postgresql import bulk, faults, messages, partitions, search
from twitchbot.adapters.sql.tables import chat_messages
from twitchbot.adapters.sql.types import UtcTime
from twitchbot.domain.ids import first_id_at
from twitchbot.domain.message import NewMessage, StoredMessage
from twitchbot.domain.page import PageRequest
from twitchbot.domain.search import SearchQuery


class PostgresDialect(Dialect):
    """PostgreSQL 14 or later."""

    @property
    def newest_first(self) -> ColumnElement[Any]:
        """The id, which begins with the time."""
        return chat_messages.c.id

    def fault_of(self, error: BaseException) -> Fault:
        """Judge by the SQLSTATE."""
        return faults.fault_of(error)

    def constraint_of(self, error: BaseException) -> str:
        """Return the name that the server tells."""
        return faults.constraint_of(error)

    def insert_new(self, table: Table, row: Mapping[str, Any]) -> Insert:
        """Build an insert that does nothing when the row is there."""
        return insert(table).values(row).on_conflict_do_nothing()

    def upsert(self, table: Table, row: Mapping[str, Any], key: Collection[str]) -> Insert:
        """Build an insert that replaces the row with the same key."""
        rest = {name: value for name, value in row.items() if name not in key}
        return insert(table).values(row).on_conflict_do_update(index_elements=list(key), set_=rest)

    def seconds_before(self, at: datetime, seconds: ColumnElement[int]) -> ColumnElement[datetime]:
        """Subtract an interval."""
        return literal(at, UtcTime) - func.make_interval(0, 0, 0, 0, 0, 0, seconds)

    def sent_since(self, unix_ms: int) -> ColumnElement[bool]:
        """Compare ids."""
        return chat_messages.c.id >= first_id_at(unix_ms)

    async def version(self, connection: AsyncConnection) -> str:
        """Return the server's version."""
        found = await connection.exec_driver_sql("SHOW server_version")
        return f"PostgreSQL {found.scalar_one()}"

    async def make_partitions(self, connection: AsyncConnection, now: datetime) -> None:
        """Make those of the weeks around now."""
        await partitions.make_partitions(connection, now)

    async def insert_many(
        self, connection: AsyncConnection, into: BulkInsert, rows: Sequence[tuple[Any, ...]]
    ) -> Sequence[Sequence[Any]]:
        """Send all rows as one JSON array."""
        return await bulk.insert_many(connection, into, rows)

    async def insert_messages(
        self, connection: AsyncConnection, messages_: Sequence[NewMessage]
    ) -> Collection[bytes]:
        """Insert what does not conflict; the server tells which that was."""
        return await messages.insert(connection, messages_)

    async def forget_words(self, connection: AsyncConnection, message: StoredMessage) -> None:
        """Do nothing: the index leads to the row, and the row says that it is deleted."""

    async def search(
        self,
        connection: AsyncConnection,
        query: SearchQuery,
        scope: MessageScope,
        page: PageRequest,
    ) -> Found:
        """Ask the GIN index."""
        return await search.search(connection, self, query, scope, page)
