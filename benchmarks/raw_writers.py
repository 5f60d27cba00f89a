"""The baselines of storing: message rows and their words alone, without SQLAlchemy and ready made.

They count nothing and know nobody: no viewers, no channels' people, no streams. COPY can't even
pass over rows that are there already.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Any, TypeAlias
from uuid import UUID

import psycopg
from sqlalchemy.engine import URL

from benchmarks.databases import SQLITE, libpq_url
from twitchbot.adapters.sql.message_rows import STORED_COLUMNS, values_of
from twitchbot.adapters.sql.postgresql.lexemes import vector_text
from twitchbot.adapters.sql.search_words import indexed_words
from twitchbot.adapters.sql.sqlite.positions import position_of
from twitchbot.adapters.sql.sqlite.scopes import scope_text
from twitchbot.domain.message import NewMessage
from twitchbot.domain.unix_time import EPOCH

Row: TypeAlias = tuple[Any, ...]

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA wal_autocheckpoint = 8192",
    "PRAGMA cache_size = -65536",
    "PRAGMA mmap_size = 268435456",
)
_INSERT = (
    f"INSERT INTO chat_messages (pos, {', '.join(STORED_COLUMNS)})"  # noqa: S608 (names of ours)
    f" VALUES (?{', ?' * len(STORED_COLUMNS)})"
)
_INDEX = "INSERT INTO chat_search (rowid, text, scope) VALUES (?, ?, ?)"
_COPY = f"COPY chat_messages ({', '.join(STORED_COLUMNS)}, search) FROM STDIN"

_IDS = [STORED_COLUMNS.index(name) for name in ("id", "stream_id")]
_TIMES = [STORED_COLUMNS.index(name) for name in ("sent_at", "received_at")]


class SqliteWriter:
    """Writes batches by `executemany`, one transaction each."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def write(self, rows: Sequence[Row]) -> None:
        """Commit a batch."""
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(_INSERT, [row[:-2] for row in rows])
        connection.executemany(_INDEX, [(row[0], *row[-2:]) for row in rows])
        connection.execute("COMMIT")

    def tidy_up(self) -> None:
        """Do nothing: what the service would have done in the background is done."""


class PostgresWriter:
    """Writes batches by COPY, one transaction each."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def write(self, rows: Sequence[Row]) -> None:
        """Commit a batch."""
        with self._connection.cursor() as cursor:
            with cursor.copy(_COPY) as copy:
                for row in rows:
                    copy.write_row(row)
            self._connection.commit()

    def tidy_up(self) -> None:
        """Do what the server does by itself after a while."""
        self._connection.autocommit = True
        self._connection.execute("VACUUM ANALYZE chat_messages")


Writer: TypeAlias = SqliteWriter | PostgresWriter


@contextmanager
def raw_writer(url: URL) -> Iterator[Writer]:
    """Connect to a database."""
    if url.get_backend_name() == SQLITE:
        path = url.database or ""
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for pragma in _PRAGMAS:
                connection.execute(pragma)
            yield SqliteWriter(connection)
        return
    with psycopg.connect(libpq_url(url), options="-c jit=off") as postgres:
        yield PostgresWriter(postgres)


def rows_for(kind: str, messages: Sequence[NewMessage]) -> list[Row]:
    """Return the rows that the writer of a database takes."""
    row = _sqlite_row if kind == SQLITE else _postgresql_row
    return [row(new) for new in messages]


def _sqlite_row(new: NewMessage) -> Row:
    """Return position and values, at the end what the search index takes."""
    words = " ".join(indexed_words(new.message.text))
    return (position_of(new.key), *values_of(new), words, scope_text(new.stream_id, new.message))


def _postgresql_row(new: NewMessage) -> Row:
    return (*_native(values_of(new)), vector_text(new.message.text))


def _native(values: Row) -> Row:
    """Return the values as COPY takes them: ids and times as text."""
    found = list(values)
    for at in _IDS:
        found[at] = str(UUID(bytes=found[at]))
    for at in _TIMES:
        found[at] = (EPOCH + timedelta(microseconds=found[at])).isoformat()
    return tuple(found)
