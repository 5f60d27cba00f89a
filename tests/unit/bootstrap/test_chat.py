"""The end of the chat: what was stored, what was not, and who was waited for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any

from structlog.testing import capture_logs

from tests.support.builders import a_message
from tests.support.counting_metrics import CountingMetrics
from tests.support.waiting import eventually
from twitchbot.bootstrap.chat import Chat, Outage
from twitchbot.domain.errors import DatabaseUnavailableError
from twitchbot.domain.message import NewMessage
from twitchbot.support.supervise import Supervisor
from twitchbot.usecases.ingest.batch_rule import BatchRule
from twitchbot.usecases.ingest.intake import Intake
from twitchbot.usecases.ingest.pipeline import IngestPipeline
from twitchbot.usecases.streams.stream_router import StreamRouter


class Setup:
    """A chat of which only the store works, if it does; leaving may take too long."""

    def __init__(self, *, is_away: bool = False, is_stuck: bool = False) -> None:
        self.is_away = is_away
        self.is_stuck = is_stuck
        self.outages = 0
        nothing: Any = None
        self.supervisor = Supervisor()
        self.chat = Chat(
            bot=nothing,
            source=self,  # type: ignore[arg-type]  # all that is asked of it is to stop
            pipeline=self._pipeline(),
            commands=nothing,
            membership=nothing,
            keep_channels=nothing,
            outage=nothing,
        )
        self.chat._storing = self.supervisor.start("store", self.chat.pipeline.run)

    def _pipeline(self) -> IngestPipeline:
        return IngestPipeline(
            translate=lambda line, received_us: None,
            router=StreamRouter(),
            intake=Intake(
                BatchRule(rows=1), high_water=100, pause=lambda: None, resume=lambda: None
            ),
            store=self._store,
            metrics=CountingMetrics(),
            on_message=lambda message: None,
            on_outage=self._note_outage,
        )

    async def _store(self, batch: Sequence[NewMessage]) -> None:
        if self.is_away:
            raise DatabaseUnavailableError("away")

    def _note_outage(self, _error: DatabaseUnavailableError | None) -> None:
        self.outages += 1

    async def stop(self) -> None:
        if self.is_stuck:
            raise TimeoutError


async def test_a_batch_that_the_database_did_not_take_counts_as_lost() -> None:
    setup = Setup(is_away=True)
    setup.chat.pipeline.keep(a_message())
    await eventually(lambda: setup.outages == 1)

    with capture_logs() as logs:
        stored, lost = await setup.chat.stop(setup.supervisor, time.monotonic())

    assert (stored, lost) == (0, 1)
    assert [(record["log_level"], record["messages"]) for record in logs] == [("error", 1)]
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_what_waits_is_stored_even_if_chat_cannot_be_left() -> None:
    setup = Setup(is_stuck=True)
    setup.chat.pipeline.keep(a_message())

    assert await setup.chat.stop(setup.supervisor, time.monotonic() + 5) == (1, 0)


def test_an_outage_is_told_with_its_cause() -> None:
    away = DatabaseUnavailableError("the database does not answer")
    away.__cause__ = OSError("connection refused\nIs the server running?")

    with capture_logs() as logs:
        Outage().note(away)

    (record,) = logs
    assert record["reason"] == "the database does not answer"
    assert record["cause"] == "OSError: connection refused"
