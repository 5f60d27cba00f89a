"""A shorter way to SQLite: one visit to the connection's thread per statement.

The library has a thread per connection and sends every step there by itself: make a cursor,
execute, fetch, close. Under load each visit waits for the interpreter's lock, and four of them
took longer than the query.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from types import TracebackType
from typing import Any, Self

import aiosqlite

_LIBRARYS_CHUNK = 64


class ThreadedConnection(aiosqlite.Connection):
    """A connection whose cursors fetch as they execute.

    One that only reads does not wait for the beginning and the end of its transactions, which
    can't fail: the thread does everything in the order in which it was asked.
    """

    def __init__(self, database: str, *, reads_only: bool, **options: Any) -> None:
        super().__init__(partial(sqlite3.connect, database, **options), _LIBRARYS_CHUNK)
        self._reads_only = reads_only
        # The program's end must not wait for it.
        self._thread.daemon = True

    def cursor(self) -> FetchedCursor:  # type: ignore[override]  # as much as SQLAlchemy needs
        """Return a cursor; the thread makes its counterpart with the first statement."""
        return FetchedCursor(self)

    def begin_reading(self) -> None:
        """Begin a transaction that sees one moment."""
        self._tx.put_nowait((None, lambda: self._conn.execute("BEGIN")))

    async def rollback(self) -> None:
        """Undo what the transaction did."""
        if self._reads_only:
            self._tx.put_nowait((None, self._conn.rollback))
        else:
            await super().rollback()

    async def visit(self, work: Callable[[sqlite3.Connection], FetchedRows]) -> FetchedRows:
        """Let the thread do something."""
        done: asyncio.Future[FetchedRows] = asyncio.get_running_loop().create_future()
        self._tx.put_nowait((done, partial(work, self._conn)))
        return await done


FetchedRows = tuple[sqlite3.Cursor, list[Any]]


class FetchedCursor:
    """A cursor that has all rows when its statement has been executed."""

    def __init__(self, connection: ThreadedConnection) -> None:
        self._connection = connection
        self._cursor: sqlite3.Cursor | None = None
        self._rows: list[Any] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    @property
    def description(self) -> Any:
        """What columns the rows have; None if the statement has no rows."""
        return self._cursor.description if self._cursor else None

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        return self._cursor.rowcount if self._cursor else -1

    @property
    def lastrowid(self) -> int | None:
        """The row id of the last row inserted."""
        return self._cursor.lastrowid if self._cursor else None

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        """Execute a statement and fetch what it returns."""

        def work(connection: sqlite3.Connection) -> FetchedRows:
            cursor = connection.execute(statement, parameters)
            return cursor, cursor.fetchall()

        self._cursor, self._rows = await self._connection.visit(work)

    async def executemany(self, statement: str, parameters: Sequence[Sequence[Any]]) -> None:
        """Execute a statement, which returns nothing, for each row of parameters."""
        self._cursor, self._rows = await self._connection.visit(
            lambda connection: (connection.executemany(statement, parameters), [])
        )

    async def fetchall(self) -> list[Any]:
        """Return the rows."""
        return self._rows

    async def close(self) -> None:
        """Do nothing: a statement that was fetched to its end keeps nothing open."""
