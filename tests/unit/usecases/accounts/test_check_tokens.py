"""Asking Twitch whether stored tokens are still good."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from tests.support.builders import NOON
from tests.support.fakes import InterruptedDatabase
from tests.support.simulated_twitch import an_oauth
from tests.unit.usecases.accounts.acting import Acting
from twitchbot.domain.errors import UnavailableError
from twitchbot.usecases.accounts.check_tokens import CheckTokens
from twitchbot.usecases.accounts.token_renewal import TokenRenewal
from twitchbot.usecases.ports.authorizer import Authorizer
from twitchbot.usecases.ports.unit_of_work import Database


def check_of(
    acting: Acting, *, oauth: Authorizer | None = None, database: Database | None = None
) -> CheckTokens:
    store, login = database or acting.database, oauth or acting.oauth
    return CheckTokens(store, login, acting.clock, TokenRenewal(store, login, acting.clock))


def validations(acting: Acting) -> int:
    return acting.sim.state.counts["oauth.GET /oauth2/validate"]


async def test_what_twitch_says_of_a_token_is_written_down(acting: Acting) -> None:
    account = await acting.stored(
        scopes=frozenset({"other"}), expires_at=None, last_error="an old failure"
    )
    acting.sim.rename("mybot", "newname")
    acting.clock.move(timedelta(minutes=1))

    await check_of(acting)()

    checked = await acting.read(account.user_id)
    assert checked.login == "newname"
    assert checked.scopes == {"chat:read", "chat:edit"}
    assert checked.expires_at is not None
    assert checked.last_error == ""
    assert checked.updated_at == acting.clock.now()
    assert checked.access_token == account.access_token


async def test_every_account_is_checked_but_those_given_up(acting: Acting) -> None:
    await acting.stored("one")
    await acting.stored("two")
    await acting.stored("three", need_reauth=True)

    await check_of(acting)()

    assert validations(acting) == 2


async def test_a_dead_token_is_renewed(acting: Acting) -> None:
    account = await acting.stored()
    acting.sim.expire_token("mybot")

    await check_of(acting)()

    assert (await acting.read(account.user_id)).access_token != account.access_token


async def test_a_token_about_to_end_is_renewed(acting: Acting) -> None:
    account = await acting.stored(expires_at=NOON + timedelta(minutes=5), refreshed_at=NOON)
    acting.clock.move(timedelta(minutes=4, seconds=45))

    await check_of(acting)()

    assert (await acting.read(account.user_id)).access_token != account.access_token


async def test_a_token_about_to_end_that_cannot_be_renewed_is_left_alone(acting: Acting) -> None:
    account = await acting.stored(expires_at=NOON + timedelta(minutes=5), refresh_token="")
    acting.clock.move(timedelta(minutes=4, seconds=45))

    await check_of(acting)()

    checked = await acting.read(account.user_id)
    assert (checked.access_token, checked.need_reauth) == (account.access_token, False)


async def test_a_dead_token_that_cannot_be_renewed_is_given_up(acting: Acting) -> None:
    account = await acting.stored(refresh_token="")
    acting.sim.expire_token("mybot")

    await check_of(acting)()

    given_up = await acting.read(account.user_id)
    assert given_up.need_reauth
    assert "log in again" in given_up.last_error
    assert given_up.expires_at == NOON


async def test_a_dead_login_does_not_stop_the_check_of_others(acting: Acting) -> None:
    first = await acting.stored("one")
    second = await acting.stored("two", created_at=NOON + timedelta(hours=1))
    acting.sim.disconnect_app("one")
    acting.sim.expire_token("two")

    await check_of(acting)()

    assert (await acting.read(first.user_id)).need_reauth
    assert (await acting.read(second.user_id)).access_token != second.access_token


async def test_an_account_that_twitch_says_nothing_of_does_not_stop_the_check_of_others(
    acting: Acting,
) -> None:
    first = await acting.stored("one")
    second = await acting.stored("two", created_at=NOON + timedelta(hours=1), refresh_token="")
    acting.sim.expire_token("one")
    acting.sim.expire_token("two")
    acting.sim.fail_http("/oauth2/token", status=503)

    with pytest.raises(UnavailableError, match="503"):
        await check_of(acting)()

    assert not (await acting.read(first.user_id)).need_reauth
    assert (await acting.read(second.user_id)).need_reauth


async def test_a_twitch_that_does_not_answer_is_waited_for_once(acting: Acting) -> None:
    accounts = [await acting.stored(login) for login in ("one", "two")]
    acting.sim.fail_http("/oauth2/validate", hang=True, times=len(accounts))

    checking = asyncio.create_task(check_of(acting)())
    await acting.sim.until(lambda: validations(acting) == len(accounts))

    assert not checking.done()
    checking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await checking


async def test_a_refused_client_secret_does_not_stop_the_check(acting: Acting) -> None:
    account = await acting.stored()
    acting.sim.expire_token("mybot")

    async with an_oauth(acting.sim, client_id=acting.sim.client_id, client_secret="bad") as oauth:
        await check_of(acting, oauth=oauth)()

    assert "client secret" in (await acting.read(account.user_id)).last_error


async def test_an_account_removed_during_its_check_stays_removed(
    acting: Acting, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    account = await acting.stored()

    async def remove() -> None:
        await acting.remove(account)

    await check_of(acting, database=InterruptedDatabase(acting.database, remove))()

    assert await acting.logins() == set()
    assert "removed" in caplog.text
