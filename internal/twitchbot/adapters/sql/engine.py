"""The connections to a database: its dialect, and one engine each for writing and reading."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine

from twitchbot.adapters.sql.dialect import Dialect, async_url, is_sqlite
from twitchbot.adapters.sql.errors import translate_errors
from twitchbot.adapters.sql.options import DatabaseOptions
from twitchbot.adapters.sql.postgresql import engine as postgresql_engine
from twitchbot.adapters.sql.postgresql.dialect import PostgresDialect
from twitchbot.adapters.sql.sqlite import engine as sqlite_engine
from twitchbot.adapters.sql.sqlite.dialect import SqliteDialect


@dataclass(slots=True, frozen=True, kw_only=True)
class Engines:
    """What a database is talked to with."""

    dialect: Dialect
    writing: AsyncEngine
    reading: AsyncEngine

    async def close(self) -> None:
        """Close all connections, the writing one last: the last to leave checkpoints."""
        await self.reading.dispose()
        await self.writing.dispose()


def make_engines(url: str | URL, options: DatabaseOptions) -> Engines:
    """Choose what fits the address; nothing connects yet."""
    address = async_url(url)
    dialect: Dialect = SqliteDialect() if is_sqlite(address) else PostgresDialect()
    make = sqlite_engine if is_sqlite(address) else postgresql_engine
    engines = Engines(
        dialect=dialect,
        writing=make.writing_engine(address, options),
        reading=make.reading_engine(address, options),
    )
    translate_errors(engines.writing, dialect)
    translate_errors(engines.reading, dialect)
    return engines
