import asyncio
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from twitchsim.server import TwitchSim
from twitchsim.verbs.accounts import Account

REDIRECT = "http://localhost/callback"


async def token(
    http: httpx.AsyncClient, sim: TwitchSim, grant: str, **fields: str
) -> httpx.Response:
    form = {"client_id": sim.client_id, "client_secret": sim.client_secret, "grant_type": grant}
    return await http.post(f"{sim.oauth_url}/token", data={**form, **fields})


async def validate(http: httpx.AsyncClient, sim: TwitchSim, value: str) -> httpx.Response:
    headers = {"Authorization": f"OAuth {value}"}
    return await http.get(f"{sim.oauth_url}/validate", headers=headers)


async def test_a_valid_token_is_described(
    sim: TwitchSim, bot: Account, http: httpx.AsyncClient
) -> None:
    body = (await validate(http, sim, bot.token)).json()

    assert (body["login"], body["user_id"]) == ("mybot", "1001")
    assert "chat:read" in body["scopes"]
    assert 14_000 < body["expires_in"] <= 14_124


async def test_an_invalid_or_missing_token_is_401(sim: TwitchSim, http: httpx.AsyncClient) -> None:
    wrong = await validate(http, sim, "wrong")
    missing = await http.get(f"{sim.oauth_url}/validate")

    assert wrong.json() == {"status": 401, "message": "invalid access token"}
    assert missing.json()["message"] == "missing authorization token"


async def test_a_confidential_app_keeps_its_refresh_token(
    sim: TwitchSim, bot: Account, http: httpx.AsyncClient
) -> None:
    answers = [
        (await token(http, sim, "refresh_token", refresh_token=bot.refresh_token)).json()
        for _ in range(2)
    ]

    assert [answer["refresh_token"] for answer in answers] == [bot.refresh_token] * 2
    assert answers[0]["access_token"] != answers[1]["access_token"]
    assert "chat:edit" in answers[0]["scope"]
    assert (await validate(http, sim, answers[0]["access_token"])).status_code == 200


async def test_a_single_use_refresh_token_works_once_in_a_race(
    sim: TwitchSim, bot: Account, http: httpx.AsyncClient
) -> None:
    sim.configure(confidential_refresh_is_single_use=True)

    answers = await asyncio.gather(
        *(token(http, sim, "refresh_token", refresh_token=bot.refresh_token) for _ in range(5))
    )

    good = [answer for answer in answers if answer.status_code == 200]
    bad = [answer for answer in answers if answer.status_code != 200]
    assert len(good) == 1
    assert good[0].json()["refresh_token"] != bot.refresh_token
    assert {answer.text for answer in bad} == {'{"status":400,"message":"Invalid refresh token"}'}
    assert sim.state.counts["oauth.refreshes"] == 1


async def test_a_lost_refresh_response_still_uses_the_token_up(
    sim: TwitchSim, bot: Account, http: httpx.AsyncClient
) -> None:
    sim.configure(confidential_refresh_is_single_use=True)
    sim.lose_refresh_response()

    lost = await token(http, sim, "refresh_token", refresh_token=bot.refresh_token)
    again = await token(http, sim, "refresh_token", refresh_token=bot.refresh_token)

    assert (lost.status_code, again.status_code) == (504, 400)


@pytest.mark.parametrize(
    ("fields", "status", "text"),
    [
        ({"client_id": ""}, 400, "missing client id"),
        ({"client_id": "unknown"}, 400, "invalid client"),
        ({"client_secret": "wrong"}, 403, "invalid client secret"),
        ({"client_secret": ""}, 400, "missing client secret"),
        ({"refresh_token": ""}, 400, "missing refresh token"),
        ({"refresh_token": "wrong"}, 400, "Invalid refresh token"),
        ({"grant_type": ""}, 400, "missing grant type"),
        ({"grant_type": "magic"}, 400, "unsupported grant type"),
    ],
)
async def test_a_bad_refresh_is_told_apart(
    sim: TwitchSim,
    bot: Account,
    http: httpx.AsyncClient,
    *,
    fields: dict[str, str],
    status: int,
    text: str,
) -> None:
    form = {"refresh_token": bot.refresh_token, **fields}
    grant = form.pop("grant_type", "refresh_token")

    response = await token(http, sim, grant, **form)

    assert response.json() == {"status": status, "message": text}
    assert response.status_code == status


async def test_an_app_token_has_no_user_and_no_refresh_token(
    sim: TwitchSim, http: httpx.AsyncClient
) -> None:
    body = (await token(http, sim, "client_credentials")).json()

    described = (await validate(http, sim, body["access_token"])).json()
    assert body.keys() == {"access_token", "expires_in", "token_type"}
    assert "login" not in described
    assert described["scopes"] is None


