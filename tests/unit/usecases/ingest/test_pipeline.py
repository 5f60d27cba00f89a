"""The way of a line through the service."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from uuid import UUID

import pytest

from tests.support.builders import CHANNEL_ID, a_message, a_stream
from tests.support.counting_metrics import CountingMetrics
from tests.support.waiting import eventually
from twitchbot.domain.errors import DatabaseUnavailableError
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID
from twitchbot.domain.message import ChatMessage, NewMessage
from twitchbot.usecases.ingest.batch_rule import BatchRule
from twitchbot.usecases.ingest.intake import Intake
from twitchbot.usecases.ingest.pipeline import IngestPipeline
from twitchbot.usecases.streams.stream_router import StreamRouter


class Setup:
    """A pipeline whose store fails as often as it is told, and keeps the rest in a list."""

    def __init__(self) -> None:
        self.failures = 0
        self.stored: list[NewMessage] = []
        self.shown: list[ChatMessage] = []
        self.outages: list[bool] = []
        self.router = StreamRouter()
        self.metrics = CountingMetrics()
        self.pipeline = IngestPipeline(
            translate=self._translate,
            router=self.router,
            intake=Intake(
                BatchRule(rows=2, max_age_s=0.01),
                high_water=100,
                pause=lambda: None,
                resume=lambda: None,
            ),
            store=self._store,
            metrics=self.metrics,
            on_message=self.shown.append,
            on_outage=lambda error: self.outages.append(error is not None),
        )

    def _translate(self, line: bytes, received_us: int) -> ChatMessage | None:
        text = line.decode()
        return a_message(text=text, received_us=received_us) if text else None

    async def _store(self, batch: Sequence[NewMessage]) -> None:
        if self.failures:
            self.failures -= 1
            raise DatabaseUnavailableError("away")
        self.stored += batch

    async def run_to_the_end(self) -> None:
        self.pipeline.close()
        async with asyncio.timeout(10):
            await self.pipeline.run()


@pytest.fixture
async def setup() -> Setup:
    return Setup()


async def test_a_line_is_shown_at_once_and_stored_later(setup: Setup) -> None:
    setup.pipeline.receive(b"hello", 7)

    assert [message.text for message in setup.shown] == ["hello"]
    assert setup.pipeline.waiting == 1
    await setup.run_to_the_end()
    assert [new.message.received_us for new in setup.stored] == [7]
    assert setup.pipeline.stored == 1


async def test_a_line_without_a_message_is_counted_and_stops_nothing(setup: Setup) -> None:
    setup.pipeline.receive(b"", 1)
    setup.pipeline.receive(b"fine", 2)

    await setup.run_to_the_end()

    assert (setup.metrics.received, setup.metrics.unreadable) == (2, 1)
    assert [new.message.text for new in setup.stored] == ["fine"]


async def test_what_the_bot_said_is_stored_but_not_shown_to_it(setup: Setup) -> None:
    setup.pipeline.keep(a_message(text="own words"))

    await setup.run_to_the_end()

    assert setup.shown == []
    assert [new.message.text for new in setup.stored] == ["own words"]


async def test_a_message_belongs_to_the_stream_that_is_live_when_it_is_said(setup: Setup) -> None:
    stream = a_stream(channel_id=CHANNEL_ID)

    setup.pipeline.receive(b"before", 1)
    setup.router.open(stream)
    setup.pipeline.receive(b"live", 2)
    setup.router.close(stream)
    setup.pipeline.receive(b"after", 3)
    await setup.run_to_the_end()

    belongs: dict[str, UUID] = {new.message.text: new.stream_id for new in setup.stored}
    assert belongs == {
        "before": CHAT_ONLY_STREAM_ID,
        "live": stream.id,
        "after": CHAT_ONLY_STREAM_ID,
    }


async def test_a_batch_is_offered_again_until_the_database_is_back(setup: Setup) -> None:
    setup.failures = 2
    setup.pipeline.receive(b"one", 1)
    setup.pipeline.receive(b"two", 2)

    await setup.run_to_the_end()

    assert [new.message.text for new in setup.stored] == ["one", "two"]
    assert setup.outages == [True, False]


async def test_a_batch_on_its_way_to_the_database_still_waits(setup: Setup) -> None:
    setup.failures = 1000
    setup.pipeline.receive(b"one", 1)
    setup.pipeline.receive(b"two", 2)
    running = asyncio.create_task(setup.pipeline.run())

    await eventually(lambda: setup.outages == [True])

    assert (setup.pipeline.waiting, setup.pipeline.stored) == (2, 0)
    setup.failures = 0
    setup.pipeline.close()
    await running
    assert (setup.pipeline.waiting, setup.pipeline.stored) == (0, 2)


async def test_lines_are_stored_while_the_pipeline_runs(setup: Setup) -> None:
    running = asyncio.create_task(setup.pipeline.run())

    setup.pipeline.receive(b"one", 1)

    await eventually(lambda: len(setup.stored) == 1)
    setup.pipeline.close()
    await running
