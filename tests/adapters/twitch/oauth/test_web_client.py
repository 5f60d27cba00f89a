"""What the HTTP client promises to both of its users."""

import asyncio

import httpx
import pytest

from twitchbot.adapters.twitch.web_client import MAX_BODY_BYTES, WebAnswer, WebClient, text_of
from twitchbot.domain.errors import UnavailableError
from twitchsim.server import TwitchSim


async def test_a_redirect_is_not_followed(sim: TwitchSim) -> None:
    sim.fail_http("/streams", status=302)

    async with WebClient(sim.helix_url) as web:
        answer = await web.get("/streams", (), {})

    assert answer.status == 302


async def test_an_answer_that_takes_too_long_is_given_up(sim: TwitchSim) -> None:
    sim.fail_http("/streams", hang=True)

    async with WebClient(sim.helix_url, total_timeout_s=0.1) as web:
        with pytest.raises(UnavailableError, match="does not answer"):
            await web.get("/streams", (), {})


async def test_a_body_that_trickles_in_is_given_up_too() -> None:
    class Trickle(httpx.AsyncByteStream):
        async def __aiter__(self):  # type: ignore[no-untyped-def]  # as the base class has it
            while True:
                yield b" "
                await asyncio.sleep(0.01)

    transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=Trickle()))
    async with WebClient("http://x.example", total_timeout_s=0.1, transport=transport) as web:
        with pytest.raises(UnavailableError, match="TimeoutError"):
            await web.get("/", (), {})


async def test_a_server_that_is_not_there_is_unavailable() -> None:
    async with WebClient("http://127.0.0.1:1") as web:
        with pytest.raises(UnavailableError, match="ConnectError"):
            await web.post_form("/token", {"refresh_token": "CANARY"})


async def test_an_endless_answer_is_cut() -> None:
    transport = httpx.MockTransport(
        lambda _: httpx.Response(200, content=b"x" * (MAX_BODY_BYTES + 1))
    )
    async with WebClient("http://x.example", transport=transport) as web:
        with pytest.raises(UnavailableError, match="too long"):
            await web.get("/", (), {})


async def test_proxies_of_the_environment_are_ignored(
    sim: TwitchSim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")

    async with WebClient(sim.helix_url) as web:
        answer = await web.get("/streams", (), {})

    assert answer.status == 401


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b'{"message": "no"}', "no"),
        (b'{"message": null}', ""),
        (b"<html>502</html>", ""),
        (b"", ""),
        (b"\xff", ""),
        (b'{"message": "' + b"x" * 500 + b'"}', "x" * 200),
    ],
)
def test_an_explanation_is_found_where_there_is_one(body: bytes, message: str) -> None:
    assert WebAnswer(status=502, headers={}, body=body).message == message


def test_text_that_cannot_be_stored_is_replaced() -> None:
    answer = WebAnswer(status=200, headers={}, body=b'{"a": "x\\u0000y\\ud83dz\\ud83d\\ude02"}')

    assert text_of(answer.json()["a"]) == "x\ufffdy\ufffdz\U0001f602"
