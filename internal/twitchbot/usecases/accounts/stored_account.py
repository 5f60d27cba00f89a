"""Writing an account's row without losing what somebody else wrote meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta

from twitchbot.domain.account import Account, TokenInfo, TokenPair
from twitchbot.domain.errors import AccountNotFoundError
from twitchbot.usecases.ports.unit_of_work import Database


async def amend(database: Database, seen: Account, changed: Account) -> Account:
    """Store a changed account, unless its token was replaced after we saw it; return what is kept.

    Raises:
        AccountNotFoundError: it was removed meanwhile, and stays removed.
    """
    async with database.write() as uow:
        stored = await uow.accounts.get(seen.user_id, for_update=True)
        if stored is None:
            raise AccountNotFoundError.of(seen.user_id)
        if stored.access_token != seen.access_token:
            return stored
        await uow.accounts.save(changed)
        return changed


def end_of(info: TokenInfo | TokenPair, now: datetime) -> datetime | None:
    """Return when a token ends; None for the old kind that never does, or if nobody said."""
    return now + timedelta(seconds=info.expires_in_s) if info.expires_in_s else None
