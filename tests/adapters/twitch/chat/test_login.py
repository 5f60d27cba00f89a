from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from tests.support.chat_sources import (
    Ears,
    a_chat_source,
    a_running_source,
    connected,
    credentials_of,
    settings_for,
)
from tests.support.simulated_twitch import a_twitch
from tests.support.waiting import eventually
from twitchbot.adapters.twitch.chat.settings import Credentials
from twitchbot.domain.errors import ChatUnavailableError
from twitchsim.server import TwitchSim
from twitchsim.settings import SimSettings


async def test_without_credentials_it_reads_as_a_guest() -> None:
    async with a_twitch() as sim, a_running_source(sim, Ears()) as source:
        await connected(source)

        status = source.status()
        assert status.anonymous
        assert not status.authenticated
        assert status.login.startswith("justinfan")
        assert status.connected_since is not None


async def test_with_a_token_it_is_the_tokens_user() -> None:
    async with a_twitch() as sim:
        bot = sim.add_account("mybot", user_id="1001")
        ears = Ears(credentials=Credentials(login="OtherName", access_token=f"oauth:{bot.token}"))

        async with a_running_source(sim, ears) as source:
            await connected(source)

            status = source.status()
            assert status.authenticated
            assert (status.login, status.user_id) == ("mybot", "1001")
            assert (status.last_error, status.reconnects) == ("", 0)


async def test_it_talks_tls_and_checks_the_certificate() -> None:
    async with TwitchSim(SimSettings()) as sim:
        trusting = {"port": sim.irc_tls_port, "tls": True, "ca_file": Path(sim.ca_file)}
        async with a_running_source(sim, Ears(), **trusting) as source:
            await connected(source)

        wary = {"port": sim.irc_tls_port, "tls": True}
        async with a_running_source(sim, Ears(), **wary) as source:
            await eventually(lambda: "certificate" in source.status().last_error.lower())
            assert not source.status().connected


async def test_a_rejected_token_is_renewed_once_and_tried_at_once() -> None:
    async with a_twitch() as sim:
        bot = sim.add_account("mybot")
        ears = Ears(
            credentials=Credentials(login="mybot", access_token="stale"),
            renewed=credentials_of(bot),
        )

        async with a_running_source(sim, ears, login_retry_base_s=60.0) as source:
            await connected(source)

        assert ears.rejected_tokens == ["stale"]


async def test_a_renewed_token_that_is_rejected_too_makes_us_wait() -> None:
    async with a_twitch() as sim:
        ears = Ears(
            credentials=Credentials(login="mybot", access_token="stale"),
            renewed=Credentials(login="mybot", access_token="stale too"),
        )

        async with a_running_source(sim, ears, login_retry_base_s=60.0) as source:
            await eventually(lambda: sim.state.counts["irc.login_failures"] == 2)
            await eventually(lambda: source.status().last_error != "")
            await asyncio.sleep(0.1)

            assert source.status().last_error == "Login authentication failed"
            assert sim.state.counts["irc.login_failures"] == 2
            assert ears.rejected_tokens == ["stale"]


async def test_a_dead_token_makes_a_guest_of_us_at_once() -> None:
    async with a_twitch() as sim:
        ears = Ears(
            credentials=Credentials(login="mybot", access_token="stale"),
            is_guest_after_rejection=True,
        )

        async with a_running_source(sim, ears, login_retry_base_s=60.0) as source:
            await connected(source)

            assert source.status().anonymous


@pytest.mark.parametrize(
    "text",
    [
        "Login authentication failed",
        "Improperly formatted auth",
        "Invalid NICK",
        "Login unsuccessful",
        "Error logging in",
    ],
)
@pytest.mark.parametrize("cap_ack", ["at_once", "after_login"])
async def test_each_refused_login_is_reported_and_not_hammered(text: str, cap_ack: str) -> None:
    async with a_twitch(cap_ack=cap_ack) as sim:
        ears = Ears(credentials=credentials_of(sim.add_account("mybot")))
        sim.fail_logins(text, times=100)

        async with a_running_source(sim, ears, login_retry_base_s=60.0) as source:
            await eventually(lambda: source.status().last_error == text)

            assert sim.state.counts["irc.login_failures"] == 1


async def test_after_a_refused_login_it_tries_again_with_the_credentials_of_then() -> None:
    async with a_twitch() as sim:
        bot = sim.add_account("mybot")
        ears = Ears(credentials=Credentials(login="mybot", access_token="stale"))

        async with a_running_source(sim, ears, login_retry_base_s=0.05) as source:
            await eventually(lambda: source.status().last_error != "")
            ears.credentials = credentials_of(bot)
            await connected(source)

            assert source.status().last_error == ""


