"""Users who cannot be asked for a token."""

from __future__ import annotations

from tests.support.builders import an_account
from twitchbot.adapters.twitch.helix.credentials import UserTokens
from twitchbot.domain.account import Account
from twitchbot.domain.errors import NotLoggedInError, TokenRejectedError


class NoAccount(UserTokens):
    """Nobody is logged in."""

    async def current(self) -> Account | None:
        return None

    async def access_token(self) -> str:
        raise AssertionError("asked for a token of nobody")

    async def client_id(self) -> str:
        raise AssertionError("asked for a client id of nobody")

    async def refresh_after_rejection(self, bad_token: str) -> bool:
        raise AssertionError("asked to renew a token of nobody")


class DeadAccount(NoAccount):
    """The only account needs a new login."""

    async def current(self) -> Account | None:
        return an_account()

    async def access_token(self) -> str:
        raise TokenRejectedError("log in again")


class LeavingAccount(NoAccount):
    """The account is removed between the two questions that a call needs."""

    async def current(self) -> Account | None:
        return an_account()

    async def access_token(self) -> str:
        raise NotLoggedInError("no account is stored")
