from collections.abc import AsyncIterator

import pytest

from tests.support.simulated_twitch import a_twitch, an_oauth
from twitchbot.adapters.twitch.oauth import TwitchOAuth
from twitchsim.server import TwitchSim


@pytest.fixture
async def sim() -> AsyncIterator[TwitchSim]:
    async with a_twitch() as sim:
        yield sim


@pytest.fixture
async def oauth(sim: TwitchSim) -> AsyncIterator[TwitchOAuth]:
    async with an_oauth(sim) as oauth:
        yield oauth
