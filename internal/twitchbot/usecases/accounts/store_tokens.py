"""Keep the tokens of a new login."""

from __future__ import annotations

from dataclasses import dataclass

from twitchbot.domain.account import Account, TokenInfo, TokenPair
from twitchbot.domain.errors import TokenRejectedError
from twitchbot.usecases.accounts.stored_account import end_of
from twitchbot.usecases.ports.authorizer import Authorizer
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class StoreTokens:
    """Store whose tokens these are and what they allow, both as Twitch says."""

    database: Database
    authorizer: Authorizer
    clock: Clock

    async def __call__(self, pair: TokenPair) -> Account:
        """Validate a pair and store it; TokenRejectedError when it is no user's valid token."""
        info = await self.authorizer.validate(pair.access_token)
        if info is None:
            raise TokenRejectedError("Twitch does not accept the token")
        return await self.store(info, pair.access_token, pair.refresh_token)

    async def store(self, info: TokenInfo, access_token: str, refresh_token: str) -> Account:
        """Store tokens that were validated a moment ago."""
        if not info.user_id:
            raise TokenRejectedError("this is an app access token; a user's token is needed")
        now = self.clock.now()
        async with self.database.write() as uow:
            known = await uow.accounts.get(info.user_id, for_update=True)
            account = Account(
                user_id=info.user_id,
                login=info.login,
                access_token=access_token,
                refresh_token=refresh_token,
                scopes=info.scopes,
                expires_at=end_of(info, now),
                created_at=known.created_at if known else now,
                updated_at=now,
            )
            await uow.accounts.save(account)
        return account
