"""A simulated Twitch, a database and a clock, seen as one by the tests of accounts."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from tests.support.builders import an_account
from tests.support.fakes import FixedClock
from twitchbot.adapters.twitch.oauth import TwitchOAuth
from twitchbot.domain.account import Account
from twitchbot.domain.errors import DatabaseUnavailableError
from twitchbot.usecases.accounts.adopt_given_tokens import GivenTokens
from twitchbot.usecases.accounts.token_keeper import TokenKeeper
from twitchbot.usecases.ports.authorizer import Authorizer
from twitchbot.usecases.ports.unit_of_work import Database, Repositories
from twitchsim.server import TwitchSim

CHAT_SCOPES = frozenset({"chat:read", "chat:edit"})
FOUR_HOURS = timedelta(hours=4)


@dataclass
class Acting:
    """What a test of accounts needs at hand."""

    sim: TwitchSim
    oauth: TwitchOAuth
    database: Database
    clock: FixedClock

    async def stored(self, login: str = "mybot", **changes: Any) -> Account:
        """Let a user have tokens that we store."""
        granted = self.sim.add_account(login, scopes=CHAT_SCOPES)
        account = replace(
            an_account(
                user_id=granted.user_id,
                login=login,
                access_token=granted.token,
                refresh_token=granted.refresh_token,
                scopes=CHAT_SCOPES,
                expires_at=self.clock.now() + FOUR_HOURS,
            ),
            **changes,
        )
        await self.save(account)
        return account

    async def save(self, account: Account) -> None:
        """Store an account."""
        async with self.database.write() as uow:
            await uow.accounts.save(account)

    async def remove(self, account: Account) -> None:
        """Remove an account behind everybody's back."""
        async with self.database.write() as uow:
            await uow.accounts.remove(account.user_id)

    async def read(self, user_id: str) -> Account:
        """Return a stored account."""
        async with self.database.read() as uow:
            account = await uow.accounts.get(user_id)
        assert account is not None
        return account

    async def logins(self) -> Collection[str]:
        """Return the logins of all stored accounts."""
        async with self.database.read() as uow:
            return {account.login for account in await uow.accounts.all()}

    def pass_time(self, by: timedelta) -> None:
        """Let time pass for us and for Twitch."""
        self.clock.move(by)
        self.sim.advance(by.total_seconds())

    def renewals_asked(self) -> int:
        """Count how often Twitch was asked for a new pair."""
        return self.sim.state.counts["oauth.token.refresh_token"]

    def keeper(
        self,
        *,
        access_token: str = "",
        refresh_token: str = "",
        preferred_login: str = "",
        is_guest: bool = False,
        authorizer: Authorizer | None = None,
        database: Database | None = None,
    ) -> TokenKeeper:
        """Build a keeper, as each start of the service does."""
        return TokenKeeper(
            database or self.database,
            authorizer or self.oauth,
            self.clock,
            given=GivenTokens(access_token=access_token, refresh_token=refresh_token),
            preferred_login=preferred_login,
            is_guest=is_guest,
        )


class UnsteadyDatabase(Database):
    """A database that can be away for readers, for writers, or for both."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.is_readable = True
        self.is_writable = True

    def read(self) -> AbstractAsyncContextManager[Repositories]:
        return self._database.read() if self.is_readable else _Away()

    def write(self) -> AbstractAsyncContextManager[Repositories]:
        return self._database.write() if self.is_writable else _Away()


class _Away(AbstractAsyncContextManager[Repositories]):
    async def __aenter__(self) -> Repositories:
        raise DatabaseUnavailableError("the database does not answer")

    async def __aexit__(self, *_: object) -> None:
        """Have nothing to leave."""
