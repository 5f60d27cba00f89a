"""Waiting for a condition instead of for luck."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

POLL_S = 0.005


async def eventually(
    condition: Callable[[], bool | Awaitable[bool]], deadline_s: float = 10.0
) -> None:
    """Return when the condition holds; fail when it does not within the deadline."""
    until = time.monotonic() + deadline_s
    while True:
        holds = condition()
        if holds if isinstance(holds, bool) else await holds:
            return
        assert time.monotonic() < until, f"still not so after {deadline_s:g} s"
        await asyncio.sleep(POLL_S)
