"""Work that may be called off."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class StoppedError(Exception):
    """The work was called off before it was done."""


async def unless_set(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T:
    """Do some work and return its result, unless the event is set before it is done.

    Raises:
        StoppedError: the event was set; the work is cancelled and has ended.
    """
    doing, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((doing, stopping), return_when=asyncio.FIRST_COMPLETED)
        if doing.done():
            return doing.result()
        raise StoppedError
    finally:
        doing.cancel()
        stopping.cancel()
        await asyncio.gather(doing, stopping, return_exceptions=True)
