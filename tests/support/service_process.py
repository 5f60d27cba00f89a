"""The service as its users have it: the real program, seen through its log and its ports."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx

from tests.support.child_process import ChildProcess
from tests.support.grpc_calls import Caller
from tests.support.waiting import eventually

START_S = 30.0


class ServiceProcess(ChildProcess):
    """`twitchbot serve` (or another command) with nothing configured but what is given.

    It listens on free ports, keeps its data in its directory and logs JSON.
    """

    def __init__(
        self, directory: Path, environment: Mapping[str, str] | None = None, command: str = "serve"
    ) -> None:
        own = {
            "DATA_DIR": str(directory / "data"),
            "GRPC_PORT": "0",
            "PORT": "0",
            "LOG_FORMAT": "json",
        }
        arguments = ("-m", "twitchbot", *command.split())
        super().__init__(arguments, directory, own | dict(environment or {}))
        self.log: list[dict[str, Any]] = []
        self.plain_errors: list[str] = []
        self._caller: Caller | None = None

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._caller is not None:
            await self._caller.channel.close()
        await super().__aexit__(kind, error, trace)

    def heard(self, line: str) -> None:
        """Sort a line into the log, if it is of the log."""
        if line.startswith('{"timestamp"'):
            self.log.append(json.loads(line))

    def logged(self, event: str) -> list[dict[str, Any]]:
        """Return all records of an event, the oldest first."""
        return [record for record in self.log if record["event"] == event]

    @property
    def tracebacks(self) -> list[dict[str, Any]]:
        """The records of failures that nobody planned."""
        return [record for record in self.log if "exception" in record]

    async def until_logged(self, event: str, deadline_s: float = 10.0) -> dict[str, Any]:
        """Wait for a record of an event and return the newest; fail if the program ends before."""
        await eventually(lambda: bool(self.logged(event)) or not self.is_running, deadline_s)
        found = self.logged(event)
        assert found, f"ended without saying {event!r}:\n" + "\n".join(self.errors)
        return found[-1]

    async def until_ready(self) -> None:
        """Wait until calls are welcome."""
        await self.until_logged("ready", START_S)

    @property
    def grpc_port(self) -> int:
        """The port of the API."""
        return int(self.logged("ready")[-1]["grpc_port"])

    @property
    def http_port(self) -> int:
        """The port of the probes."""
        return int(self.logged("ready")[-1]["http_port"])

    @property
    def call(self) -> Caller:
        """A client of the API."""
        if self._caller is None:
            self._caller = Caller(self.grpc_port)
        return self._caller

    async def get(self, path: str) -> httpx.Response:
        """Ask the HTTP side."""
        # Loading the system's certificates takes longer than all else, and there is no TLS here.
        async with httpx.AsyncClient(timeout=5.0, verify=False) as client:
            return await client.get(f"http://127.0.0.1:{self.http_port}{path}")

    async def health(self) -> Any:
        """Return what /health tells."""
        return (await self.get("/health")).json()

    async def metric(self, name: str) -> float:
        """Return a figure of /metrics, 0 if it is not there; labels are part of the name."""
        for line in (await self.get("/metrics")).text.splitlines():
            if line.startswith(f"{name} "):
                return float(line.split()[-1])
        return 0.0

    async def until_metric(self, name: str, at_least: float, deadline_s: float = 10.0) -> None:
        """Wait until a figure has grown to a value."""

        async def has_grown() -> bool:
            return await self.metric(name) >= at_least

        await eventually(has_grown, deadline_s)
