"""Column types that mean the same on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import TIMESTAMP, Dialect, Integer, LargeBinary, Text, Uuid
from sqlalchemy.types import TypeDecorator, TypeEngine

from twitchbot.domain.unix_time import EPOCH, unix_us

# PostgreSQL would sort by the language of the database; SQLite sorts by code point.
SortedText = Text().with_variant(Text(collation="C"), "postgresql")


class UtcTime(TypeDecorator[datetime]):
    """An instant: timestamptz on PostgreSQL, µs since the epoch on SQLite; aware UTC in Python."""

    impl = TIMESTAMP(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type that the database knows."""
        return Integer() if dialect.name == "sqlite" else TIMESTAMP(timezone=True)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Return what is sent to the database."""
        if value is None or dialect.name != "sqlite":
            return value
        return unix_us(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return what came from the database as aware UTC."""
        if value is None:
            return None
        if dialect.name == "sqlite":
            return EPOCH + timedelta(microseconds=value)
        at: datetime = value
        return at.astimezone(UTC)


class Key(TypeDecorator[UUID]):
    """A UUID: uuid on PostgreSQL, 16 bytes on SQLite, which compare in the same order."""

    impl = Uuid
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type that the database knows."""
        return LargeBinary(16) if dialect.name == "sqlite" else Uuid()

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> Any:
        """Return what is sent to the database."""
        if value is None or dialect.name != "sqlite":
            return value
        return value.bytes

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:
        """Return what came from the database."""
        if value is None:
            return None
        key: UUID = UUID(bytes=value) if dialect.name == "sqlite" else value
        return key
