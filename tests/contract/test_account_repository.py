"""What every store of accounts does, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy.engine import URL

from tests.support.builders import NOON, an_account
from tests.support.databases import raw_rows
from tests.support.fakes import FixedClock
from tests.support.sealing import PlainSealer
from twitchbot.adapters.sql.unit_of_work import SqlDatabase
from twitchbot.domain.account import Account
from twitchbot.usecases.ports.unit_of_work import Database

LATER = NOON + timedelta(hours=1)


async def save(database: Database, *accounts: Account) -> None:
    async with database.write() as uow:
        for account in accounts:
            await uow.accounts.save(account)


async def test_an_account_comes_back_as_it_was_stored(database: Database) -> None:
    account = an_account(
        expires_at=LATER, refreshed_at=NOON, need_reauth=True, last_error="invalid grant"
    )

    await save(database, account)

    async with database.read() as uow:
        assert await uow.accounts.get(account.user_id) == account
        assert await uow.accounts.get("unknown") is None


async def test_saving_again_replaces_the_account(database: Database) -> None:
    await save(database, an_account())
    renewed = an_account(access_token="new", refresh_token="", scopes=frozenset(), expires_at=LATER)

    await save(database, renewed)

    async with database.read() as uow:
        assert await uow.accounts.all() == [renewed]


async def test_accounts_come_oldest_first(database: Database) -> None:
    newer = an_account(user_id="1", created_at=LATER)
    older = an_account(user_id="2")

    await save(database, newer, older)

    async with database.read() as uow:
        assert await uow.accounts.all() == [older, newer]


async def test_removing_says_whether_there_was_one(database: Database) -> None:
    account = an_account()
    await save(database, account)

    async with database.write() as uow:
        assert await uow.accounts.remove(account.user_id)
        assert not await uow.accounts.remove(account.user_id)
        assert await uow.accounts.all() == []


async def test_no_token_is_readable_in_the_database(database: Database, database_url: URL) -> None:
    await save(database, an_account(access_token="secret-one", refresh_token="secret-two"))

    (row,) = raw_rows(database_url, "SELECT * FROM accounts")

    assert "secret" not in repr(row)


async def test_tokens_sealed_with_a_lost_key_ask_for_a_new_login(database_url: URL) -> None:
    account = an_account()
    clock = FixedClock()
    async with SqlDatabase.open(database_url, clock=clock, sealer=PlainSealer(b"old")) as before:
        await save(before, account)

    async with (
        SqlDatabase.open(database_url, clock=clock, sealer=PlainSealer(b"new")) as after,
        after.read() as uow,
    ):
        (found,) = await uow.accounts.all()

    assert found.need_reauth
    assert "log in again" in found.last_error
    assert replace(found, need_reauth=False, last_error="") == replace(
        account, access_token="", refresh_token=""
    )


async def test_tokens_moved_to_another_row_are_not_used(
    database: Database, database_url: URL
) -> None:
    mine, other = an_account(user_id="1"), an_account(user_id="2", access_token="other")
    await save(database, mine, other)

    raw_rows(
        database_url,
        "UPDATE accounts SET sealed_tokens ="
        " (SELECT sealed_tokens FROM accounts WHERE user_id = '2') WHERE user_id = '1'",
    )

    async with database.read() as uow:
        found = await uow.accounts.get("1")
    assert found is not None
    assert found.access_token == ""
    assert found.need_reauth
