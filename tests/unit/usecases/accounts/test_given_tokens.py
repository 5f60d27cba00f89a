"""Taking over tokens from the settings."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from tests.support.builders import NOON
from tests.support.simulated_twitch import an_oauth
from tests.unit.usecases.accounts.acting import CHAT_SCOPES, Acting, UnsteadyDatabase
from twitchbot.domain.account import Account
from twitchbot.domain.errors import TokenRejectedError, UnavailableError
from twitchbot.usecases.accounts.adopt_given_tokens import GivenTokens


@pytest.mark.parametrize("prefix", ["", "oauth:", " oauth:"])
async def test_a_given_token_becomes_a_stored_account(acting: Acting, prefix: str) -> None:
    given = acting.sim.add_account("mybot", scopes=CHAT_SCOPES)
    keeper = acting.keeper(access_token=prefix + given.token, refresh_token=given.refresh_token)

    await keeper.start()

    stored = await acting.read(given.user_id)
    assert stored == await keeper.current()
    assert (stored.access_token, stored.refresh_token) == (given.token, given.refresh_token)
    assert (stored.login, stored.scopes) == ("mybot", CHAT_SCOPES)
    assert stored.expires_at is not None
    assert stored.expires_at > NOON + timedelta(hours=3)


async def test_a_stored_token_that_came_out_of_the_given_one_is_kept(acting: Acting) -> None:
    given = acting.sim.add_account("mybot", scopes=CHAT_SCOPES)
    first = acting.keeper(access_token=given.token, refresh_token=given.refresh_token)
    await first.start()
    await first.refresh_after_rejection(given.token)

    second = acting.keeper(access_token=given.token, refresh_token=given.refresh_token)
    await second.start()

    assert await second.access_token() == await first.access_token() != given.token


async def test_a_given_token_that_died_meanwhile_changes_nothing(acting: Acting) -> None:
    given = acting.sim.add_account("mybot", scopes=CHAT_SCOPES)
    first = acting.keeper(access_token=given.token, refresh_token=given.refresh_token)
    await first.start()
    acting.sim.expire_token("mybot")
    await first.refresh_after_rejection(given.token)
    renewals = acting.renewals_asked()

    second = acting.keeper(access_token=given.token, refresh_token=given.refresh_token)
    await second.start()

    assert await second.access_token() == await first.access_token()
    assert acting.renewals_asked() == renewals


@pytest.mark.parametrize(
    "stored",
    [
        {"need_reauth": True},
        {"refresh_token": ""},
        {"scopes": frozenset({"chat:read"})},
    ],
    ids=["dead", "cannot renew itself", "allows less"],
)
async def test_a_given_token_replaces_a_worse_stored_one(
    acting: Acting, stored: dict[str, Any]
) -> None:
    await acting.stored(**stored)
    given = acting.sim.add_account("mybot", scopes=CHAT_SCOPES)

    keeper = acting.keeper(access_token=given.token, refresh_token=given.refresh_token)
    await keeper.start()

    account = await acting.read(given.user_id)
    assert (account.access_token, account.need_reauth) == (given.token, False)
    assert account.scopes == CHAT_SCOPES


async def test_a_refresh_token_that_is_given_later_is_added(acting: Acting) -> None:
    given = acting.sim.add_account("mybot", scopes=CHAT_SCOPES)
    await acting.keeper(access_token=given.token).start()

    await acting.keeper(access_token=given.token, refresh_token=given.refresh_token).start()
    assert (await acting.read(given.user_id)).refresh_token == given.refresh_token

    await acting.keeper(access_token=given.token).start()
    assert (await acting.read(given.user_id)).refresh_token == given.refresh_token


async def test_an_expired_given_token_is_renewed_if_nothing_else_is_left(acting: Acting) -> None:
    given = acting.sim.add_account("mybot", scopes=CHAT_SCOPES)
    acting.sim.expire_token("mybot")

    keeper = acting.keeper(access_token=given.token, refresh_token=given.refresh_token)
    await keeper.start()

    assert await keeper.access_token() != given.token
    assert await acting.logins() == {"mybot"}


async def test_a_refresh_token_alone_is_enough(acting: Acting) -> None:
    given = acting.sim.add_account("mybot", scopes=CHAT_SCOPES)
    keeper = acting.keeper(refresh_token=given.refresh_token)

    await keeper.start()

    assert await acting.logins() == {"mybot"}


async def test_a_renewed_given_pair_is_kept_until_it_is_stored(acting: Acting) -> None:
    acting.sim.configure(confidential_refresh_is_single_use=True)
    given = acting.sim.add_account("mybot", scopes=CHAT_SCOPES)
    database = UnsteadyDatabase(acting.database)
    database.is_writable = False
    keeper = acting.keeper(refresh_token=given.refresh_token, database=database)
    await keeper.start()
    with pytest.raises(UnavailableError):
        await keeper.current()

    database.is_writable = True

    assert await keeper.current() == await acting.read(given.user_id)
    assert acting.renewals_asked() == 1


async def test_a_given_token_that_is_dead_is_told_instead_of_going_anonymous(
    acting: Acting,
) -> None:
    keeper = acting.keeper(access_token="dead", refresh_token="dead-too")

    await keeper.start()

    with pytest.raises(TokenRejectedError, match=r"Invalid refresh token.*twitchbot login"):
        await keeper.current()
    assert not await keeper.refresh_after_rejection("dead")
    assert acting.renewals_asked() == 1


async def test_a_dead_given_token_without_a_client_id_names_both(acting: Acting) -> None:
    async with an_oauth(acting.sim, client_id="") as oauth:
        keeper = acting.keeper(access_token="dead", refresh_token="r", authorizer=oauth)
        await keeper.start()

        with pytest.raises(TokenRejectedError, match="TWITCH_CLIENT_ID"):
            await keeper.current()


async def test_a_login_heals_a_dead_given_token(acting: Acting) -> None:
    keeper = acting.keeper(access_token="dead")
    await keeper.start()

    await acting.stored("mybot")
    await keeper.account_changed("")

    account = await keeper.current()
    assert account is not None
    assert account.login == "mybot"


async def test_an_app_access_token_is_no_account(acting: Acting) -> None:
    app = await acting.oauth.app_token()
    keeper = acting.keeper(access_token=app.access_token)

    await keeper.start()

    with pytest.raises(TokenRejectedError, match="app access token"):
        await keeper.current()
    assert await acting.logins() == set()


async def test_while_twitch_is_away_nobody_knows_whose_token_was_given(acting: Acting) -> None:
    given = acting.sim.add_account("mybot", scopes=CHAT_SCOPES)
    acting.sim.fail_http("/oauth2/validate", status=503, times=2)
    keeper = acting.keeper(access_token=given.token)
    await keeper.start()

    with pytest.raises(UnavailableError):
        await keeper.current()

    assert await keeper.access_token() == given.token


@pytest.mark.parametrize("is_stored", [False, True], ids=["unknown", "stored before"])
async def test_who_listens_is_told_when_it_is_known_whose_token_was_given(
    acting: Acting, is_stored: bool
) -> None:
    given = acting.sim.add_account("mybot", scopes=CHAT_SCOPES)
    if is_stored:
        await acting.stored("mybot")
    acting.sim.fail_http("/oauth2/validate", status=503, times=2)
    keeper = acting.keeper(access_token=given.token)
    await keeper.start()
    heard: list[Account | None] = []
    keeper.on_account_changed(heard.append)
    with pytest.raises(UnavailableError):
        await keeper.current()
    assert heard == []

    account = await keeper.current()

    assert account is not None
    assert heard == [account]


async def test_nothing_is_told_when_a_given_token_turns_out_to_be_dead(acting: Acting) -> None:
    acting.sim.fail_http("/oauth2/validate", status=503)
    keeper = acting.keeper(access_token="dead")
    await keeper.start()
    heard: list[Account | None] = []
    keeper.on_account_changed(heard.append)

    with pytest.raises(TokenRejectedError):
        await keeper.current()

    assert heard == []


async def test_a_given_token_is_taken_over_once(acting: Acting) -> None:
    given = acting.sim.add_account("mybot", scopes=CHAT_SCOPES)
    keeper = acting.keeper(access_token=given.token)

    accounts = await asyncio.gather(*(keeper.current() for _ in range(10)))

    assert len(set(accounts)) == 1
    assert acting.sim.state.counts["oauth.GET /oauth2/validate"] == 1


async def test_a_grant_that_is_dead_on_arrival_is_not_stored(acting: Acting) -> None:
    given = acting.sim.add_account("mybot", scopes=CHAT_SCOPES)
    pair = await acting.oauth.refresh(given.refresh_token)
    acting.sim.disconnect_app("mybot")

    with pytest.raises(TokenRejectedError):
        await acting.keeper().accept(pair)

    assert await acting.logins() == set()


def test_given_tokens_do_not_show() -> None:
    given = GivenTokens(access_token="oauth:CANARY", refresh_token="CANARY")

    assert "CANARY" not in repr(given)
    assert given
    assert not GivenTokens()
