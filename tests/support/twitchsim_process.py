"""The simulated Twitch as a process of its own, so that it can be killed and frozen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from tests.support.child_process import ChildProcess
from tests.support.waiting import eventually

PROGRAM = Path(__file__).parents[2] / "cmd" / "twitchsim"
PORTS = ("irc", "irc-tls", "http", "control")
START_S = 30.0


class TwitchSimProcess(ChildProcess):
    """A simulator without TLS, told what to do through its control API.

    `ports` names the ports of an earlier one, whose place this one takes.
    """

    def __init__(
        self, directory: Path, ports: Mapping[str, int] | None = None, **settings: object
    ) -> None:
        chosen = dict.fromkeys(PORTS, 0) | dict(ports or {})
        arguments = [str(PROGRAM), "--no-tls", "--channels", "0", "--rate", "0"]
        for name, port in chosen.items():
            arguments += [f"--{name}-port", str(port)]
        for name, value in settings.items():
            arguments += ["--setting", f"{name}={json.dumps(value)}"]
        super().__init__(arguments, directory, {})
        # Loading the system's certificates takes longer than all else, and there is no TLS here.
        self._web = httpx.AsyncClient(timeout=30.0, verify=False)
        self.endpoints: dict[str, Any] = {}

    async def __aenter__(self) -> Self:
        await self.start()
        await eventually(lambda: bool(self.output) or not self.is_running, START_S)
        assert self.output, "\n".join(self.errors)
        self.endpoints = json.loads(self.output[0])
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._web.aclose()
        await super().__aexit__(kind, error, trace)

    @property
    def ports(self) -> dict[str, int]:
        """The ports that it listens on, by the names that `__init__` takes."""
        return {
            "irc": self.endpoints["irc_port"],
            "http": int(self.endpoints["helix_url"].split(":")[2].split("/")[0]),
            "control": int(self.endpoints["control_url"].split(":")[2].split("/")[0]),
        }

    def chat_environment(self, *channels: str, token: str = "", **more: str) -> dict[str, str]:
        """Return the settings of a bot in front of it that hurries more than one on Twitch does."""
        return {
            "TWITCH_CHANNELS": ",".join(channels),
            "TWITCH_ACCESS_TOKEN": token,
            "TWITCH_CLIENT_ID": self.endpoints["client_id"],
            "TWITCH_IRC_SERVER": self.endpoints["host"],
            "TWITCH_IRC_PORT": str(self.endpoints["irc_port"]),
            "TWITCH_IRC_TLS": "false",
            "TWITCH_HELIX_URL": self.endpoints["helix_url"],
            "TWITCH_OAUTH_URL": self.endpoints["oauth_url"],
            **more,
        }

    async def do(self, verb: str, **arguments: object) -> Any:
        """Let the simulator do something, and return the result."""
        answer = await self._web.post(
            f"{self.endpoints['control_url']}/do/{verb}", content=json.dumps(arguments)
        )
        assert answer.status_code == 200, answer.text
        return answer.json()["result"]

    async def stats(self) -> Any:
        """Return how many lines there were, and all counters."""
        return (await self._web.get(f"{self.endpoints['control_url']}/stats")).json()

    async def lines(self, after: int = 0) -> list[dict[str, Any]]:
        """Return all that was said, by running number."""
        found: list[dict[str, Any]] = []
        while True:
            last = found[-1]["seq"] if found else after
            url = f"{self.endpoints['control_url']}/ledger?after={last}"
            some = (await self._web.get(url)).json()["lines"]
            if not some:
                return found
            found += some
