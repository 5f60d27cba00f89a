"""Whom the bot acts as, and with which token."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import pytest

from tests.support.builders import NOON
from tests.support.simulated_twitch import an_oauth
from tests.unit.usecases.accounts.acting import FOUR_HOURS, Acting, UnsteadyDatabase
from twitchbot.domain.account import Account, TokenPair
from twitchbot.domain.errors import NotLoggedInError, TokenRejectedError, UnavailableError
from twitchbot.usecases.accounts.token_keeper import TokenKeeper


async def started(keeper: TokenKeeper) -> TokenKeeper:
    await keeper.start()
    return keeper


async def login_of(keeper: TokenKeeper) -> str:
    account = await keeper.current()
    return account.login if account else ""


def heard_by(keeper: TokenKeeper) -> list[Account | None]:
    heard: list[Account | None] = []
    keeper.on_account_changed(heard.append)
    return heard


async def test_without_any_account_there_is_nobody_to_act_as(acting: Acting) -> None:
    keeper = await started(acting.keeper())

    assert await keeper.current() is None
    assert await keeper.client_id() == acting.sim.client_id
    assert not await keeper.refresh_after_rejection("whatever")
    with pytest.raises(NotLoggedInError, match="twitchbot login"):
        await keeper.access_token()


async def test_the_stored_account_is_used_after_a_restart(acting: Acting) -> None:
    account = await acting.stored()

    keeper = await started(acting.keeper())

    assert await keeper.access_token() == account.access_token


async def test_who_wants_to_be_a_guest_acts_as_no_account_but_keeps_them_all(
    acting: Acting,
) -> None:
    account = await acting.stored()
    given = acting.sim.add_account("given")
    keeper = acting.keeper(refresh_token=given.refresh_token, is_guest=True)
    heard = heard_by(keeper)
    acting.sim.expire_token("mybot")

    await keeper.start()
    await keeper.account_changed(account.user_id)

    assert await keeper.current() is None
    assert heard == []
    assert await acting.logins() == {"mybot"}
    assert (await acting.read(account.user_id)).access_token != account.access_token


async def test_the_account_named_in_the_settings_comes_first(acting: Acting) -> None:
    await acting.stored("mybot")
    await acting.stored("other", created_at=NOON + timedelta(hours=1))

    assert await login_of(await started(acting.keeper(preferred_login="MyBot"))) == "mybot"


async def test_the_account_whose_token_was_given_comes_second(acting: Acting) -> None:
    given = await acting.stored("mybot")
    await acting.stored("other", created_at=NOON + timedelta(hours=1))

    keeper = await started(acting.keeper(access_token=given.access_token))

    assert await login_of(keeper) == "mybot"


async def test_else_the_account_is_the_last_one_that_needs_no_new_login(acting: Acting) -> None:
    await acting.stored("first")
    await acting.stored("second", created_at=NOON + timedelta(hours=1))
    await acting.stored("third", created_at=NOON + timedelta(hours=2), need_reauth=True)

    assert await login_of(await started(acting.keeper())) == "second"


async def test_a_token_about_to_end_is_renewed_before_it_is_handed_out(acting: Acting) -> None:
    account = await acting.stored()
    keeper = await started(acting.keeper())
    acting.pass_time(timedelta(hours=3, minutes=55))

    tokens = await asyncio.gather(*(keeper.access_token() for _ in range(10)))

    assert len(set(tokens)) == 1
    assert tokens[0] != account.access_token
    assert acting.renewals_asked() == 1


async def test_a_token_is_handed_out_until_its_end_when_it_cannot_be_renewed(
    acting: Acting,
) -> None:
    account = await acting.stored()
    keeper = await started(acting.keeper())
    acting.sim.fail_http("/oauth2/token", status=503, times=9)
    acting.pass_time(timedelta(hours=3, minutes=55))

    assert await keeper.access_token() == account.access_token


async def test_a_refused_token_is_renewed_once_however_many_were_refused(acting: Acting) -> None:
    account = await acting.stored()
    keeper = await started(acting.keeper())
    acting.sim.expire_token("mybot")

    outcomes = await asyncio.gather(
        *(keeper.refresh_after_rejection(account.access_token) for _ in range(5))
    )

    assert outcomes == [True] * 5
    assert acting.renewals_asked() == 1
    assert await keeper.access_token() != account.access_token
    assert await keeper.refresh_after_rejection(account.access_token)
    assert acting.renewals_asked() == 1


async def test_a_token_refused_right_after_its_renewal_is_not_renewed_again(
    acting: Acting,
) -> None:
    account = await acting.stored()
    keeper = await started(acting.keeper())
    await keeper.refresh_after_rejection(account.access_token)

    again = await keeper.refresh_after_rejection(await keeper.access_token())

    assert not again
    assert acting.renewals_asked() == 1


async def test_a_dead_login_asks_for_a_new_one_and_leaves_twitch_alone(acting: Acting) -> None:
    account = await acting.stored()
    keeper = await started(acting.keeper())
    acting.sim.disconnect_app("mybot")

    assert not await keeper.refresh_after_rejection(account.access_token)
    assert not await keeper.refresh_after_rejection(account.access_token)
    with pytest.raises(TokenRejectedError, match="twitchbot login"):
        await keeper.access_token()

    assert acting.renewals_asked() == 1
    current = await keeper.current()
    assert current is not None
    assert current.need_reauth


async def test_a_login_that_died_stays_dead_after_a_restart(acting: Acting) -> None:
    await acting.stored(need_reauth=True, last_error="gone", expires_at=NOON)

    keeper = await started(acting.keeper())

    with pytest.raises(TokenRejectedError, match="gone"):
        await keeper.access_token()
    assert acting.renewals_asked() == 0


async def test_a_refused_token_that_cannot_be_renewed_is_looked_at_and_given_up(
    acting: Acting,
) -> None:
    account = await acting.stored(refresh_token="")
    keeper = await started(acting.keeper())
    acting.sim.expire_token("mybot")

    assert not await keeper.refresh_after_rejection(account.access_token)
    with pytest.raises(TokenRejectedError, match="log in again"):
        await keeper.access_token()


async def test_a_token_that_only_chat_refuses_is_not_given_up(acting: Acting) -> None:
    account = await acting.stored(refresh_token="")
    keeper = await started(acting.keeper())

    assert not await keeper.refresh_after_rejection(account.access_token)

    assert await keeper.access_token() == account.access_token


async def test_chat_gets_its_token_while_the_database_is_away(acting: Acting) -> None:
    account = await acting.stored()
    database = UnsteadyDatabase(acting.database)
    keeper = await started(acting.keeper(database=database))
    database.is_readable = database.is_writable = False

    assert await keeper.access_token() == account.access_token
    assert not await keeper.refresh_after_rejection(account.access_token)
    assert acting.renewals_asked() == 0


async def test_the_start_does_not_wait_for_a_twitch_that_is_away(acting: Acting) -> None:
    account = await acting.stored()
    acting.sim.fail_http("/oauth2", status=503, times=99)

    keeper = await started(acting.keeper())

    assert await keeper.access_token() == account.access_token


async def test_a_removed_account_leaves_nobody_to_act_as(acting: Acting) -> None:
    account = await acting.stored()
    keeper = await started(acting.keeper())
    await acting.remove(account)

    assert not await keeper.refresh_after_rejection(account.access_token)
    assert await keeper.current() is None


async def test_a_new_login_is_told_to_who_listens(acting: Acting) -> None:
    keeper = await started(acting.keeper())
    heard = heard_by(keeper)
    granted = acting.sim.add_account("mybot")

    account = await keeper.accept(pair_of(granted.token, granted.refresh_token))
    await acting.remove(account)
    await keeper.account_changed(account.user_id)

    assert heard == [account, None]
    assert account.login == "mybot"


async def test_a_change_of_another_account_is_not_told(acting: Acting) -> None:
    await acting.stored("mybot")
    keeper = await started(acting.keeper(preferred_login="mybot"))
    heard = heard_by(keeper)
    granted = acting.sim.add_account("other")

    await keeper.accept(pair_of(granted.token, granted.refresh_token))

    assert heard == []
    assert await login_of(keeper) == "mybot"


async def test_who_listens_is_told_when_the_check_finds_another_account_better(
    acting: Acting,
) -> None:
    first = await acting.stored("first")
    await acting.stored("second", created_at=NOON + timedelta(hours=1), refresh_token="")
    keeper = await started(acting.keeper())
    heard = heard_by(keeper)
    acting.sim.expire_token("second")

    await keeper.check()

    assert [account.user_id for account in heard if account] == [first.user_id]
    assert await login_of(keeper) == "first"


async def test_who_listens_is_told_when_the_check_finds_another_login(acting: Acting) -> None:
    await acting.stored("mybot")
    keeper = await started(acting.keeper())
    heard = heard_by(keeper)
    acting.sim.rename("mybot", "newname")

    await keeper.check()
    await keeper.check()

    assert [account.login for account in heard if account] == ["newname"]


async def test_who_listens_is_told_when_a_refusal_leads_to_another_account(
    acting: Acting,
) -> None:
    await acting.stored("first")
    second = await acting.stored("second", created_at=NOON + timedelta(hours=1))
    keeper = await started(acting.keeper())
    heard = heard_by(keeper)
    acting.sim.disconnect_app("second")

    assert not await keeper.refresh_after_rejection(second.access_token)

    assert [account.login for account in heard if account] == ["first"]


async def test_a_renewal_is_not_told_because_the_account_stays(acting: Acting) -> None:
    await acting.stored()
    keeper = await started(acting.keeper())
    heard = heard_by(keeper)
    acting.sim.expire_token("mybot")

    await keeper.check()

    assert heard == []


async def test_a_renewal_that_ends_after_the_bot_changed_its_account_changes_nothing(
    acting: Acting,
) -> None:
    first = await acting.stored("first")
    keeper = await started(acting.keeper())
    acting.sim.fail_http("/oauth2/token", status=None, delay_s=0.2)
    renewing = asyncio.create_task(keeper.refresh_after_rejection(first.access_token))
    await acting.sim.until(lambda: acting.sim.state.counts["oauth.POST /oauth2/token"] > 0)

    await acting.stored("second", created_at=NOON + timedelta(hours=1))
    await keeper.account_changed("")

    assert await renewing
    assert await login_of(keeper) == "second"


async def test_logging_in_again_keeps_when_the_account_was_first_stored(acting: Acting) -> None:
    account = await acting.stored(need_reauth=True, last_error="gone")
    keeper = await started(acting.keeper())
    acting.pass_time(timedelta(days=1))
    granted = acting.sim.add_account("mybot")

    renewed = await keeper.accept(pair_of(granted.token, granted.refresh_token))

    assert renewed.created_at == account.created_at
    assert (renewed.need_reauth, renewed.last_error) == (False, "")
    assert await keeper.access_token() == granted.token


async def test_the_client_id_is_that_of_the_token_and_asked_for_once(acting: Acting) -> None:
    acting.sim.add_app("generator")
    granted = acting.sim.add_account("mybot", client_id="generator")
    keeper = await started(acting.keeper(access_token=granted.token))
    validations = acting.sim.state.counts["oauth.GET /oauth2/validate"]

    assert [await keeper.client_id() for _ in range(3)] == ["generator"] * 3

    assert acting.sim.state.counts["oauth.GET /oauth2/validate"] == validations + 1


async def test_the_client_id_of_a_dead_token_is_taken_to_be_ours(acting: Acting) -> None:
    await acting.stored()
    keeper = await started(acting.keeper())
    acting.sim.disconnect_app("mybot")

    assert await keeper.client_id() == acting.sim.client_id


async def test_closing_waits_until_a_renewal_is_stored(acting: Acting) -> None:
    account = await acting.stored()
    keeper = await started(acting.keeper())
    acting.sim.fail_http("/oauth2/token", status=None, delay_s=0.1)
    caller = asyncio.create_task(keeper.refresh_after_rejection(account.access_token))
    await acting.sim.until(lambda: acting.sim.state.counts["oauth.POST /oauth2/token"] > 0)
    caller.cancel()

    await keeper.aclose()

    assert (await acting.read(account.user_id)).access_token != account.access_token


async def test_closing_waits_until_a_renewed_given_token_is_stored(acting: Acting) -> None:
    given = acting.sim.add_account("mybot")
    keeper = acting.keeper(refresh_token=given.refresh_token)
    acting.sim.fail_http("/oauth2/token", status=None, delay_s=0.1)
    caller = asyncio.create_task(keeper.start())
    await acting.sim.until(lambda: acting.sim.state.counts["oauth.POST /oauth2/token"] > 0)
    caller.cancel()

    await keeper.aclose()

    assert await acting.logins() == {"mybot"}


async def test_closing_does_not_wait_to_hear_whose_token_was_given(acting: Acting) -> None:
    keeper = acting.keeper(access_token=acting.sim.add_account("mybot").token)
    acting.sim.fail_http("/oauth2/validate", hang=True)
    caller = asyncio.create_task(keeper.start())
    await acting.sim.until(lambda: acting.sim.state.counts["oauth.GET /oauth2/validate"] > 0)

    async with asyncio.timeout(1):
        await keeper.aclose()

    with pytest.raises(asyncio.CancelledError):
        await caller


async def test_the_hourly_check_tells_when_twitch_is_away(acting: Acting) -> None:
    await acting.stored()
    keeper = await started(acting.keeper())
    acting.sim.fail_http("/oauth2/validate", status=503)

    with pytest.raises(UnavailableError):
        await keeper.check()


async def test_tokens_show_neither_in_logs_nor_in_values(
    acting: Acting, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    granted = acting.sim.add_account("mybot", token="CANARY-access", refresh_token="CANARY-refresh")
    keeper = await started(
        acting.keeper(access_token="oauth:CANARY-access", refresh_token="CANARY-refresh")
    )
    await keeper.refresh_after_rejection(granted.token)
    acting.sim.disconnect_app("mybot")
    acting.pass_time(FOUR_HOURS)
    await keeper.refresh_after_rejection(await keeper.access_token())

    spoken = caplog.text + repr(await keeper.current()) + repr(keeper)
    assert "token renewed" in caplog.text
    assert "CANARY" not in spoken


async def test_without_a_client_id_a_given_token_still_works(acting: Acting) -> None:
    granted = acting.sim.add_account("mybot")

    async with an_oauth(acting.sim, client_id="") as oauth:
        keeper = await started(acting.keeper(access_token=granted.token, authorizer=oauth))

        assert await keeper.access_token() == granted.token
        assert await keeper.client_id() == acting.sim.client_id


def pair_of(access_token: str, refresh_token: str) -> TokenPair:
    return TokenPair(
        access_token=access_token,
        refresh_token=refresh_token,
        scopes=frozenset(),
        expires_in_s=0,
    )