async def test_a_new_login_need_not_wait() -> None:
    async with a_twitch() as sim:
        bot = sim.add_account("mybot")
        ears = Ears(credentials=Credentials(login="mybot", access_token="stale"))

        async with a_running_source(sim, ears, login_retry_base_s=60.0) as source:
            await eventually(lambda: source.status().last_error != "")
            ears.credentials = credentials_of(bot)
            source.log_in_anew()
            await connected(source)


async def test_a_guest_becomes_a_user_when_told_to_log_in_anew() -> None:
    async with a_twitch() as sim:
        bot = sim.add_account("mybot")
        ears = Ears()

        async with a_running_source(sim, ears) as source:
            await connected(source)
            ears.credentials = credentials_of(bot)
            source.log_in_anew()
            await eventually(lambda: source.status().authenticated)

            assert source.status().login == "mybot"


async def test_who_logs_in_while_a_connection_is_being_made_is_logged_in() -> None:
    async with a_twitch(login_delay_s=0.2) as sim:
        bot = sim.add_account("mybot")
        ears = Ears()

        async with a_running_source(sim, ears) as source:
            await eventually(lambda: len(sim.ledger.connections) == 1)
            ears.credentials = credentials_of(bot)
            source.log_in_anew()
            await connected(source)

            assert source.status().login == "mybot"
            assert source.status().reconnects == 0


async def test_who_logs_in_while_credentials_are_being_read_is_logged_in() -> None:
    class SlowEars(Ears):
        """Looks the credentials up, and takes its time to hand them out."""

        async def give_credentials(self) -> Credentials | None:
            found = await super().give_credentials()
            await asyncio.sleep(0.05)
            return found

    async with a_twitch() as sim:
        bot = sim.add_account("mybot")
        ears = SlowEars()

        async with a_running_source(sim, ears) as source:
            await eventually(lambda: ears.times_asked == 1)
            ears.credentials = credentials_of(bot)
            source.log_in_anew()
            await connected(source)

            assert source.status().login == "mybot"
            assert len(sim.ledger.connections) == 1


async def test_silence_after_the_login_is_a_failed_connection() -> None:
    async with (
        a_twitch(login_delay_s=60.0) as sim,
        a_running_source(sim, Ears(), login_timeout_s=0.05) as source,
    ):
        await eventually(lambda: source.status().last_error == "no answer to the login")


async def test_credentials_that_cannot_be_a_line_are_never_sent() -> None:
    async with a_twitch() as sim:
        ears = Ears(credentials=Credentials(login="mybot", access_token="CANARY\r\nQUIT"))

        async with a_running_source(sim, ears, login_retry_base_s=60.0) as source:
            await eventually(lambda: source.status().last_error != "")

            assert "CANARY" not in source.status().last_error


async def test_a_server_that_is_away_is_tried_until_there_were_enough_failures() -> None:
    async with a_twitch() as sim:
        sim.refuse_connections()
        source = a_chat_source(settings_for(sim, retry_max_attempts=3), Ears())

        with pytest.raises(ChatUnavailableError, match="gave up after 3 failed connections"):
            await asyncio.wait_for(source.run(), timeout=5)


async def test_no_log_line_and_no_repr_holds_the_token(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with a_twitch() as sim:
        bot = sim.add_account("mybot", token="canary0123456789canary01234567")
        credentials = credentials_of(bot)
        ears = Ears(credentials=credentials)

        with capture_logs() as logs:
            async with a_running_source(sim, ears) as source:
                await connected(source)

        seen = repr((logs, caplog.text, credentials, source.status()))
        assert "connected to Twitch chat" in seen
        assert "canary" not in seen


async def test_stopping_before_it_ran_or_twice_is_fine() -> None:
    async with a_twitch() as sim:
        source = a_chat_source(settings_for(sim), Ears())

        await source.stop()
        await source.stop()


async def test_stopping_says_goodbye_and_leaves_no_task() -> None:
    async with a_twitch() as sim:
        async with a_running_source(sim, Ears()) as source:
            await connected(source)
        await eventually(lambda: sim.ledger.connections[0].closed_at is not None)

        assert sim.ledger.connections[0].close_reason == "quit"
        names = {task.get_name() for task in asyncio.all_tasks()}
        assert not {name for name in names if name.startswith("twitch-chat")}
        assert not source.status().connected
