"""Work that may be called off."""

from __future__ import annotations

import asyncio

import pytest

from twitchbot.support.unless_set import StoppedError, unless_set


async def answer() -> int:
    return 42


async def fail() -> int:
    raise RuntimeError("a bug")


async def test_work_that_is_not_called_off_gives_its_result() -> None:
    assert await unless_set(asyncio.Event(), answer()) == 42


async def test_work_that_fails_raises_its_own_error() -> None:
    with pytest.raises(RuntimeError, match="a bug"):
        await unless_set(asyncio.Event(), fail())


async def test_work_that_is_called_off_has_ended_when_that_is_told() -> None:
    stop = asyncio.Event()
    has_ended = False

    async def endless() -> None:
        nonlocal has_ended
        stop.set()
        try:
            await asyncio.Event().wait()
        finally:
            has_ended = True

    with pytest.raises(StoppedError):
        await unless_set(stop, endless())
    assert has_ended
