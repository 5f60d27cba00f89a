import httpx
import pytest

from tests.twitchsim.helix_client import HelixClient, message_of
from twitchsim.server import TwitchSim
from twitchsim.verbs.accounts import Account


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"Authorization": ""}, "OAuth token is missing"),
        ({"Authorization": "Bearer wrong"}, "Invalid OAuth token"),
        ({"Client-Id": ""}, "Client ID is missing"),
        ({"Client-Id": "other"}, "Client ID and OAuth token do not match"),
    ],
)
async def test_a_caller_must_prove_who_it_is(
    helix: HelixClient, change: dict[str, str], text: str
) -> None:
    helix.headers |= change

    response = await helix.call("GET", "/users")

    assert response.status_code == 401
    assert response.json()["error"] == "Unauthorized"
    assert message_of(response) == text


async def test_an_expired_token_is_invalid(sim: TwitchSim, helix: HelixClient) -> None:
    sim.advance(14_125)

    assert message_of(await helix.call("GET", "/users")) == "Invalid OAuth token"


async def test_each_answer_tells_the_points_left(helix: HelixClient) -> None:
    first = await helix.call("GET", "/users")
    second = await helix.call("GET", "/users")

    assert first.headers["Ratelimit-Limit"] == "800"
    assert first.headers["Ratelimit-Remaining"] == "799"
    assert second.headers["Ratelimit-Remaining"] == "798"


async def test_an_empty_bucket_answers_429_until_it_refills(
    sim: TwitchSim, helix: HelixClient
) -> None:
    await helix.call("GET", "/users")
    sim.drain_points("mybot")

    limited = await helix.call("GET", "/users")
    sim.advance(1)
    refilled = await helix.call("GET", "/users")

    assert limited.status_code == 429
    assert limited.headers["Ratelimit-Remaining"] == "0"
    assert int(limited.headers["Ratelimit-Reset"]) > sim.state.clock.now()
    assert refilled.status_code == 200


async def test_an_ordered_failure_replaces_the_next_answers(
    sim: TwitchSim, helix: HelixClient
) -> None:
    sim.fail_http("/streams", status=503, body="html", times=2)
    sim.fail_http("/streams", status=500)
    sim.fail_http("/streams", status=502, body="empty")

    answers = [await helix.call("GET", "/streams") for _ in range(5)]

    assert [answer.status_code for answer in answers] == [503, 503, 500, 502, 200]
    assert answers[0].headers["content-type"].startswith("text/html")
    assert answers[2].json() == {
        "error": "Internal Server Error",
        "status": 500,
        "message": "",
    }
    assert answers[3].content == b""


async def test_a_request_can_hang(sim: TwitchSim, bot: Account) -> None:
    sim.fail_http("/users", hang=True)
    async with httpx.AsyncClient(timeout=httpx.Timeout(5.0, read=0.05), verify=False) as impatient:
        with pytest.raises(httpx.ReadTimeout):
            await HelixClient(impatient, sim, bot).call("GET", "/users")


async def test_a_late_answer_is_still_the_real_one(sim: TwitchSim, helix: HelixClient) -> None:
    sim.fail_http("/users", status=None, delay_s=0.01)

    assert (await helix.data("/users"))[0]["login"] == "mybot"


async def test_an_unknown_endpoint_is_not_found(helix: HelixClient) -> None:
    assert (await helix.call("GET", "/nothing")).status_code == 404


async def test_a_body_must_be_a_json_object(sim: TwitchSim, helix: HelixClient) -> None:
    async with httpx.AsyncClient(timeout=5, verify=False) as http:
        url = f"{sim.helix_url}/chat/messages"
        broken = await http.post(url, content=b"{", headers=helix.headers)
        listed = await http.post(url, content=b"[]", headers=helix.headers)

    assert (broken.status_code, listed.status_code) == (400, 400)
