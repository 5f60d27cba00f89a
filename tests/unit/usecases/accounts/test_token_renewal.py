"""Exchanging a token for a new one."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from tests.support.builders import NOON, an_account
from tests.support.simulated_twitch import an_oauth
from tests.support.waiting import eventually
from tests.unit.usecases.accounts.acting import Acting, UnsteadyDatabase
from twitchbot.adapters.twitch.oauth import TwitchOAuth
from twitchbot.adapters.twitch.web_client import WebClient
from twitchbot.domain.errors import (
    AccountNotFoundError,
    ClientIdMissingError,
    DatabaseUnavailableError,
    TokenRejectedError,
    UnavailableError,
)
from twitchbot.usecases.accounts.token_renewal import TokenRenewal
from twitchbot.usecases.ports.unit_of_work import Database


def renewal_of(
    acting: Acting, oauth: TwitchOAuth | None = None, database: Database | None = None
) -> TokenRenewal:
    return TokenRenewal(database or acting.database, oauth or acting.oauth, acting.clock)


async def test_a_renewed_token_is_stored_with_the_pair_that_follows_it(acting: Acting) -> None:
    acting.sim.configure(confidential_refresh_is_single_use=True)
    account = await acting.stored(last_error="an old failure")
    acting.pass_time(timedelta(hours=3))

    renewed = await renewal_of(acting)(account)

    assert await acting.read(account.user_id) == renewed
    assert renewed.access_token != account.access_token
    assert renewed.refresh_token != account.refresh_token
    assert renewed.refreshed_at == acting.clock.now()
    assert renewed.expires_at == acting.clock.now() + timedelta(seconds=14_124)
    assert (renewed.last_error, renewed.created_at) == ("", account.created_at)


async def test_a_new_token_whose_end_is_not_told_is_not_due_at_once(acting: Acting) -> None:
    account = await acting.stored()

    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"access_token": "next", "refresh_token": "again"})

    async with WebClient("https://id", transport=httpx.MockTransport(answer)) as web:
        renew = renewal_of(acting, TwitchOAuth(web, client_id="client"))
        renewed = await renew(account)

        assert (renewed.access_token, renewed.expires_at) == ("next", None)
        assert not renew.is_due_for(renewed)


async def test_however_many_ask_twitch_is_asked_once(acting: Acting) -> None:
    account = await acting.stored()
    renew = renewal_of(acting)

    renewed = await asyncio.gather(*(renew(account) for _ in range(20)))

    assert len({one.access_token for one in renewed}) == 1
    assert acting.renewals_asked() == 1


async def test_who_comes_late_with_the_old_token_gets_the_stored_new_one(acting: Acting) -> None:
    account = await acting.stored()
    renew = renewal_of(acting)

    first = await renew(account)
    second = await renew(account)

    assert second == first
    assert acting.renewals_asked() == 1


async def test_a_dead_refresh_token_is_written_down_and_never_tried_again(acting: Acting) -> None:
    account = await acting.stored()
    acting.sim.disconnect_app("mybot")
    renew = renewal_of(acting)

    for _ in range(3):
        with pytest.raises(TokenRejectedError, match="Invalid refresh token"):
            await renew(account)

    stored = await acting.read(account.user_id)
    assert stored.need_reauth
    assert "Invalid refresh token" in stored.last_error
    assert acting.renewals_asked() == 1


async def test_after_an_outage_the_next_attempt_waits_longer_each_time(acting: Acting) -> None:
    account = await acting.stored()
    acting.sim.fail_http("/oauth2/token", status=503, times=3)
    renew = renewal_of(acting)

    pauses = []
    for _ in range(3):
        with pytest.raises(UnavailableError, match="503"):
            await renew(account)
        with pytest.raises(UnavailableError, match="failed") as paused:
            await renew(account)
        pauses.append(paused.value.retry_after_s)
        acting.pass_time(timedelta(seconds=paused.value.retry_after_s))
    renewed = await renew(account)

    assert pauses == [60, 120, 240]
    assert (renewed.last_error, renewed.need_reauth) == ("", False)


async def test_a_pause_ends_growing_at_ten_minutes(acting: Acting) -> None:
    account = await acting.stored()
    acting.sim.fail_http("/oauth2/token", status=503, times=99)
    renew = renewal_of(acting)

    for _ in range(6):
        with pytest.raises(UnavailableError):
            await renew(account)
        acting.pass_time(timedelta(minutes=10))
    with pytest.raises(UnavailableError, match="503"):
        await renew(account)

    assert (await acting.read(account.user_id)).last_error


async def test_an_answer_that_got_lost_asks_for_a_new_login_and_does_not_loop(
    acting: Acting,
) -> None:
    acting.sim.configure(confidential_refresh_is_single_use=True)
    account = await acting.stored()
    acting.sim.lose_refresh_response()
    renew = renewal_of(acting)

    with pytest.raises(UnavailableError):
        await renew(account)
    acting.pass_time(timedelta(minutes=1))
    with pytest.raises(TokenRejectedError):
        await renew(account)

    assert (await acting.read(account.user_id)).need_reauth


async def test_a_refused_client_secret_does_not_cost_the_login(acting: Acting) -> None:
    account = await acting.stored()

    async with an_oauth(acting.sim, client_id=acting.sim.client_id, client_secret="bad") as oauth:
        with pytest.raises(ClientIdMissingError):
            await renewal_of(acting, oauth)(account)

    stored = await acting.read(account.user_id)
    assert not stored.need_reauth
    assert "invalid client secret" in stored.last_error
    assert stored.access_token == account.access_token


async def test_a_refresh_token_is_not_spent_while_the_database_is_away(acting: Acting) -> None:
    account = await acting.stored()
    database = UnsteadyDatabase(acting.database)
    database.is_readable = False

    with pytest.raises(DatabaseUnavailableError):
        await renewal_of(acting, database=database)(account)

    assert acting.renewals_asked() == 0


async def test_a_pair_that_could_not_be_stored_is_kept_until_it_is(acting: Acting) -> None:
    account = await acting.stored()
    database = UnsteadyDatabase(acting.database)
    database.is_writable = False
    renew = renewal_of(acting, database=database)

    for _ in range(2):
        with pytest.raises(DatabaseUnavailableError):
            await renew(account)
    database.is_writable = True
    renewed = await renew(account)

    assert acting.renewals_asked() == 1
    assert await acting.read(account.user_id) == renewed
    assert renewed.access_token != account.access_token


async def test_a_renewal_outlives_the_caller_who_wanted_it(acting: Acting) -> None:
    account = await acting.stored()
    acting.sim.fail_http("/oauth2/token", status=None, delay_s=0.1)
    renew = renewal_of(acting)

    caller = asyncio.create_task(renew(account))
    await eventually(lambda: acting.sim.state.counts["oauth.POST /oauth2/token"] > 0)
    caller.cancel()
    await renew.drain()

    assert (await acting.read(account.user_id)).access_token != account.access_token


async def test_an_account_that_was_removed_is_not_stored_again(acting: Acting) -> None:
    account = await acting.stored()
    database = UnsteadyDatabase(acting.database)
    database.is_writable = False
    renew = renewal_of(acting, database=database)
    with pytest.raises(DatabaseUnavailableError):
        await renew(account)

    await acting.remove(account)
    database.is_writable = True
    for _ in range(2):
        with pytest.raises(AccountNotFoundError):
            await renew(account)

    assert await acting.logins() == set()


async def test_a_newer_login_is_not_overwritten(acting: Acting) -> None:
    account = await acting.stored()
    database = UnsteadyDatabase(acting.database)
    database.is_writable = False
    renew = renewal_of(acting, database=database)
    with pytest.raises(DatabaseUnavailableError):
        await renew(account)

    newer = replace(account, access_token="newer")
    await acting.save(newer)
    database.is_writable = True

    assert await renew(account) == newer
    assert await acting.read(account.user_id) == newer


async def test_a_refresh_token_that_twitch_does_not_replace_is_kept(acting: Acting) -> None:
    account = await acting.stored()
    answer = httpx.Response(200, json={"access_token": "new", "expires_in": 60})
    web = WebClient("http://id.example", transport=httpx.MockTransport(lambda _: answer))

    renewed = await renewal_of(acting, TwitchOAuth(web, client_id="c"))(account)

    assert (renewed.access_token, renewed.refresh_token) == ("new", account.refresh_token)


async def test_scopes_that_twitch_does_not_tell_again_are_kept(acting: Acting) -> None:
    account = await acting.stored()
    answer = httpx.Response(200, json={"access_token": "new", "expires_in": 60})
    web = WebClient("http://id.example", transport=httpx.MockTransport(lambda _: answer))

    renewed = await renewal_of(acting, TwitchOAuth(web, client_id="c"))(account)

    assert renewed.scopes == account.scopes != frozenset()


@pytest.mark.parametrize(
    ("life", "passed", "is_due"),
    [
        (timedelta(hours=4), timedelta(hours=3, minutes=49), False),
        (timedelta(hours=4), timedelta(hours=3, minutes=50), True),
        (timedelta(minutes=10), timedelta(minutes=8), False),
        (timedelta(minutes=10), timedelta(minutes=9), True),
        (timedelta(minutes=10), timedelta(days=1), True),
    ],
)
async def test_a_token_is_renewed_a_little_before_its_end(
    acting: Acting, life: timedelta, passed: timedelta, is_due: bool
) -> None:
    account = an_account(refreshed_at=NOON, expires_at=NOON + life)

    acting.clock.move(passed)

    assert renewal_of(acting).is_due_for(account) is is_due


async def test_a_token_without_an_end_is_never_due(acting: Acting) -> None:
    assert not renewal_of(acting).is_due_for(an_account(expires_at=None))


async def test_renewing_takes_a_refresh_token_a_client_id_and_hope(acting: Acting) -> None:
    renew = renewal_of(acting)

    async with an_oauth(acting.sim, client_id="") as without_client_id:
        assert not renewal_of(acting, without_client_id).is_possible_for(an_account())
    assert renew.is_possible_for(an_account())
    assert not renew.is_possible_for(an_account(refresh_token=""))
    assert not renew.is_possible_for(an_account(need_reauth=True))
