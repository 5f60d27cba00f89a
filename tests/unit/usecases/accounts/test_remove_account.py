"""Removing an account."""

from __future__ import annotations

import logging

import pytest

from tests.support.simulated_twitch import an_oauth
from tests.unit.usecases.accounts.acting import Acting
from twitchbot.domain.errors import AccountNotFoundError
from twitchbot.usecases.accounts.remove_account import RemoveAccount
from twitchbot.usecases.ports.authorizer import Authorizer


def remover(acting: Acting, oauth: Authorizer | None = None) -> RemoveAccount:
    return RemoveAccount(acting.database, oauth or acting.oauth, acting.keeper())


async def test_a_removed_account_is_gone_here_and_at_twitch(acting: Acting) -> None:
    account = await acting.stored()
    remove = remover(acting)
    await remove.keeper.start()

    await remove(account.user_id)

    assert await acting.logins() == set()
    assert await acting.oauth.validate(account.access_token) is None
    assert await remove.keeper.current() is None


async def test_an_unknown_account_is_not_found(acting: Acting) -> None:
    with pytest.raises(AccountNotFoundError):
        await remover(acting)("404")


async def test_an_account_is_removed_while_twitch_is_away(
    acting: Acting, caplog: pytest.LogCaptureFixture
) -> None:
    account = await acting.stored()
    acting.sim.fail_http("/oauth2/revoke", status=503)

    await remover(acting)(account.user_id)

    assert await acting.logins() == set()
    assert "token not revoked" in caplog.text
    assert account.access_token not in caplog.text


async def test_an_account_is_removed_without_a_client_id(acting: Acting) -> None:
    account = await acting.stored()

    async with an_oauth(acting.sim, client_id="") as oauth:
        await remover(acting, oauth)(account.user_id)

    assert await acting.logins() == set()


async def test_tokens_that_our_keys_do_not_open_are_not_revoked(
    acting: Acting, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    account = await acting.stored(access_token="", refresh_token="", need_reauth=True)

    await remover(acting)(account.user_id)

    assert acting.sim.state.counts["oauth.POST /oauth2/revoke"] == 0
    assert caplog.text == ""
