"""Plain reads of accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from twitchbot.domain.account import Account
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class ListAccounts:
    """Return all accounts, oldest first."""

    database: Database

    async def __call__(self) -> Sequence[Account]:
        async with self.database.read() as uow:
            return await uow.accounts.all()
