"""No secret is found anywhere but where it is sealed."""

from __future__ import annotations

from pathlib import Path

from tests.support.questions import message_said
from tests.support.running_bot import chat_environment, until_joined
from tests.support.service_process import ServiceProcess
from tests.support.waiting import eventually
from twitchbot.api.account_service_pb2 import ListAccountsRequest
from twitchsim.server import TwitchSim

CANARY = "CANARY"


async def test_no_token_and_no_password_leaves_the_process(sim: TwitchSim, tmp_path: Path) -> None:
    sim.add_app("canaryclient", f"{CANARY}clientsecret")
    bot = sim.add_account(
        "mybot",
        token=f"{CANARY}accesstoken",
        refresh_token=f"{CANARY}refreshtoken",
        client_id="canaryclient",
    )
    settings = chat_environment(
        sim,
        "chan",
        token=f"oauth:{bot.token}",
        TWITCH_REFRESH_TOKEN=bot.refresh_token,
        TWITCH_CLIENT_ID="canaryclient",
        TWITCH_CLIENT_SECRET=f"{CANARY}clientsecret",
        SECRET_KEYS=f"{CANARY}secretkeysecretkeysecretkeysecretkey",
        DB_PASSWORD=f"{CANARY}password",
        LOG_LEVEL="debug",
        TWITCH_IRC_DEBUG="true",
    )
    secrets = {CANARY}
    async with ServiceProcess(tmp_path, settings) as service:
        await service.until_ready()
        await until_joined(service, ["chan"])
        await sim.say("chan", "anna", "hello")
        await message_said(service, "chan", "hello")
        secrets |= await _renew_the_token(sim)
        await _lose_the_token(sim)
        told = [
            str(await service.call("AccountService/ListAccounts", ListAccountsRequest())),
            (await service.get("/metrics")).text,
            (await service.get("/health")).text,
        ]
        assert await service.terminate() == 0
        told += service.output + service.errors

    assert len(secrets) > 1, "no token was renewed"
    assert len(service.log) > 20, "nothing was logged that could hold a secret"
    assert [text for text in told if any(secret in text for secret in secrets)] == []
    files = {path.name: path.read_bytes() for path in (tmp_path / "data").iterdir()}
    assert "twitchbot.db" in files
    for name, content in files.items():
        assert [secret for secret in secrets if secret.encode() in content] == [], name


async def _renew_the_token(sim: TwitchSim) -> set[str]:
    """Let the token end, and return the ones that took its place."""
    sim.expire_token("mybot")
    sim.cut()
    await eventually(lambda: sim.state.counts["oauth.refreshes"] >= 1)
    tokens = sim.state.tokens
    return {token for token in (*tokens._access, *tokens._refresh) if CANARY not in token}


async def _lose_the_token(sim: TwitchSim) -> None:
    """Let Twitch's servers fail, and then the login."""
    failures = sim.state.counts["irc.login_failures"]
    sim.fail_http("/helix", status=500, body="html", times=3)
    sim.disconnect_app("mybot")
    sim.cut()
    await eventually(lambda: sim.state.counts["irc.login_failures"] > failures)
