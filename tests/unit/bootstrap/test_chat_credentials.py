"""Whom chat is read as."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from tests.support.fakes import FixedClock
from tests.support.simulated_twitch import a_twitch, an_oauth
from tests.unit.usecases.accounts.acting import CHAT_SCOPES, Acting
from twitchbot.adapters.twitch.chat.settings import Credentials
from twitchbot.bootstrap.chat_credentials import ChatCredentials
from twitchbot.usecases.ports.unit_of_work import Database


@pytest.fixture
async def acting(sqlite_database: Database) -> AsyncIterator[Acting]:
    async with a_twitch() as sim, an_oauth(sim) as oauth:
        yield Acting(sim, oauth, sqlite_database, FixedClock())


async def test_the_account_that_the_bot_acts_as_logs_in(acting: Acting) -> None:
    account = await acting.stored()
    keeper = acting.keeper()
    await keeper.start()

    assert await ChatCredentials(keeper)() == Credentials(
        login="mybot",
        user_id=account.user_id,
        access_token=account.access_token,
        scopes=CHAT_SCOPES,
    )


async def test_without_an_account_chat_is_read_as_a_guest(acting: Acting) -> None:
    with capture_logs() as logs:
        assert await ChatCredentials(acting.keeper())() is None

    assert logs == []


async def test_with_a_dead_token_chat_is_read_as_a_guest_and_that_is_told_once(
    acting: Acting,
) -> None:
    read = ChatCredentials(acting.keeper(access_token="dead"))

    with capture_logs() as logs:
        assert [await read(), await read()] == [None, None]

    assert [(record["log_level"], record["event"]) for record in logs] == [
        ("error", "reading as a guest: the token is dead")
    ]


async def test_chat_is_read_as_a_guest_while_nobody_says_whose_token_was_given(
    acting: Acting,
) -> None:
    given = acting.sim.add_account("mybot", scopes=CHAT_SCOPES)
    acting.sim.fail_http("/oauth2/validate", status=503, times=2)
    read = ChatCredentials(acting.keeper(access_token=given.token))

    with capture_logs() as logs:
        assert [await read(), await read()] == [None, None]
        credentials = await read()

    assert [(record["log_level"], record["event"]) for record in logs] == [
        ("warning", "reading as a guest: it is not known yet whose token was given")
    ]
    assert credentials is not None
    assert credentials.access_token == given.token


async def test_being_a_guest_again_is_told_again(acting: Acting) -> None:
    keeper = acting.keeper(access_token="dead")
    read = ChatCredentials(keeper)

    with capture_logs() as logs:
        await read()
        account = await acting.stored()
        await keeper.account_changed(account.user_id)
        assert await read() is not None
        await acting.remove(account)
        await keeper.account_changed(account.user_id)
        await read()

    assert len(logs) == 2
