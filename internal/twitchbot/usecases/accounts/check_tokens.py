"""Ask Twitch whether the stored tokens are still good, as it demands at start and every hour."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace

from twitchbot.domain.account import Account, TokenInfo
from twitchbot.domain.errors import AccountNotFoundError, ClientIdMissingError, TokenRejectedError
from twitchbot.usecases.accounts.stored_account import amend, end_of
from twitchbot.usecases.accounts.token_renewal import TokenRenewal
from twitchbot.usecases.ports.authorizer import Authorizer
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database

log = logging.getLogger(__name__)


@dataclass(slots=True, frozen=True)
class CheckTokens:
    """Validate the tokens of all accounts; renew what is dead or about to end."""

    database: Database
    authorizer: Authorizer
    clock: Clock
    renewal: TokenRenewal

    async def __call__(self) -> None:
        """Check those that have not been given up, all at once.

        Raises:
            UnavailableError: one could not be checked; the others were.
        """
        async with self.database.read() as uow:
            accounts = await uow.accounts.all()
        outcomes = await asyncio.gather(
            *(self.one(account) for account in accounts if not account.need_reauth),
            return_exceptions=True,
        )
        for outcome in outcomes:
            if outcome is not None:
                raise outcome

    async def one(self, account: Account) -> None:
        """Check one account."""
        info = await self.authorizer.validate(account.access_token)
        renewable = self.renewal.is_possible_for(account)
        try:
            if info is not None and not (renewable and self.renewal.is_due_for(account)):
                await self._note(account, info)
            elif renewable:
                await self._renew(account)
            else:
                await self._give_up(account)
        except AccountNotFoundError:
            log.info("account removed during its check", extra={"user_id": account.user_id})

    async def _renew(self, account: Account) -> None:
        try:
            await self.renewal(account)
        except (TokenRejectedError, ClientIdMissingError):
            # The renewal has logged it and written it into the row, where people look.
            return

    async def _give_up(self, account: Account) -> None:
        why = "Twitch does not accept the token any more, and it cannot be renewed; log in again"
        log.warning("token is dead", extra={"user_id": account.user_id, "reason": why})
        now = self.clock.now()
        dead = replace(account, need_reauth=True, last_error=why, expires_at=now, updated_at=now)
        await amend(self.database, account, dead)

    async def _note(self, account: Account, info: TokenInfo) -> None:
        now = self.clock.now()
        checked = replace(
            account,
            login=info.login,
            scopes=info.scopes,
            expires_at=end_of(info, now),
            last_error="",
            updated_at=now,
        )
        await amend(self.database, account, checked)