async def test_a_revoked_token_is_invalid_and_may_be_revoked_again(
    sim: TwitchSim, bot: Account, http: httpx.AsyncClient
) -> None:
    form = {"client_id": sim.client_id, "token": bot.token}

    answers = [await http.post(f"{sim.oauth_url}/revoke", data=form) for _ in range(2)]
    form["client_id"] = "x"
    unknown = await http.post(f"{sim.oauth_url}/revoke", data=form)

    assert [(answer.status_code, answer.content) for answer in answers] == [(200, b"")] * 2
    assert (await validate(http, sim, bot.token)).status_code == 401
    assert unknown.json()["message"] == "Invalid client_id: x"


async def test_a_device_login_is_pending_until_a_person_grants_it(
    sim: TwitchSim, http: httpx.AsyncClient
) -> None:
    sim.add_app("public-app")
    form = {"client_id": "public-app", "scopes": "chat:read chat:edit"}
    device = (await http.post(f"{sim.oauth_url}/device", data=form)).json()

    async def poll() -> httpx.Response:
        grant = "urn:ietf:params:oauth:grant-type:device_code"
        form = {"client_id": "public-app", "grant_type": grant}
        fields = {"device_code": device["device_code"], "scopes": "chat:read chat:edit"}
        return await http.post(f"{sim.oauth_url}/token", data={**form, **fields})

    pending = await poll()
    page = await http.get(device["verification_uri"])
    await http.get(device["verification_uri"], params={"login": "newbot"})
    sim.approve_device(device["user_code"], "newbot")
    granted = (await poll()).json()
    used = await poll()

    assert (device["interval"], device["expires_in"]) == (5, 1800)
    assert len(device["device_code"]) == 40
    assert pending.json() == {"status": 400, "message": "authorization_pending"}
    assert "Authorize" in page.text
    assert (await validate(http, sim, granted["access_token"])).json()["login"] == "newbot"
    assert used.json()["message"] == "invalid device code"


@pytest.mark.parametrize("end", ["denied", "expired", "spurious", "slow_down"])
async def test_a_device_login_can_end_badly(
    sim: TwitchSim, http: httpx.AsyncClient, end: str
) -> None:
    sim.configure(spurious_device_errors=1 if end == "spurious" else 0)
    form = {"client_id": sim.client_id, "scopes": "chat:read"}
    device = (await http.post(f"{sim.oauth_url}/device", data=form)).json()
    grant = "urn:ietf:params:oauth:grant-type:device_code"
    texts = {"slow_down": ["authorization_pending", "slow_down"]}
    texts["spurious"] = ["invalid device code", "authorization_pending"]
    if end == "denied":
        sim.deny_device(device["user_code"])
    if end == "expired":
        sim.advance(1801)
    if end == "slow_down":
        sim.configure(device_slow_down=True)

    seen = [
        (await token(http, sim, grant, device_code=device["device_code"])).json()["message"]
        for _ in range(2)
    ]

    assert seen == texts.get(end, ["invalid device code"] * 2)


async def test_a_code_comes_by_redirect_and_is_redeemed_once(
    sim: TwitchSim, http: httpx.AsyncClient
) -> None:
    sim.state.tokens.apps[sim.client_id].redirect_uris.append(REDIRECT)
    sim.consent_as("streamer")
    query = {"client_id": sim.client_id, "redirect_uri": REDIRECT, "scope": "chat:read"}

    answer = await http.get(f"{sim.oauth_url}/authorize", params={**query, "state": "s1"})
    location = parse_qs(urlsplit(answer.headers["location"]).query)
    fields = {"code": location["code"][0], "redirect_uri": REDIRECT}
    redeemed = (await token(http, sim, "authorization_code", **fields)).json()
    again = await token(http, sim, "authorization_code", **fields)

    assert (answer.status_code, location["state"]) == (302, ["s1"])
    assert redeemed["scope"] == ["chat:read"]
    assert again.json()["message"] == "Invalid authorization code"


async def test_who_denies_or_comes_from_elsewhere_gets_no_code(
    sim: TwitchSim, http: httpx.AsyncClient
) -> None:
    sim.state.tokens.apps[sim.client_id].redirect_uris.append(REDIRECT)
    query = {"client_id": sim.client_id, "redirect_uri": REDIRECT, "scope": "chat:read"}

    denied = await http.get(f"{sim.oauth_url}/authorize", params=query)
    query["redirect_uri"] = REDIRECT + "/"
    elsewhere = await http.get(f"{sim.oauth_url}/authorize", params=query)

    assert "error=access_denied" in denied.headers["location"]
    assert "error=redirect_mismatch" in elsewhere.headers["location"]
