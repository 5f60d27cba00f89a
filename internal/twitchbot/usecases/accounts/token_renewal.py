"""Exchange a token for a new one: once, however many ask, and stored before it is used."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from twitchbot.domain.account import Account, TokenPair
from twitchbot.domain.errors import (
    AccountNotFoundError,
    ClientIdMissingError,
    TokenRejectedError,
    UnavailableError,
)
from twitchbot.support.single_flight import SingleFlight
from twitchbot.usecases.accounts.stored_account import amend, end_of
from twitchbot.usecases.ports.authorizer import Authorizer
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database

log = logging.getLogger(__name__)

LONGEST_MARGIN = timedelta(minutes=10)
SHORTEST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(minutes=10)


@dataclass(slots=True, frozen=True)
class _Pause:
    """After a failure: when to try again, and how long the pause is."""

    until: datetime
    length: timedelta


class TokenRenewal:
    """Renews tokens of stored accounts.

    Twitch's refresh tokens may work a single time. So the row is read before Twitch is asked (if
    the database is away, the refresh token is not spent), the new pair is kept until it is
    committed, and only then handed out.
    """

    def __init__(self, database: Database, authorizer: Authorizer, clock: Clock) -> None:
        self._database = database
        self._authorizer = authorizer
        self._clock = clock
        self._flights = SingleFlight[Account]()
        self._unsaved: dict[str, tuple[Account, Account]] = {}
        self._pauses: dict[str, _Pause] = {}

    def is_possible_for(self, account: Account) -> bool:
        """Tell whether there is a refresh token that may still work, and a client id for it."""
        can_ask = bool(account.refresh_token and self._authorizer.client_id)
        return can_ask and not account.need_reauth

    def is_due_for(self, account: Account) -> bool:
        """Tell whether the last tenth part of a token's life (at most 10 min) has begun."""
        if account.expires_at is None:
            return False
        life = account.expires_at - (account.refreshed_at or account.created_at)
        return account.is_due(self._clock.now(), min(life / 10, LONGEST_MARGIN))

    async def __call__(self, outdated: Account) -> Account:
        """Return the account with another token than the one it has here.

        Raises:
            TokenRejectedError: the refresh token is dead; the row now says so.
            ClientIdMissingError: Twitch does not accept our client id or secret.
            UnavailableError: Twitch or the database does not answer, or did not a moment ago.
            AccountNotFoundError: the account was removed.
        """
        return await self._flights.run(outdated.user_id, lambda: self._renew(outdated))

    async def drain(self) -> None:
        """Wait for the renewals under way."""
        await self._flights.drain()

    async def _renew(self, outdated: Account) -> Account:
        user_id = outdated.user_id
        if user_id not in self._unsaved:
            stored = await self._read(user_id)
            if stored.access_token != outdated.access_token:
                return stored
            if stored.need_reauth:
                raise TokenRejectedError(stored.last_error, user_id=user_id)
            self._respect_pause(user_id)
            self._unsaved[user_id] = (stored, await self._ask(stored))
        stored, renewed = self._unsaved[user_id]
        try:
            kept = await amend(self._database, stored, renewed)
        except AccountNotFoundError:
            del self._unsaved[user_id]
            raise
        del self._unsaved[user_id]
        log.info("token renewed", extra={"user_id": user_id, "login": kept.login})
        return kept

    async def _read(self, user_id: str) -> Account:
        async with self._database.read() as uow:
            account = await uow.accounts.get(user_id)
        if account is None:
            raise AccountNotFoundError.of(user_id)
        return account

    async def _ask(self, account: Account) -> Account:
        try:
            pair = await self._authorizer.refresh(account.refresh_token)
        except TokenRejectedError as dead:
            await self._note_failure(account, dead.message, need_reauth=True)
            raise
        except (UnavailableError, ClientIdMissingError) as failure:
            self._lengthen_pause(account.user_id)
            await self._note_failure(account, failure.message, need_reauth=False)
            raise
        self._pauses.pop(account.user_id, None)
        return _renewed(account, pair, self._clock.now())

    async def _note_failure(self, account: Account, why: str, *, need_reauth: bool) -> None:
        log.warning(
            "token not renewed",
            extra={"user_id": account.user_id, "reason": why, "need_reauth": need_reauth},
        )
        now = self._clock.now()
        failed = replace(account, need_reauth=need_reauth, last_error=why, updated_at=now)
        await amend(self._database, account, failed)

    def _respect_pause(self, user_id: str) -> None:
        pause = self._pauses.get(user_id)
        if pause is None:
            return
        left_s = (pause.until - self._clock.now()).total_seconds()
        if left_s > 0:
            raise UnavailableError("the last attempt to renew failed", retry_after_s=left_s)

    def _lengthen_pause(self, user_id: str) -> None:
        last = self._pauses.get(user_id)
        length = SHORTEST_PAUSE if last is None else min(last.length * 2, LONGEST_PAUSE)
        self._pauses[user_id] = _Pause(self._clock.now() + length, length)


def _renewed(account: Account, pair: TokenPair, now: datetime) -> Account:
    return replace(
        account,
        access_token=pair.access_token,
        # Twitch may leave out what stays as it is.
        refresh_token=pair.refresh_token or account.refresh_token,
        scopes=pair.scopes or account.scopes,
        expires_at=end_of(pair, now),
        need_reauth=False,
        last_error="",
        updated_at=now,
        refreshed_at=now,
    )
