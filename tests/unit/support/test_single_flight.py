"""Work that several callers share."""

import asyncio

import pytest

from tests.support.waiting import eventually
from twitchbot.support.single_flight import SingleFlight


class Counted:
    """Work that counts its runs and ends when it is let."""

    def __init__(self) -> None:
        self.runs = 0
        self.may_end = asyncio.Event()

    async def __call__(self) -> int:
        self.runs += 1
        await self.may_end.wait()
        return self.runs


async def test_callers_at_the_same_time_share_one_run() -> None:
    flight, work = SingleFlight[int](), Counted()
    work.may_end.set()

    results = await asyncio.gather(*(flight.run("key", work) for _ in range(10)))

    assert results == [1] * 10


async def test_a_later_caller_starts_another_run() -> None:
    flight, work = SingleFlight[int](), Counted()
    work.may_end.set()

    await flight.run("key", work)

    assert await flight.run("key", work) == 2


async def test_other_keys_run_apart() -> None:
    flight, work = SingleFlight[int](), Counted()
    work.may_end.set()

    await asyncio.gather(flight.run("a", work), flight.run("b", work))

    assert work.runs == 2


async def test_a_run_goes_on_when_its_caller_leaves() -> None:
    flight, work = SingleFlight[int](), Counted()
    caller = asyncio.create_task(flight.run("key", work))
    await asyncio.sleep(0)

    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    second = asyncio.create_task(flight.run("key", work))
    await asyncio.sleep(0)
    work.may_end.set()

    assert await second == 1


async def test_all_callers_hear_of_a_failure_and_the_next_one_tries_again() -> None:
    flight = SingleFlight[int]()

    async def fail() -> int:
        raise ValueError("no")

    failures = await asyncio.gather(
        flight.run("key", fail), flight.run("key", fail), return_exceptions=True
    )
    with pytest.raises(ValueError, match="no"):
        await flight.run("key", fail)

    assert all(isinstance(failure, ValueError) for failure in failures)


async def test_draining_waits_for_runs_that_nobody_waits_for() -> None:
    flight, work = SingleFlight[int](), Counted()
    caller = asyncio.create_task(flight.run("key", work))
    await asyncio.sleep(0)
    caller.cancel()

    draining = asyncio.create_task(flight.drain())
    await asyncio.sleep(0)
    assert not draining.done()
    work.may_end.set()
    await draining

    assert work.runs == 1


async def test_cancelling_ends_what_runs_and_its_callers() -> None:
    flight, work = SingleFlight[int](), Counted()
    caller = asyncio.create_task(flight.run("key", work))
    await eventually(lambda: work.runs == 1)

    await flight.cancel()

    with pytest.raises(asyncio.CancelledError):
        await caller
    work.may_end.set()
    assert await flight.run("key", work) == 2
