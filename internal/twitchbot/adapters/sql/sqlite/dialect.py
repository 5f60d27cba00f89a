"""SQLite's way of doing things."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Integer, Table, bindparam, type_coerce
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from twitchbot.adapters.sql.dialect import BulkInsert, Dialect, Fault, Found, MessageScope
from twitchbot.adapters.sql.sqlite import faults, messages, search
from twitchbot.adapters.sql.sqlite.columns import position
from twitchbot.adapters.sql.sqlite.positions import first_position_at
from twitchbot.adapters.sql.types import UtcTime
from twitchbot.domain.message import NewMessage, StoredMessage
from twitchbot.domain.page import PageRequest
from twitchbot.domain.search import SearchQuery
from twitchbot.domain.unix_time import unix_us

# A whole chunk is one statement that stays prepared.
_CHUNK = 500


class SqliteDialect(Dialect):
    """SQLite 3.35 or later, with FTS5."""

    @property
    def newest_first(self) -> ColumnElement[Any]:
        """The position, which is the row id."""
        return position

    def fault_of(self, error: BaseException) -> Fault:
        """Judge by SQLite's result code."""
        return faults.fault_of(error)

    def constraint_of(self, error: BaseException) -> str:
        """Find the name by the columns that the text tells."""
        return faults.constraint_of(error)

    def insert_new(self, table: Table, row: Mapping[str, Any]) -> Insert:
        """Build an insert that does nothing when the row is there."""
        return insert(table).values(row).on_conflict_do_nothing()

    def upsert(self, table: Table, row: Mapping[str, Any], key: Collection[str]) -> Insert:
        """Build an insert that replaces the row with the same key."""
        rest = {name: value for name, value in row.items() if name not in key}
        return insert(table).values(row).on_conflict_do_update(index_elements=list(key), set_=rest)

    def seconds_before(self, at: datetime, seconds: ColumnElement[int]) -> ColumnElement[datetime]:
        """Subtract µs from µs."""
        now = bindparam(None, unix_us(at), Integer)
        return type_coerce(now - seconds * 1_000_000, UtcTime)

    def sent_since(self, unix_ms: int) -> ColumnElement[bool]:
        """Compare positions."""
        return position >= first_position_at(unix_ms)

    async def version(self, connection: AsyncConnection) -> str:
        """Return the library's version."""
        found = await connection.exec_driver_sql("SELECT sqlite_version()")
        return f"SQLite {found.scalar_one()}"

    async def make_partitions(self, connection: AsyncConnection, now: datetime) -> None:
        """Do nothing: there is one table."""

    async def insert_many(
        self, connection: AsyncConnection, into: BulkInsert, rows: Sequence[tuple[Any, ...]]
    ) -> Sequence[Sequence[Any]]:
        """Insert in chunks of rows, each one statement, because only one such returns rows."""
        returned: list[Sequence[Any]] = []
        for start in range(0, len(rows), _CHUNK):
            chunk = rows[start : start + _CHUNK]
            values = tuple(chain.from_iterable(chunk))
            result = await connection.exec_driver_sql(_insert_text(into, len(chunk)), values)
            if into.returning:
                returned += result.all()
        return returned

    async def insert_messages(
        self, connection: AsyncConnection, messages_: Sequence[NewMessage]
    ) -> Collection[bytes]:
        """Look up which keys are there, then insert rows and words of the others."""
        return await messages.insert(connection, messages_)

    async def forget_words(self, connection: AsyncConnection, message: StoredMessage) -> None:
        """Remove the row of the search index."""
        await messages.forget_words(connection, message)

    async def search(
        self,
        connection: AsyncConnection,
        query: SearchQuery,
        scope: MessageScope,
        page: PageRequest,
    ) -> Found:
        """Ask the search index, which knows everything but the text itself."""
        return await search.search(connection, query, scope, page)


@cache
def _insert_text(into: BulkInsert, count: int) -> str:
    row = f"({', '.join('?' * len(into.columns))})"
    text = (
        f"INSERT INTO {into.table.name} ({', '.join(into.columns)})"  # noqa: S608 (names of ours)
        f" VALUES {', '.join([row] * count)} {into.conflict}"
    )
    return f"{text} RETURNING {', '.join(into.returning)}" if into.returning else text
