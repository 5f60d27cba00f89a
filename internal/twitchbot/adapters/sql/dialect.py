"""What differs between the databases.

Repositories only know this interface. What asks which database it is are the two folders that
implement it, the column types, and whoever opens connections.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Row, Table
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncConnection

from twitchbot.domain.message import MessageFilter, NewMessage, StoredMessage
from twitchbot.domain.page import Cursor, PageRequest
from twitchbot.domain.search import SearchQuery

SQLITE = "sqlite"
POSTGRESQL = "postgresql"
_DRIVERS = {SQLITE: ("sqlite", "sqlite+aiosqlite"), POSTGRESQL: ("postgresql+psycopg",) * 2}


class Fault(Enum):
    """What kind of trouble a driver's error is."""

    AWAY = "away"
    CONSTRAINT = "constraint"
    BAD_ROW = "bad row"
    OTHER = "other"


@dataclass(slots=True, frozen=True, kw_only=True)
class BulkInsert:
    """Many rows at once into some columns of a table; `conflict` and `returning` are SQL.

    Values are plain: text, whole numbers, booleans, times in µs, ids as 16 bytes.
    """

    table: Table
    columns: tuple[str, ...]
    conflict: str
    returning: tuple[str, ...] = ()


@dataclass(slots=True, frozen=True, kw_only=True)
class MessageScope:
    """A message filter whose channel was looked up.

    `channel_id` is None when any channel will do, and empty when only the login is known.
    """

    chosen: MessageFilter
    channel_id: str | None = None


@dataclass(slots=True, frozen=True, kw_only=True)
class Found:
    """A page of rows of `chat_messages`."""

    rows: Sequence[Row[Any]]
    total: int
    next: Cursor | None


class Dialect(Protocol):
    """The way one database does things."""

    @property
    def newest_first(self) -> ColumnElement[Any]:
        """The unique column of messages whose order is that of (sent_at, id)."""
        ...

    def fault_of(self, error: BaseException) -> Fault:
        """Tell what kind of trouble a driver's error is."""
        ...

    def constraint_of(self, error: BaseException) -> str:
        """Return the name of the constraint that was violated, empty when it has none."""
        ...

    def insert_new(self, table: Table, row: Mapping[str, Any]) -> SqliteInsert | PostgresInsert:
        """Build an insert that does nothing when the row is there."""
        ...

    def upsert(
        self, table: Table, row: Mapping[str, Any], key: Collection[str]
    ) -> SqliteInsert | PostgresInsert:
        """Build an insert that replaces the row with the same key."""
        ...

    def seconds_before(self, at: datetime, seconds: ColumnElement[int]) -> ColumnElement[datetime]:
        """Build the instant that lies some seconds before another."""
        ...

    def sent_since(self, unix_ms: int) -> ColumnElement[bool]:
        """Build the condition that a message was sent then or later."""
        ...

    async def version(self, connection: AsyncConnection) -> str:
        """Return name and version of the database."""
        ...

    async def make_partitions(self, connection: AsyncConnection, now: datetime) -> None:
        """Make the partitions of messages that the weeks to come need."""
        ...

    async def insert_many(
        self, connection: AsyncConnection, into: BulkInsert, rows: Sequence[tuple[Any, ...]]
    ) -> Sequence[Sequence[Any]]:
        """Run a bulk insert and return what it returns, as plain values."""
        ...

    async def insert_messages(
        self, connection: AsyncConnection, messages: Sequence[NewMessage]
    ) -> Collection[bytes]:
        """Store the messages whose keys are new, each key once, and return those keys."""
        ...

    async def forget_words(self, connection: AsyncConnection, message: StoredMessage) -> None:
        """Take a message that was marked as deleted out of the search index."""
        ...

    async def search(
        self,
        connection: AsyncConnection,
        query: SearchQuery,
        scope: MessageScope,
        page: PageRequest,
    ) -> Found:
        """Return a page of matching messages that are not deleted, newest first."""
        ...


def is_sqlite(url: URL) -> bool:
    """Tell whether an address means an SQLite file."""
    return url.get_backend_name() == SQLITE


def sync_url(url: str | URL) -> URL:
    """Return an address with the driver for migrations."""
    address = make_url(url)
    return address.set(drivername=_DRIVERS[address.get_backend_name()][0])


def async_url(url: str | URL) -> URL:
    """Return an address with the driver for the service."""
    address = make_url(url)
    return address.set(drivername=_DRIVERS[address.get_backend_name()][1])


def is_made_by_hand(kind: str, name: str) -> bool:
    """Tell whether something in a database is there in only one of the two kinds."""
    match kind:
        case "table":
            return name.startswith(("chat_messages_", "chat_search"))
        case "column":
            return name in {"pos", "search"}
        case "index":
            return "_chat_messages_" in name
    return False
