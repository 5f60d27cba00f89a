"""A running simulator for each test."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.twitchsim.helix_client import HelixClient
from twitchsim.server import TwitchSim
from twitchsim.settings import PortSettings, SimSettings
from twitchsim.verbs.accounts import Account


@pytest.fixture
async def sim() -> AsyncIterator[TwitchSim]:
    """Give a simulator with Twitch's own limits and one channel, ``chan``."""
    settings = SimSettings(ports=PortSettings(tls=False))
    async with TwitchSim(settings) as running:
        running.add_channel("chan", room_id="2001")
        yield running


@pytest.fixture
def bot(sim: TwitchSim) -> Account:
    """Give an account with all of a bot's scopes."""
    return sim.add_account("mybot", user_id="1001", display_name="MyBot")


@pytest.fixture
async def http(sim: TwitchSim) -> AsyncIterator[httpx.AsyncClient]:
    """Give an HTTP client with a deadline; reading the system's certificates takes longer."""
    async with httpx.AsyncClient(timeout=5.0, verify=False) as client:
        yield client


@pytest.fixture
def helix(http: httpx.AsyncClient, sim: TwitchSim, bot: Account) -> HelixClient:
    """Give a caller of Helix with the bot's token."""
    return HelixClient(http, sim, bot)
