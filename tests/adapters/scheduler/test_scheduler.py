"""Jobs: run at their interval, never twice at a time, and say how they went."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from tests.support.waiting import eventually
from twitchbot.adapters.scheduler.scheduler import JobScheduler
from twitchbot.domain.errors import UnavailableError

SOON = timedelta(milliseconds=20)
LATER = timedelta(hours=1)


@pytest.fixture
async def jobs() -> AsyncIterator[JobScheduler]:
    jobs = JobScheduler()
    yield jobs
    await jobs.stop()


async def test_a_job_runs_again_and_again(jobs: JobScheduler) -> None:
    runs = 0

    async def job() -> None:
        nonlocal runs
        runs += 1

    jobs.add("count", SOON, job)
    jobs.start()

    await eventually(lambda: runs >= 3)
    run = jobs.last_runs["count"]
    assert run is not None
    assert run.error == ""


async def test_a_job_may_wait_for_its_first_interval(jobs: JobScheduler) -> None:
    runs: list[str] = []

    async def at_once() -> None:
        runs.append("at once")

    async def later() -> None:
        runs.append("later")

    jobs.add("later", LATER, later, at_once=False)
    jobs.add("at once", LATER, at_once)
    jobs.start()

    await eventually(lambda: "at once" in runs)
    assert runs == ["at once"]
    assert jobs.last_runs["later"] is None


async def test_a_slow_job_is_not_started_a_second_time(jobs: JobScheduler) -> None:
    running = 0
    most = 0
    ticks = 0

    async def slow() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.1)
        running -= 1

    async def tick() -> None:
        nonlocal ticks
        ticks += 1

    jobs.add("slow", SOON, slow)
    jobs.add("tick", SOON, tick)
    jobs.start()

    await eventually(lambda: ticks >= 10)
    assert most == 1


async def test_trouble_is_reported_once_and_so_is_its_end(jobs: JobScheduler) -> None:
    runs = 0

    async def job() -> None:
        nonlocal runs
        runs += 1
        if runs <= 2:
            raise UnavailableError("Twitch is away")
        if runs == 3:
            raise RuntimeError("a bug")

    with capture_logs() as logs:
        jobs.add("flaky", SOON, job)
        jobs.start()
        await eventually(lambda: runs >= 5)

    events = [entry["event"] for entry in logs]
    assert events.count("job does not get through") == 1
    assert events.count("job gets through again") == 1
    assert events.count("job failed") == 1


async def test_a_job_under_way_has_ended_when_they_are_stopped(
    caplog: pytest.LogCaptureFixture,
) -> None:
    jobs = JobScheduler()
    events: list[str] = []

    async def job() -> None:
        events.append("began")
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.01)
            events.append("cleaned up")

    jobs.add("long", LATER, job)
    jobs.start()
    await eventually(lambda: events == ["began"])

    await jobs.stop()

    assert events == ["began", "cleaned up"]
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


async def test_stopping_before_the_start_does_nothing(jobs: JobScheduler) -> None:
    jobs.add("count", SOON, asyncio.Event().wait)

    await jobs.stop()

    assert jobs.last_runs == {"count": None}
