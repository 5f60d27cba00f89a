"""The database: opens connections, and transactions over all repositories."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Self

from sqlalchemy import exc, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from twitchbot.adapters.sql.dialect import Dialect
from twitchbot.adapters.sql.encrypted import Sealer
from twitchbot.adapters.sql.engine import Engines, make_engines
from twitchbot.adapters.sql.errors import database_unavailable
from twitchbot.adapters.sql.options import DatabaseOptions
from twitchbot.adapters.sql.repositories.accounts import SqlAccountRepository
from twitchbot.adapters.sql.repositories.channel_viewers import SqlChannelViewerRepository
from twitchbot.adapters.sql.repositories.channels import SqlChannelRepository
from twitchbot.adapters.sql.repositories.clips import SqlClipRepository
from twitchbot.adapters.sql.repositories.commands import SqlCommandRepository
from twitchbot.adapters.sql.repositories.messages import SqlMessageRepository
from twitchbot.adapters.sql.repositories.streams import SqlStreamRepository
from twitchbot.adapters.sql.repositories.viewers import SqlViewerRepository
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database, Repositories


class SqlRepositories(Repositories):
    """The repositories of one transaction."""

    def __init__(
        self, connection: AsyncConnection, dialect: Dialect, clock: Clock, sealer: Sealer
    ) -> None:
        self._connection = connection
        self._dialect = dialect
        self._clock = clock
        self._sealer = sealer

    @property
    def messages(self) -> SqlMessageRepository:
        """Chat messages."""
        return SqlMessageRepository(self._connection, self._dialect)

    @property
    def streams(self) -> SqlStreamRepository:
        """Streams."""
        return SqlStreamRepository(self._connection, self._dialect)

    @property
    def viewers(self) -> SqlViewerRepository:
        """People."""
        return SqlViewerRepository(self._connection, self._dialect, self._clock)

    @property
    def channel_viewers(self) -> SqlChannelViewerRepository:
        """People per channel."""
        return SqlChannelViewerRepository(self._connection, self._dialect, self._clock)

    @property
    def clips(self) -> SqlClipRepository:
        """Clips."""
        return SqlClipRepository(self._connection)

    @property
    def commands(self) -> SqlCommandRepository:
        """Chat commands."""
        return SqlCommandRepository(self._connection, self._dialect)

    @property
    def channels(self) -> SqlChannelRepository:
        """Channels we follow."""
        return SqlChannelRepository(self._connection, self._dialect)

    @property
    def accounts(self) -> SqlAccountRepository:
        """Accounts with their tokens."""
        return SqlAccountRepository(self._connection, self._dialect, self._sealer)


class SqlDatabase(Database):
    """SQLite or PostgreSQL, as its address says."""

    def __init__(
        self, engines: Engines, clock: Clock, sealer: Sealer, options: DatabaseOptions
    ) -> None:
        self._engines = engines
        self._clock = clock
        self._sealer = sealer
        self._options = options

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        url: str | URL,
        *,
        clock: Clock,
        sealer: Sealer,
        options: DatabaseOptions | None = None,
    ) -> AsyncIterator[Self]:
        """Connect to a database whose schema is up to date, and close it in the end."""
        options = options or DatabaseOptions()
        engines = make_engines(url, options)
        try:
            database = cls(engines, clock, sealer, options)
            await database.make_partitions()
            yield database
        finally:
            await engines.close()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[SqlRepositories]:
        """Open a transaction that sees one moment of the database and changes nothing."""
        async with self._connect(self._engines.reading) as connection:
            yield self._repositories(connection)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[SqlRepositories]:
        """Open a transaction that commits when its block ends well and rolls back otherwise."""
        async with self._connect(self._engines.writing) as connection:
            yield self._repositories(connection)
            await connection.commit()

    async def ping(self) -> None:
        """Ask the database for a sign of life."""
        async with self._connect(self._engines.reading) as connection:
            await connection.execute(text("SELECT 1"))

    async def version(self) -> str:
        """Return name and version of the database, as the health page shows them."""
        async with self._connect(self._engines.reading) as connection:
            return await self._engines.dialect.version(connection)

    async def make_partitions(self) -> None:
        """Make room for the messages of the weeks to come, where the database needs that."""
        async with self._connect(self._engines.writing) as connection:
            await self._engines.dialect.make_partitions(connection, self._clock.now())
            await connection.commit()

    def _repositories(self, connection: AsyncConnection) -> SqlRepositories:
        return SqlRepositories(connection, self._engines.dialect, self._clock, self._sealer)

    @asynccontextmanager
    async def _connect(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        """Lend a connection for a limited time; what is not committed is rolled back."""
        patience = asyncio.timeout(self._options.transaction_timeout_s)
        try:
            async with patience, engine.connect() as connection:
                yield connection
        except exc.TimeoutError as error:
            raise database_unavailable() from error
        except TimeoutError as error:
            if not patience.expired():
                raise
            raise database_unavailable() from error
