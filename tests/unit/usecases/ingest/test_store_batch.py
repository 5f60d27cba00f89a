"""Storing batches: once each, whatever one row of them does."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import cast

import pytest

from tests.support.builders import a_new_message
from tests.support.counting_metrics import CountingMetrics
from twitchbot.domain.errors import BadRowError, DatabaseUnavailableError
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID
from twitchbot.domain.message import NewMessage
from twitchbot.usecases.ingest.store_batch import StoreBatch
from twitchbot.usecases.ports.repositories import MessageRepository
from twitchbot.usecases.ports.unit_of_work import Database, Repositories

POISON = "poison"


class FussyMessages:
    """A store of messages that refuses each batch with a poisonous one, as databases do."""

    def __init__(self, messages: MessageRepository, attempts: list[int]) -> None:
        self._messages = messages
        self._attempts = attempts

    async def add(self, batch: Sequence[NewMessage]) -> Collection[bytes]:
        self._attempts.append(len(batch))
        if any(new.message.text == POISON for new in batch):
            raise BadRowError("the database refuses the data of a row")
        return await self._messages.add(batch)


class FussyRepositories:
    """The real repositories with a fussy one among them."""

    def __init__(self, uow: Repositories, attempts: list[int]) -> None:
        self.messages = FussyMessages(uow.messages, attempts)
        self.viewers = uow.viewers
        self.channel_viewers = uow.channel_viewers
        self.streams = uow.streams


class FussyDatabase(Database):
    """A database that can't bear a poisonous message, and is away after so many attempts, once."""

    def __init__(
        self, database: Database, attempts: list[int], *, away_at: int | None = None
    ) -> None:
        self._database = database
        self._attempts = attempts
        self._away_at = away_at

    def read(self) -> AbstractAsyncContextManager[Repositories]:
        return self._database.read()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Repositories]:
        if len(self._attempts) == self._away_at:
            self._away_at = None
            raise DatabaseUnavailableError("away")
        async with self._database.write() as uow:
            yield cast("Repositories", FussyRepositories(uow, self._attempts))


@pytest.fixture
def metrics() -> CountingMetrics:
    return CountingMetrics()


def refuse_nothing(new: NewMessage, error: BadRowError) -> None:
    raise AssertionError((new, error))


async def stored_count(database: Database) -> int:
    async with database.read() as uow:
        stream = await uow.streams.get(CHAT_ONLY_STREAM_ID)
    assert stream is not None
    return stream.total_messages


async def test_a_batch_is_stored_once_however_often_it_comes(
    database: Database, metrics: CountingMetrics
) -> None:
    store = StoreBatch(database, metrics, refuse_nothing)
    batch = [a_new_message() for _ in range(5)]

    await store(batch)
    await store([*batch, a_new_message()])

    assert await stored_count(database) == 6
    assert (metrics.offered, metrics.stored) == (11, 6)


async def test_a_refused_row_costs_itself_only(
    database: Database, metrics: CountingMetrics
) -> None:
    refused: list[NewMessage] = []
    attempts: list[int] = []
    store = StoreBatch(
        FussyDatabase(database, attempts), metrics, lambda new, _error: refused.append(new)
    )
    batch = [a_new_message(text=POISON if number == 37 else "fine") for number in range(100)]

    await store(batch)

    assert refused == [batch[37]]
    assert await stored_count(database) == 99
    assert (metrics.stored, metrics.rejected) == (99, 1)
    assert len(attempts) < 20


async def test_a_row_is_rejected_once_although_its_batch_was_tried_twice(
    database: Database, metrics: CountingMetrics
) -> None:
    refused: list[NewMessage] = []
    attempts: list[int] = []
    fussy = FussyDatabase(database, attempts, away_at=4)
    store = StoreBatch(fussy, metrics, lambda new, _error: refused.append(new))
    batch = [a_new_message(text=POISON), a_new_message(), a_new_message(), a_new_message()]

    with pytest.raises(DatabaseUnavailableError):
        await store(batch)
    assert attempts == [4, 2, 1, 1]
    await store(batch)

    assert refused == [batch[0]]
    assert await stored_count(database) == 3
    assert (metrics.stored, metrics.rejected) == (3, 1)
