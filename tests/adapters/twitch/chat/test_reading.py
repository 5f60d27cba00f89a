from __future__ import annotations

import pytest

from twitchbot.adapters.twitch.chat.events import (
    ChatEvent,
    Joined,
    LoggedIn,
    LoginFailed,
    LoginProblem,
    Notice,
    OwnProfile,
    OwnState,
    Parted,
    ReconnectRequested,
)
from twitchbot.adapters.twitch.chat.reading import ServerLine, read_event


def read(
    kind: str, target: str = "#chan", *arguments: str, nick: str = "", **tags: str
) -> ChatEvent | None:
    named = {name.replace("_", "-"): value for name, value in tags.items()}
    line = ServerLine(kind=kind, nick=nick, target=target, arguments=arguments, tags=named)
    return read_event(line, "mybot")


@pytest.mark.parametrize("kind", ["welcome", "endofmotd"])
def test_either_numeric_means_logged_in(kind: str) -> None:
    assert read(kind, "MyBot", "Welcome, GLHF!") == LoggedIn("mybot")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Login authentication failed", LoginProblem.AUTHENTICATION),
        ("login AUTHENTICATION failed.", LoginProblem.AUTHENTICATION),
        ("Improperly formatted auth", LoginProblem.CONFIGURATION),
        ("Improperly formatted AUTH", LoginProblem.CONFIGURATION),
        ("Invalid NICK", LoginProblem.CONFIGURATION),
        ("Login unsuccessful", LoginProblem.CONFIGURATION),
        ("Error logging in", LoginProblem.CONFIGURATION),
    ],
)
def test_each_login_failure_is_known(text: str, problem: LoginProblem) -> None:
    assert read("privnotice", "*", text) == LoginFailed(problem, text)


def test_other_notices_of_the_server_are_no_failure() -> None:
    assert read("privnotice", "*", "Maintenance tonight") is None


def test_a_notice_about_a_channel_may_lack_its_code() -> None:
    assert read("pubnotice", "#Chan", "hello", msg_id="x") == Notice("chan", "x", "hello")
    assert read("pubnotice", "#chan", "hello") == Notice("chan", "", "hello")


def test_only_our_own_join_and_part_count() -> None:
    assert read("join", nick="mybot") == Joined("chan")
    assert read("join", nick="viewer1") is None
    assert read("part", nick="MyBot") == Parted("chan")
    assert read("part", nick="viewer1") is None


def test_a_room_state_with_an_id_says_that_we_are_in() -> None:
    assert read("roomstate", room_id="2001", slow="5") == Joined("chan", "2001")
    assert read("roomstate", slow="5") is None


def test_the_own_state_has_badges_and_the_moderator_flag() -> None:
    assert read("userstate", badges="vip/1", badge_info="", mod="1", id="m1") == OwnState(
        channel="chan", badges="vip/1", badge_info="", is_moderator=True, message_id="m1"
    )


def test_the_own_profile_has_the_user_id() -> None:
    event = read("globaluserstate", "", user_id="1001", display_name="MyBot", color="#FF0000")

    assert event == OwnProfile(user_id="1001", display_name="MyBot", color="#FF0000")


def test_a_wish_to_reconnect_is_understood_and_the_unknown_is_not() -> None:
    assert read("reconnect", "") == ReconnectRequested()
    assert read("frobnicate") is None
