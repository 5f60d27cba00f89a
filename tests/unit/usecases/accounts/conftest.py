from collections.abc import AsyncIterator

import pytest

from tests.support.fakes import FixedClock
from tests.support.simulated_twitch import a_twitch, an_oauth
from tests.unit.usecases.accounts.acting import Acting
from twitchbot.adapters.twitch.oauth import TwitchOAuth
from twitchbot.usecases.ports.unit_of_work import Database
from twitchsim.server import TwitchSim


@pytest.fixture
async def sim() -> AsyncIterator[TwitchSim]:
    async with a_twitch() as sim:
        yield sim


@pytest.fixture
async def oauth(sim: TwitchSim) -> AsyncIterator[TwitchOAuth]:
    async with an_oauth(sim) as oauth:
        yield oauth


@pytest.fixture
def acting(sim: TwitchSim, oauth: TwitchOAuth, database: Database, clock: FixedClock) -> Acting:
    return Acting(sim, oauth, database, clock)
