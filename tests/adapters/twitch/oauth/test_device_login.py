"""The device code flow."""

import httpx
import pytest

from tests.support.simulated_twitch import an_oauth
from twitchbot.adapters.twitch.oauth import TwitchOAuth
from twitchbot.adapters.twitch.web_client import WebClient
from twitchbot.domain.account import TokenPair
from twitchbot.domain.errors import ClientIdMissingError, InvalidInputError, UnavailableError
from twitchbot.usecases.ports.authorizer import DeviceAnswer
from twitchsim.server import TwitchSim


async def test_a_login_begins_with_a_code_for_the_person(
    sim: TwitchSim, oauth: TwitchOAuth
) -> None:
    code = await oauth.start_device({"chat:read", "chat:edit"})

    assert code.user_code in code.verification_uri
    assert (code.expires_in_s, code.interval_s) == (1800, 5)
    assert code.device_code not in repr(code)


async def test_a_login_is_pending_until_the_person_agrees(
    sim: TwitchSim, oauth: TwitchOAuth
) -> None:
    code = await oauth.start_device({"chat:read"})

    before = await oauth.poll_device(code)
    sim.approve_device(code.user_code, "mybot")
    after = await oauth.poll_device(code)

    assert before is DeviceAnswer.PENDING
    assert isinstance(after, TokenPair)
    assert after.scopes == {"chat:read"}
    info = await oauth.validate(after.access_token)
    assert info is not None
    assert info.login == "mybot"


async def test_a_code_that_ended_or_was_refused_is_unknown(
    sim: TwitchSim, oauth: TwitchOAuth
) -> None:
    refused, ended = await oauth.start_device({"a:b"}), await oauth.start_device({"a:b"})

    sim.deny_device(refused.user_code)
    answer_to_refused = await oauth.poll_device(refused)
    sim.advance(1801)
    answer_to_ended = await oauth.poll_device(ended)

    assert answer_to_refused is DeviceAnswer.UNKNOWN_CODE
    assert answer_to_ended is DeviceAnswer.UNKNOWN_CODE


async def test_asking_too_often_is_told(sim: TwitchSim, oauth: TwitchOAuth) -> None:
    sim.configure(device_slow_down=True)
    code = await oauth.start_device({"chat:read"})

    await oauth.poll_device(code)

    assert await oauth.poll_device(code) is DeviceAnswer.SLOW_DOWN


async def test_a_refusal_by_its_standard_name_is_understood() -> None:
    denial = httpx.MockTransport(lambda _: httpx.Response(400, json={"message": "access_denied"}))
    started = httpx.MockTransport(
        lambda _: httpx.Response(
            200, json={"device_code": "d", "user_code": "U", "verification_uri": "https://x"}
        )
    )

    code = await TwitchOAuth(
        WebClient("http://id.example", transport=started), client_id="c"
    ).start_device(())
    answer = await TwitchOAuth(
        WebClient("http://id.example", transport=denial), client_id="c"
    ).poll_device(code)

    assert answer is DeviceAnswer.DENIED


async def test_an_unknown_scope_is_the_callers_mistake(oauth: TwitchOAuth) -> None:
    with pytest.raises(InvalidInputError, match="NOT-A-SCOPE"):
        await oauth.start_device({"NOT-A-SCOPE"})


async def test_a_login_needs_a_client_id(sim: TwitchSim) -> None:
    async with an_oauth(sim, client_id="") as oauth:
        with pytest.raises(ClientIdMissingError):
            await oauth.start_device({"chat:read"})


async def test_an_answer_we_do_not_know_is_no_refusal(sim: TwitchSim, oauth: TwitchOAuth) -> None:
    code = await oauth.start_device({"chat:read"})
    sim.fail_http("/oauth2/token", status=400, message="try harder")

    with pytest.raises(UnavailableError, match="try harder"):
        await oauth.poll_device(code)
