"""How the parts of the service are doing, and what that means for a probe."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import structlog

log = structlog.get_logger(__name__)

PROBE_TIMEOUT_S = 2.0
MAX_LOOP_LAG_S = 5.0


class State(StrEnum):
    """How a part is doing."""

    OK = "ok"
    DEGRADED = "degraded"
    DOWN = "down"
    OFF = "off"


@dataclass(slots=True, frozen=True)
class PartHealth:
    """The state of a part, and what an operator wants to know about it."""

    state: State
    details: Mapping[str, Any] = field(default_factory=dict)


Probe = Callable[[], Awaitable[PartHealth]]


class Health:
    """Asks every part; only those that the API can't do without decide readiness."""

    def __init__(self, version: str) -> None:
        self._version = version
        self._started = time.monotonic()
        self._probes: dict[str, Probe] = {}
        self._required: set[str] = set()
        self._ready = False
        self._last_beat = time.monotonic()

    def add(self, name: str, probe: Probe, *, required: bool = False) -> None:
        """Watch a part; a required one that is down makes the service not ready."""
        self._probes[name] = probe
        if required:
            self._required.add(name)

    def set_ready(self, *, ready: bool) -> None:
        """Say whether calls are welcome: after the start, until the stop."""
        self._ready = ready

    async def beat(self) -> None:
        """Show that the event loop turns, until cancelled."""
        while True:
            self._last_beat = time.monotonic()
            await asyncio.sleep(0.5)

    def is_alive(self) -> bool:
        """Tell whether the event loop has turned lately: all that a restart could mend."""
        return time.monotonic() - self._last_beat < MAX_LOOP_LAG_S

    async def is_ready(self) -> bool:
        """Tell whether calls would be served now."""
        if not self._ready:
            return False
        states = await asyncio.gather(*(self._ask(name) for name in self._required))
        return all(part.state is not State.DOWN for part in states)

    async def report(self) -> dict[str, Any]:
        """Describe every part."""
        names = list(self._probes)
        parts = await asyncio.gather(*(self._ask(name) for name in names))
        found = dict(zip(names, parts, strict=True))
        return {
            "status": self._overall(found),
            "version": self._version,
            "uptime_seconds": round(time.monotonic() - self._started),
            "parts": {name: {"status": part.state, **part.details} for name, part in found.items()},
        }

    def _overall(self, parts: Mapping[str, PartHealth]) -> State:
        if not self._ready or any(parts[name].state is State.DOWN for name in self._required):
            return State.DOWN
        troubled = (State.DOWN, State.DEGRADED)
        if any(part.state in troubled for part in parts.values()):
            return State.DEGRADED
        return State.OK

    async def _ask(self, name: str) -> PartHealth:
        try:
            async with asyncio.timeout(PROBE_TIMEOUT_S):
                return await self._probes[name]()
        except TimeoutError:
            return PartHealth(State.DOWN, {"error": f"no answer within {PROBE_TIMEOUT_S:g} s"})
        except Exception as bug:
            # The other parts are still to be told, and to a probe no answer is a bad one.
            log.exception("probe failed", part=name)
            return PartHealth(State.DOWN, {"error": type(bug).__name__})
