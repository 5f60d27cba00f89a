"""Long-running tasks: the first that ends takes the others along."""

from __future__ import annotations

import asyncio

import pytest

from twitchbot.support.supervise import Supervisor, TaskEndedError


async def for_ever() -> None:
    await asyncio.Event().wait()


async def at_once() -> None:
    return


async def broken() -> None:
    raise RuntimeError("a bug")


async def test_a_task_that_returns_is_a_failure() -> None:
    supervisor = Supervisor()
    supervisor.start("reader", for_ever)
    supervisor.start("store", at_once)

    with pytest.raises(TaskEndedError, match="store"):
        await supervisor.wait()
    await supervisor.cancel()


async def test_what_ended_a_task_is_raised() -> None:
    supervisor = Supervisor()
    supervisor.start("store", broken)

    with pytest.raises(RuntimeError, match="a bug"):
        await supervisor.wait()


async def test_a_released_task_may_end() -> None:
    supervisor = Supervisor()
    ending = supervisor.start("store", at_once)
    supervisor.start("reader", for_ever)
    supervisor.release(ending)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await supervisor.wait()
    await supervisor.cancel()


async def test_cancelling_waits_for_the_tasks() -> None:
    cleaned_up = False

    async def careful() -> None:
        nonlocal cleaned_up
        try:
            await for_ever()
        finally:
            await asyncio.sleep(0)
            cleaned_up = True

    supervisor = Supervisor()
    supervisor.start("careful", careful)
    await asyncio.sleep(0)

    await supervisor.cancel()

    assert cleaned_up
