"""The room in which messages wait: batches by number and by age, and a brake."""

from __future__ import annotations

import asyncio
import time

import pytest

from tests.support.builders import a_new_message
from twitchbot.usecases.ingest.batch_rule import BatchRule
from twitchbot.usecases.ingest.intake import Intake

DEADLINE_S = 5.0


class Reader:
    """Remembers whether it was told to pause."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def pause(self) -> None:
        self.calls.append("pause")

    def resume(self) -> None:
        self.calls.append("resume")


def an_intake(rule: BatchRule, reader: Reader | None = None, high_water: int = 1000) -> Intake:
    reader = reader or Reader()
    return Intake(rule, high_water=high_water, pause=reader.pause, resume=reader.resume)


def fill(intake: Intake, count: int) -> None:
    for number in range(count):
        intake.put(a_new_message(text=f"message {number}"))


async def texts_of_next(intake: Intake) -> list[str]:
    async with asyncio.timeout(DEADLINE_S):
        return [new.message.text for new in await intake.next_batch()]


async def test_a_batch_is_written_when_enough_messages_wait() -> None:
    intake = an_intake(BatchRule(rows=3, max_age_s=60))
    waiting = asyncio.create_task(texts_of_next(intake))
    await asyncio.sleep(0)

    fill(intake, 3)

    assert await waiting == ["message 0", "message 1", "message 2"]


async def test_a_batch_is_written_when_the_oldest_message_is_old_enough() -> None:
    intake = an_intake(BatchRule(rows=100, max_age_s=0.05))
    started = time.monotonic()

    fill(intake, 1)

    assert await texts_of_next(intake) == ["message 0"]
    assert time.monotonic() - started >= 0.05


async def test_a_batch_that_is_neither_full_nor_old_waits() -> None:
    intake = an_intake(BatchRule(rows=2, max_age_s=60))
    fill(intake, 1)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await intake.next_batch()

    assert len(intake) == 1


async def test_under_load_a_batch_takes_all_that_waits_up_to_the_limit() -> None:
    intake = an_intake(BatchRule(rows=2, max_age_s=60, rows_under_load=5))
    fill(intake, 7)

    first = await texts_of_next(intake)
    second = await texts_of_next(intake)

    assert (len(first), len(second)) == (5, 2)
    assert first[-1] == "message 4"
    assert second[0] == "message 5"


async def test_the_connection_is_paused_when_too_much_waits_and_resumed_at_half() -> None:
    reader = Reader()
    intake = an_intake(BatchRule(rows=1, max_age_s=60, rows_under_load=4), reader, high_water=10)

    fill(intake, 11)
    paused = list(reader.calls)
    await texts_of_next(intake)
    above_half = list(reader.calls)
    await texts_of_next(intake)

    assert paused == ["pause"]
    assert above_half == ["pause"]
    assert reader.calls == ["pause", "resume"]


async def test_a_closed_intake_gives_out_the_rest_and_then_nothing() -> None:
    intake = an_intake(BatchRule(rows=100, max_age_s=60))
    fill(intake, 2)

    intake.close()

    assert len(await texts_of_next(intake)) == 2
    assert await texts_of_next(intake) == []


async def test_closing_wakes_who_waits_for_a_batch() -> None:
    intake = an_intake(BatchRule())
    waiting = asyncio.create_task(texts_of_next(intake))
    await asyncio.sleep(0)

    intake.close()

    assert await waiting == []
