"""A simulated Twitch over real sockets, and our side of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.support.builders import an_account
from tests.support.fakes import FixedClock
from twitchbot.adapters.twitch.helix.app_tokens import AppTokens
from twitchbot.adapters.twitch.helix.budget import PointBudget
from twitchbot.adapters.twitch.helix.caller import HelixCaller
from twitchbot.adapters.twitch.helix.client import HelixClient
from twitchbot.adapters.twitch.helix.credentials import HelixCredentials, UserTokens
from twitchbot.adapters.twitch.oauth import TwitchOAuth
from twitchbot.adapters.twitch.web_client import WebClient
from twitchbot.domain.account import Account
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


class OneAccount(UserTokens):
    """A user's token, and the ones that follow it when it is refused."""

    def __init__(self, account: Account, client_id: str, *next_tokens: str) -> None:
        self.account = account
        self.tokens = [account.access_token, *next_tokens]
        self.refusals = 0
        self._client_id = client_id

    async def current(self) -> Account | None:
        return self.account

    async def access_token(self) -> str:
        return self.tokens[0]

    async def client_id(self) -> str:
        return self._client_id

    async def refresh_after_rejection(self, bad_token: str) -> bool:
        self.refusals += 1
        if len(self.tokens) > 1:
            self.tokens.pop(0)
        return self.tokens[0] != bad_token


def the_bot(sim: TwitchSim, *next_tokens: str, token: str | None = None) -> OneAccount:
    """Act as the simulator's bot account, with a token of its own or a given one."""
    bot = sim.add_account("mybot")
    account = an_account(user_id=bot.user_id, login="mybot", access_token=token or bot.token)
    return OneAccount(account, sim.client_id, *next_tokens)


@asynccontextmanager
async def a_helix(
    sim: TwitchSim,
    users: UserTokens | None = None,
    *,
    client_secret: str = "",
    clock: FixedClock | None = None,
    timeout_s: float = 5.0,
) -> AsyncIterator[HelixClient]:
    """Ask the simulator's Helix as its bot; with a client secret, an app token is possible."""
    time = clock or FixedClock()
    async with (
        WebClient(sim.oauth_url) as login,
        WebClient(sim.helix_url, total_timeout_s=timeout_s) as web,
    ):
        oauth = TwitchOAuth(login, client_id=sim.client_id, client_secret=client_secret)
        app_tokens = AppTokens(oauth, time) if client_secret else None
        credentials = HelixCredentials(users or the_bot(sim), app_tokens)
        caller = HelixCaller(web, credentials, PointBudget(time), retry_base_s=0.001)
        yield HelixClient(caller)
