"""An app access token: good for public questions when no user is logged in."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from twitchbot.adapters.twitch.oauth import TwitchOAuth
from twitchbot.domain.errors import ClientIdMissingError, TokenRejectedError
from twitchbot.domain.unix_time import EPOCH
from twitchbot.usecases.ports.clock import Clock

# It lives for weeks, so it may well be replaced early.
MARGIN = timedelta(minutes=10)
RENEWAL_HELPS_AFTER = timedelta(minutes=1)


class AppTokens:
    """Gets one when it is first needed and keeps it in memory; it costs nothing to get another."""

    def __init__(self, oauth: TwitchOAuth, clock: Clock) -> None:
        self._oauth = oauth
        self._clock = clock
        self._getting = asyncio.Lock()
        self._token = ""
        self._made_at = EPOCH
        self._expires_at = EPOCH

    @property
    def client_id(self) -> str:
        """The client id that the token belongs to."""
        return self._oauth.client_id

    async def current(self) -> str:
        """Return a valid token.

        Raises:
            TokenRejectedError: Twitch gives us none, because it refuses our client id or secret.
            UnavailableError: Twitch does not answer.
        """
        async with self._getting:
            if not self._token or self._clock.now() + MARGIN >= self._expires_at:
                await self._get()
            return self._token

    async def replace(self, refused: str) -> bool:
        """Tell whether there is another token than the refused one now."""
        async with self._getting:
            if self._token != refused:
                return True
            if self._clock.now() - self._made_at < RENEWAL_HELPS_AFTER:
                return False
            await self._get()
            return True

    async def _get(self) -> None:
        try:
            pair = await self._oauth.app_token()
        except ClientIdMissingError as refused:
            raise TokenRejectedError(refused.message) from refused
        self._token = pair.access_token
        self._made_at = self._clock.now()
        self._expires_at = self._made_at + timedelta(seconds=pair.expires_in_s)
