"""Remove an account."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from twitchbot.domain.account import Account
from twitchbot.domain.errors import AccountNotFoundError, ClientIdMissingError, UnavailableError
from twitchbot.usecases.accounts.token_keeper import TokenKeeper
from twitchbot.usecases.ports.authorizer import Authorizer
from twitchbot.usecases.ports.unit_of_work import Database

log = logging.getLogger(__name__)


@dataclass(slots=True, frozen=True)
class RemoveAccount:
    """Forget an account's tokens, and revoke them at Twitch as far as it answers."""

    database: Database
    authorizer: Authorizer
    keeper: TokenKeeper

    async def __call__(self, user_id: str) -> None:
        async with self.database.write() as uow:
            account = await uow.accounts.get(user_id, for_update=True)
            if account is None:
                raise AccountNotFoundError.of(user_id)
            await uow.accounts.remove(user_id)
        await self.keeper.account_changed(user_id)
        if account.access_token:
            await self._revoke(account)

    async def _revoke(self, account: Account) -> None:
        try:
            await self.authorizer.revoke(account.access_token)
        except (UnavailableError, ClientIdMissingError) as failure:
            # The token ends by itself within hours; the account is gone for us in any case.
            log.warning(
                "token not revoked", extra={"user_id": account.user_id, "reason": failure.message}
            )
