from collections.abc import AsyncIterator

import pytest

from tests.support.simulated_twitch import a_helix, a_twitch
from twitchbot.adapters.twitch.helix.client import HelixClient
from twitchsim.server import TwitchSim


@pytest.fixture
async def sim() -> AsyncIterator[TwitchSim]:
    async with a_twitch() as sim:
        sim.add_account("mybot")
        yield sim


@pytest.fixture
async def helix(sim: TwitchSim) -> AsyncIterator[HelixClient]:
    async with a_helix(sim) as helix:
        yield helix
