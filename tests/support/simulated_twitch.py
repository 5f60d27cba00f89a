"""A simulated Twitch over real sockets, and our side of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from twitchbot.adapters.twitch.oauth import TwitchOAuth
from twitchbot.adapters.twitch.web_client import WebClient
from twitchsim.server import TwitchSim
from twitchsim.settings import PortSettings, SimSettings


@asynccontextmanager
async def a_twitch(**settings: object) -> AsyncIterator[TwitchSim]:
    """Run a simulator on free ports; settings by the names that the simulator gives them."""
    wanted = SimSettings(ports=PortSettings(tls=False)).changed(**settings)
    async with TwitchSim(wanted) as sim:
        yield sim


@asynccontextmanager
async def an_oauth(
    sim: TwitchSim, *, client_id: str | None = None, client_secret: str | None = None
) -> AsyncIterator[TwitchOAuth]:
    """Talk to a simulator's login service, as its confidential app unless said otherwise."""
    own_app = client_id is None
    async with WebClient(sim.oauth_url) as web:
        yield TwitchOAuth(
            web,
            client_id=sim.client_id if client_id is None else client_id,
            client_secret=(client_secret or "") if not own_app else sim.client_secret,
        )
