"""The account that the bot acts as, and a token for it that is valid."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta

from twitchbot.domain.account import Account, TokenPair
from twitchbot.domain.errors import (
    AccountNotFoundError,
    ClientIdMissingError,
    DatabaseUnavailableError,
    NotLoggedInError,
    PreconditionError,
    TokenRejectedError,
    UnavailableError,
)
from twitchbot.support.single_flight import SingleFlight
from twitchbot.usecases.accounts.adopt_given_tokens import AdoptGivenTokens, GivenTokens
from twitchbot.usecases.accounts.check_tokens import CheckTokens
from twitchbot.usecases.accounts.store_tokens import StoreTokens
from twitchbot.usecases.accounts.token_renewal import TokenRenewal
from twitchbot.usecases.ports.authorizer import Authorizer
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database

log = logging.getLogger(__name__)

LOG_IN_AGAIN = "run `twitchbot login`, or set a new TWITCH_ACCESS_TOKEN and restart"
# A token that is refused so soon after it was made is refused for another reason than its age.
RENEWAL_HELPS_AFTER = timedelta(minutes=1)

AccountListener = Callable[[Account | None], None]


class TokenKeeper:
    """Keeps the bot's account in memory, so that chat reconnects while the database is away.

    Of several stored accounts the bot acts as the one named `preferred_login`, else as the one
    whose token was given, else as one that needs no new login, else as the one stored last.
    A guest acts as none of them; they are kept for the day when the settings say otherwise.
    """

    def __init__(
        self,
        database: Database,
        authorizer: Authorizer,
        clock: Clock,
        *,
        given: GivenTokens,
        preferred_login: str = "",
        is_guest: bool = False,
    ) -> None:
        self._database = database
        self._authorizer = authorizer
        self._clock = clock
        self._preferred_login = preferred_login.lower()
        self._is_guest = is_guest
        self._store = StoreTokens(database, authorizer, clock)
        self._renewal = TokenRenewal(database, authorizer, clock)
        self._check = CheckTokens(database, authorizer, clock, self._renewal)
        self._adopt_given = AdoptGivenTokens(self._store, given)
        self._adoption = SingleFlight[None]()
        self._is_adopted = is_guest or not given
        self._given_user_id = ""
        self._given_error: PreconditionError | None = None
        self._account: Account | None = None
        self._dead_token = ""
        self._client: tuple[str, str] = ("", "")
        # The user id and the login that listeners know of.
        self._known_as: tuple[str, str] = ("", "")
        self._listeners: list[AccountListener] = []

    def on_account_changed(self, listener: AccountListener) -> None:
        """Call this when the bot acts as another account, or by another login, from now on.

        A renewed token is not told: who needs one asks for it each time.
        """
        self._listeners.append(listener)

    async def start(self) -> None:
        """Take over given tokens and check the stored ones; Twitch may be away meanwhile."""
        await self._reload()
        try:
            await self._adopt()
            await self.check()
        except UnavailableError as away:
            log.warning("tokens not checked at start", extra={"reason": away.message})

    async def aclose(self) -> None:
        """Wait until renewals under way are stored; nothing else is worth waiting for."""
        await self._adoption.cancel()
        await self._adopt_given.drain()
        await self._renewal.drain()

    async def check(self) -> None:
        """Validate all stored tokens; UnavailableError when Twitch does not answer."""
        try:
            await self._check()
        finally:
            await self._reload()

    async def current(self) -> Account | None:
        """Return the account to act as; None when there is none, and none was given.

        Raises:
            TokenRejectedError: Twitch does not accept the given token, and no other is stored.
            UnavailableError: whose token was given is not known yet, because Twitch is away.
        """
        await self._adopt()
        if self._account is None and self._given_error is not None:
            raise TokenRejectedError(f"{self._given_error.message}; {LOG_IN_AGAIN}")
        return self._account

    async def access_token(self) -> str:
        """Return a token of the current account, renewed when it is about to end.

        Raises:
            NotLoggedInError: there is no account.
            TokenRejectedError: the token is dead, and only a new login helps.
            UnavailableError: as for `current`.
        """
        account = await self.current()
        if account is None:
            raise NotLoggedInError(f"no account is stored; {LOG_IN_AGAIN}")
        if self._renewal.is_due_for(account) and self._renewal.is_possible_for(account):
            account = await self._renewed(account) or account
        if account.need_reauth and self._is_over(account):
            why = account.last_error or "the token is dead"
            raise TokenRejectedError(f"{why}; {LOG_IN_AGAIN}", user_id=account.user_id)
        return account.access_token

    async def client_id(self) -> str:
        """Return the client id that the current token belongs to, which may not be ours."""
        account = await self.current()
        if account is None:
            return self._authorizer.client_id
        user_id, client_id = self._client
        if user_id != account.user_id:
            info = await self._authorizer.validate(await self.access_token())
            client_id = info.client_id if info else self._authorizer.client_id
            self._client = (account.user_id, client_id)
        return client_id

    async def refresh_after_rejection(self, bad_token: str) -> bool:
        """Tell whether there is another token now that Twitch has refused this one."""
        try:
            account = await self.current()
        except (TokenRejectedError, UnavailableError):
            return False
        if account is None:
            return False
        if account.access_token != bad_token:
            return True
        if account.refreshed_at and self._clock.now() - account.refreshed_at < RENEWAL_HELPS_AFTER:
            return False
        self._dead_token = bad_token
        if self._renewal.is_possible_for(account):
            return await self._renewed(account) is not None
        await self._look_again(account)
        return False

    async def accept(self, pair: TokenPair) -> Account:
        """Store the tokens of a new login, and act as its account if it is the right one."""
        account = await self._store(pair)
        await self.account_changed(account.user_id)
        return account

    async def account_changed(self, user_id: str) -> None:
        """Take notice of a stored or removed account."""
        self._client = ("", "")
        await self._reload(user_id)

    async def _adopt(self) -> None:
        if not self._is_adopted:
            await self._adoption.run("given", self._adopt_once)

    async def _adopt_once(self) -> None:
        try:
            self._given_user_id = await self._adopt_given()
        except (TokenRejectedError, ClientIdMissingError) as refused:
            log.warning("given token not used", extra={"reason": refused.message})
            self._given_error = refused
        await self._reload()
        self._is_adopted = True
        self._tell()

    async def _reload(self, changed_user_id: str = "") -> None:
        async with self._database.read() as uow:
            accounts = await uow.accounts.all()
        self._account = None if self._is_guest else self._chosen(accounts)
        self._tell(changed_user_id)

    def _tell(self, changed_user_id: str = "") -> None:
        """Tell who listens, if the bot acts as another account, by another login or tokens."""
        before, account = self._known_as, self._account if self._is_adopted else None
        self._known_as = (account.user_id, account.login) if account else ("", "")
        is_affected = changed_user_id in {before[0], self._known_as[0]} - {""}
        if is_affected or before != self._known_as:
            for listener in self._listeners:
                listener(account)

    def _chosen(self, accounts: Sequence[Account]) -> Account | None:
        return max(
            accounts,
            key=lambda account: (
                account.login == self._preferred_login,
                account.user_id == self._given_user_id,
                not account.need_reauth,
                account.created_at,
            ),
            default=None,
        )

    async def _renewed(self, account: Account) -> Account | None:
        """Return the account with another token; None when that did not work."""
        try:
            renewed = await self._renewal(account)
        except (
            TokenRejectedError,
            ClientIdMissingError,
            AccountNotFoundError,
            UnavailableError,
        ):
            await self._reload_if_possible()
            return None
        if self._account is not None and self._account.user_id == renewed.user_id:
            self._account = renewed
        return renewed

    async def _look_again(self, account: Account) -> None:
        """Find out whether a token that cannot be renewed is dead, and write it down if so."""
        with suppress(UnavailableError):
            await self._check.one(account)
        await self._reload_if_possible()

    async def _reload_if_possible(self) -> None:
        with suppress(DatabaseUnavailableError):
            await self._reload()

    def _is_over(self, account: Account) -> bool:
        is_past = account.expires_at is not None and account.expires_at <= self._clock.now()
        # Stored tokens that our keys do not open come back empty.
        return is_past or account.access_token in ("", self._dead_token)
