"""Twitch's web side: the login service, the keeper of our tokens, and Helix."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, ParamSpec

from twitchbot.adapters.twitch.helix.app_tokens import AppTokens
from twitchbot.adapters.twitch.helix.budget import PointBudget
from twitchbot.adapters.twitch.helix.caller import HelixCaller
from twitchbot.adapters.twitch.helix.client import HelixClient
from twitchbot.adapters.twitch.helix.credentials import HelixCredentials
from twitchbot.adapters.twitch.oauth import TwitchOAuth
from twitchbot.adapters.twitch.web_client import WebClient
from twitchbot.bootstrap.settings import TwitchSettings
from twitchbot.domain.errors import TokenRejectedError, UnavailableError
from twitchbot.usecases.accounts.adopt_given_tokens import GivenTokens
from twitchbot.usecases.accounts.token_keeper import TokenKeeper
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database

P = ParamSpec("P")


@dataclass(slots=True, frozen=True, kw_only=True)
class TwitchWeb:
    """What talks to Twitch's web servers."""

    oauth: TwitchOAuth
    keeper: TokenKeeper
    helix: HelixClient
    has_app_token: bool

    def unless_guest(
        self, ask: Callable[P, Awaitable[object]]
    ) -> Callable[P, Coroutine[Any, Any, None]]:
        """Wrap what asks Helix, so that nothing happens while there is no token to ask with.

        A dead token is no reason to stay silent, and neither is one of which Twitch does not say
        whose it is: asking then tells what is wrong.
        """

        async def asked(*args: P.args, **kwargs: P.kwargs) -> None:
            if self.has_app_token or not await self._is_guest():
                await ask(*args, **kwargs)

        return asked

    async def _is_guest(self) -> bool:
        try:
            return await self.keeper.current() is None
        except (TokenRejectedError, UnavailableError):
            return False


@asynccontextmanager
async def open_twitch_web(
    settings: TwitchSettings, database: Database, clock: Clock
) -> AsyncIterator[TwitchWeb]:
    """Open the connections' pools; nothing is asked yet."""
    secret = settings.client_secret.get_secret_value()
    async with (
        WebClient(settings.oauth_url) as login_service,
        WebClient(settings.helix_url) as helix,
    ):
        oauth = TwitchOAuth(login_service, client_id=settings.client_id, client_secret=secret)
        keeper = TokenKeeper(
            database,
            oauth,
            clock,
            given=GivenTokens(
                access_token=settings.access_token.get_secret_value(),
                refresh_token=settings.refresh_token.get_secret_value(),
            ),
            preferred_login=settings.username,
            is_guest=settings.anonymous,
        )
        app_tokens = AppTokens(oauth, clock) if oauth.has_secret else None
        caller = HelixCaller(helix, HelixCredentials(keeper, app_tokens), PointBudget(clock))
        try:
            yield TwitchWeb(
                oauth=oauth,
                keeper=keeper,
                helix=HelixClient(caller),
                has_app_token=app_tokens is not None,
            )
        finally:
            await keeper.aclose()
