"""Listing accounts."""

from __future__ import annotations

from datetime import timedelta

from tests.support.builders import NOON, an_account
from twitchbot.usecases.accounts.read import ListAccounts
from twitchbot.usecases.ports.unit_of_work import Database


async def test_accounts_are_listed_oldest_first(database: Database) -> None:
    younger = an_account(user_id="1", created_at=NOON + timedelta(hours=1))
    older = an_account(user_id="2")
    async with database.write() as uow:
        await uow.accounts.save(younger)
        await uow.accounts.save(older)

    assert await ListAccounts(database)() == [older, younger]
