from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.chat_lines import a_line, captured_lines
from twitchbot.adapters.twitch.chat.translate import translate
from twitchbot.domain.message import ChatMessage

LINES = captured_lines()
RECEIVED_US = 1_767_225_700_000_000


def the(name: str) -> ChatMessage:
    message = translate(LINES[name], RECEIVED_US)
    assert message is not None
    return message


def test_a_plain_message_has_everything_that_twitch_told() -> None:
    assert the("plain") == ChatMessage(
        message_id="10000000-0000-4000-8000-000000000001",
        channel_id="2001",
        channel="chan",
        user_id="3001",
        username="viewer1",
        display_name="Viewer1",
        text="hello there",
        color="#1E90FF",
        tags={"client-nonce": "0123456789abcdef0123456789abcdef"},
        sent_ms=1_767_225_600_001,
        received_us=RECEIVED_US,
    )


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("plain", set()),
        ("moderator", {"moderator", "subscriber"}),
        ("lead_moderator", {"lead_moderator", "moderator"}),
        ("broadcaster", {"broadcaster"}),
        ("vip", {"vip"}),
        ("founder", {"subscriber"}),
        ("tags_in_other_order", {"vip"}),
    ],
)
def test_roles_come_from_badges_and_flags(name: str, roles: set[str]) -> None:
    message = the(name)

    held = {
        role
        for role in ("broadcaster", "lead_moderator", "moderator", "vip", "subscriber")
        if getattr(message, f"is_{role}")
    }
    assert held == roles


@pytest.mark.parametrize(
    ("tags", "role"),
    [({"mod": "1"}, "moderator"), ({"subscriber": "1"}, "subscriber"), ({"vip": "1"}, "vip")],
)
def test_a_flag_alone_is_enough_for_a_role(tags: dict[str, str], role: str) -> None:
    message = translate(a_line(**tags), RECEIVED_US)

    assert getattr(message, f"is_{role}") is True


def test_badges_and_emotes_are_kept_as_they_were_sent() -> None:
    message = the("moderator")

    assert message.badges == "moderator/1,subscriber/12"
    assert message.badge_info == "subscriber/22"
    assert message.emotes == "25:0-4/1902:6-10"
    assert message.tags == {}


def test_tags_without_a_field_are_kept_if_they_tell_something() -> None:
    assert the("vip").tags == {
        "custom-reward-id": "20000000-0000-4000-8000-000000000005",
        "flags": "0-2:S.5",
    }
    assert the("name_in_cjk_with_space").tags == {"first-msg": "1"}
    assert the("tags_in_other_order").tags == {"new-tag": "new"}


def test_cheered_bits_are_a_number() -> None:
    assert the("cheer").bits == 100


def test_a_reply_names_its_parent_and_its_thread() -> None:
    message = the("reply")

    assert message.reply_parent_message_id == "20000000-0000-4000-8000-000000000001"
    assert message.reply_thread_message_id == "20000000-0000-4000-8000-000000000002"
    assert message.text == "@Viewer2 yes"
    assert message.tags["reply-parent-msg-body"] == "hello there; a=b"


@pytest.mark.parametrize("name", ["action", "action_without_end"])
def test_an_action_is_unwrapped(name: str) -> None:
    assert (the(name).text, the(name).is_action) == ("waves", True)


def test_a_message_from_a_partner_channel_names_its_source() -> None:
    message = the("shared_copy")

    assert message.is_shared_copy
    assert message.source_channel_id == "2002"
    assert message.source_message_id == "20000000-0000-4000-8000-000000000003"
    assert message.channel_id == "2001"


def test_in_its_own_channel_a_shared_message_is_no_copy() -> None:
    assert not the("shared_original").is_shared_copy


def test_a_name_keeps_its_script_and_its_trailing_space() -> None:
    message = the("name_in_cjk_with_space")

    assert message.display_name == "観客 "
    assert message.text == "Kappa 😂 Kappa"


def test_without_a_display_name_the_login_is_shown() -> None:
    assert the("no_display_name").display_name == "viewer1"


def test_predictions_bring_free_text_into_badge_info() -> None:
    assert the("prediction").badge_info == "predictions/NOO WAY,subscriber/3"


def test_a_line_without_tags_is_a_message_too() -> None:
    message = the("no_tags")

    assert (message.channel, message.username, message.text) == ("chan", "viewer1", "ancient")
    assert message.user_id == ""
    assert message.sent_ms_estimated


def test_runs_of_spaces_are_skipped_outside_the_text_only() -> None:
    assert the("many_spaces").text == "spaced  out"


def test_the_same_line_read_again_is_the_same_message() -> None:
    assert all(
        translate(line, RECEIVED_US) == translate(line, RECEIVED_US) for line in LINES.values()
    )


@given(st.binary(max_size=300), st.integers(0, 2**52))
def test_no_bytes_can_stop_the_translator(data: bytes, received_us: int) -> None:
    translate(data, received_us)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "id",
                "color",
                "badges",
                "emotes",
                "bits",
                "mod",
                "vip",
                "tmi-sent-ts",
                "source-room-id",
                "reply-parent-msg-id",
                "badge-info",
            ]
        ),
        st.text(max_size=20),
    ),
    st.text(min_size=1, max_size=20),
)
def test_no_tag_can_stop_the_translator(tags: dict[str, str], text: str) -> None:
    changed = {name: value.replace(";", "").replace(" ", "") for name, value in tags.items()}

    message = translate(a_line(text.encode("utf-8", "replace").decode(), **changed), RECEIVED_US)

    assert message is not None
    assert "\0" not in repr(message)
    assert 0 < len(message.message_id) <= 128
