"""The real program against a simulated Twitch."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.support.service_process import ServiceProcess
from tests.support.simulated_twitch import a_twitch
from twitchsim.server import TwitchSim
from twitchsim.verbs.accounts import Account

Serve: TypeAlias = Callable[..., Awaitable[ServiceProcess]]


@pytest.fixture
async def sim() -> AsyncIterator[TwitchSim]:
    """A Twitch with one channel, ``chan``."""
    async with a_twitch() as running:
        running.add_channel("chan", room_id="2001")
        yield running


@pytest.fixture
def account(sim: TwitchSim) -> Account:
    """The bot's account."""
    return sim.add_account("mybot", user_id="1001", display_name="MyBot")


@pytest.fixture
async def serve(tmp_path: Path) -> AsyncIterator[Serve]:
    """Starts services in the test's directory; no failure of theirs may be one nobody planned."""
    async with AsyncExitStack() as stack:
        started = []

        async def start(**environment: str) -> ServiceProcess:
            service = await stack.enter_async_context(ServiceProcess(tmp_path, environment))
            started.append(service)
            await service.until_ready()
            return service

        yield start
    assert [record for service in started for record in service.tracebacks] == []
