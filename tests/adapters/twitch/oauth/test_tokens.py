"""Validating, renewing and revoking tokens."""

import httpx
import pytest

from tests.support.simulated_twitch import an_oauth
from twitchbot.adapters.twitch.oauth import TwitchOAuth
from twitchbot.adapters.twitch.web_client import WebClient
from twitchbot.domain.errors import (
    ClientIdMissingError,
    TokenRejectedError,
    TwitchbotError,
    UnavailableError,
)
from twitchsim.server import TwitchSim


def answering(status: int, body: str) -> TwitchOAuth:
    """Talk to a server that always gives this answer, which the simulator never would."""
    transport = httpx.MockTransport(lambda _: httpx.Response(status, text=body))
    return TwitchOAuth(
        WebClient("http://id.example", transport=transport),
        client_id="client",
        client_secret="secret",
    )


async def test_a_valid_token_tells_whose_it_is(sim: TwitchSim, oauth: TwitchOAuth) -> None:
    account = sim.add_account("mybot", scopes=["chat:read", "chat:edit"], expires_in_s=1000)

    info = await oauth.validate(account.token)

    assert info is not None
    assert (info.user_id, info.login) == (account.user_id, "mybot")
    assert info.scopes == {"chat:read", "chat:edit"}
    assert info.client_id == sim.client_id
    assert 990 <= info.expires_in_s <= 1000


async def test_an_expired_token_is_not_valid(sim: TwitchSim, oauth: TwitchOAuth) -> None:
    account = sim.add_account("mybot")
    sim.expire_token("mybot")

    assert await oauth.validate(account.token) is None


async def test_an_app_token_is_valid_and_has_no_user(oauth: TwitchOAuth) -> None:
    pair = await oauth.app_token()

    info = await oauth.validate(pair.access_token)

    assert pair.refresh_token == ""
    assert info is not None
    assert (info.user_id, info.login, info.scopes) == ("", "", frozenset())


async def test_a_refresh_gives_a_new_pair(sim: TwitchSim, oauth: TwitchOAuth) -> None:
    account = sim.add_account("mybot", scopes=["chat:read"])

    pair = await oauth.refresh(account.refresh_token)

    assert pair.access_token != account.token
    assert pair.scopes == {"chat:read"}
    assert pair.expires_in_s > 0
    assert await oauth.validate(pair.access_token) is not None


async def test_a_public_client_refreshes_without_a_secret(sim: TwitchSim) -> None:
    sim.add_app("public-client")
    account = sim.add_account("mybot", client_id="public-client")

    async with an_oauth(sim, client_id="public-client") as oauth:
        pair = await oauth.refresh(account.refresh_token)

    assert pair.refresh_token not in ("", account.refresh_token)


@pytest.mark.parametrize("status", [400, 401])
async def test_a_dead_refresh_token_is_told_from_other_failures(
    sim: TwitchSim, oauth: TwitchOAuth, status: int
) -> None:
    account = sim.add_account("mybot")
    sim.configure(refresh_error_status=status)
    sim.disconnect_app("mybot")

    with pytest.raises(TokenRejectedError, match="Invalid refresh token"):
        await oauth.refresh(account.refresh_token)


async def test_a_wrong_secret_does_not_condemn_the_refresh_token(sim: TwitchSim) -> None:
    account = sim.add_account("mybot")

    async with an_oauth(sim, client_id=sim.client_id, client_secret="wrong") as oauth:
        with pytest.raises(ClientIdMissingError, match="invalid client secret"):
            await oauth.refresh(account.refresh_token)


async def test_an_unknown_client_id_is_named_as_the_reason(sim: TwitchSim) -> None:
    async with an_oauth(sim, client_id="unknown") as oauth:
        with pytest.raises(ClientIdMissingError, match="invalid client"):
            await oauth.refresh("whatever")


async def test_without_a_client_id_tokens_are_validated_but_not_renewed(sim: TwitchSim) -> None:
    account = sim.add_account("mybot")

    async with an_oauth(sim, client_id="") as oauth:
        assert await oauth.validate(account.token) is not None
        with pytest.raises(ClientIdMissingError, match="TWITCH_CLIENT_ID"):
            await oauth.refresh(account.refresh_token)


async def test_a_revoked_token_is_not_valid(sim: TwitchSim, oauth: TwitchOAuth) -> None:
    account = sim.add_account("mybot")

    await oauth.revoke(account.token)
    await oauth.revoke(account.token)

    assert await oauth.validate(account.token) is None


@pytest.mark.parametrize("body", ["json", "html", "empty"])
async def test_a_broken_login_service_is_unavailable(
    sim: TwitchSim, oauth: TwitchOAuth, body: str
) -> None:
    sim.fail_http("/oauth2", status=503, body=body, times=3)  # type: ignore[arg-type]  # parametrized

    for call in (oauth.validate("t"), oauth.refresh("t"), oauth.revoke("t")):
        with pytest.raises(UnavailableError):
            await call


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<html>",
        "[1]",
        "{}",
        '{"access_token": 5}',
        '{"access_token": ""}',
        "[" * 100_000,
    ],
)
async def test_an_answer_without_a_token_is_no_token(body: str) -> None:
    with pytest.raises(UnavailableError, match="access_token"):
        await answering(200, body).refresh("t")


async def test_odd_values_beside_a_token_do_not_matter() -> None:
    body = '{"access_token": "a", "scope": [1, "chat:read"], "expires_in": -1, "refresh_token": 3}'

    pair = await answering(200, body).refresh("t")

    assert pair.scopes == {"chat:read"}
    assert (pair.expires_in_s, pair.refresh_token) == (0, "")


async def test_scopes_may_come_as_one_text() -> None:
    pair = await answering(200, '{"access_token": "a", "scope": "b c"}').refresh("t")

    assert pair.scopes == {"b", "c"}


async def test_no_error_and_no_value_shows_a_secret(sim: TwitchSim, oauth: TwitchOAuth) -> None:
    account = sim.add_account("mybot", refresh_token="CANARY-refresh")
    pair = await oauth.refresh(account.refresh_token)
    sim.fail_http("/oauth2", status=500, message="", times=1)

    with pytest.raises(TwitchbotError) as failure:
        await oauth.refresh("CANARY-refresh")

    assert pair.access_token not in repr(pair)
    assert pair.refresh_token not in repr(pair)
    assert "CANARY" not in repr(failure.value) + str(failure.value.__cause__)
    assert sim.client_secret not in repr(oauth) + repr(failure.value)
