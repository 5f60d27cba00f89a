"""A transaction that leaves nothing behind."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from twitchbot.usecases.ports.unit_of_work import Database, Repositories


class _DiscardError(Exception):
    """Ends the transaction."""


@asynccontextmanager
async def discarded(database: Database) -> AsyncIterator[Repositories]:
    """Open a writing transaction and roll it back, so that examples do not see each other."""
    try:
        async with database.write() as uow:
            yield uow
            raise _DiscardError
    except _DiscardError:
        pass
