"""What a broken or malicious server can send; the numbers are those of our list of bad inputs."""

from __future__ import annotations

import pytest

from tests.support.chat_lines import a_line
from twitchbot.adapters.twitch.chat.lines import MAX_LINE_BYTES, LineSplitter
from twitchbot.adapters.twitch.chat.outgoing import encode_line
from twitchbot.adapters.twitch.chat.pongs import MAX_PER_SECOND, MAX_TOKEN_BYTES, Pongs
from twitchbot.adapters.twitch.chat.translate import translate
from twitchbot.domain.message import ChatMessage

RECEIVED_US = 1_767_225_700_000_000


def read(line: bytes, received_us: int = RECEIVED_US) -> ChatMessage:
    message = translate(line, received_us)
    assert message is not None
    return message


@pytest.mark.parametrize("chunk", [1, 100, 17_000, 100_000])
def test_l1_a_line_of_17_kb_is_dropped_and_the_next_is_fine(chunk: int) -> None:
    splitter = LineSplitter()
    data = b"before\r\n" + b"x" * 17_000 + b"\r\nafter\r\n"

    lines = [
        line
        for start in range(0, len(data), chunk)
        for line in splitter.feed(data[start : start + chunk])
    ]

    assert lines == [b"before", b"after"]
    assert splitter.dropped == 1


def test_l1_the_longest_line_that_is_allowed_is_read() -> None:
    longest = b"x" * (MAX_LINE_BYTES - 1)

    assert LineSplitter().feed(longest + b"\r\n") == [longest]


def test_l2_bare_newlines_and_empty_lines_are_skipped() -> None:
    assert LineSplitter().feed(b"\n\r\n\r\r\na\nb\r\n") == [b"a", b"b"]


def test_a_line_may_come_in_any_pieces() -> None:
    data = "кафе ☕ 😂\r\nsecond\r\n".encode()
    splitter = LineSplitter()

    lines = [line for byte in data for line in splitter.feed(bytes([byte]))]

    assert lines == ["кафе ☕ 😂".encode(), b"second"]


@pytest.mark.parametrize("line", [b"@", b"@=;=;", b"@a", b"@a=b :x", b" ", b":"])
def test_l3_pieces_of_a_line_are_no_message(line: bytes) -> None:
    assert translate(line, RECEIVED_US) is None


def test_l4_of_300_tags_the_first_200_are_read() -> None:
    many = ";".join(f"t{n}=v" for n in range(300))
    message = read(f"@{many};color=#FFFFFF :a!a@a PRIVMSG #chan :x".encode())

    assert len(message.tags) == 200
    assert message.color == ""


def test_l5_a_backslash_at_the_end_of_a_value_is_dropped() -> None:
    assert read(a_line(display_name="Name\\")).display_name == "Name"


def test_l6_an_empty_id_is_replaced_by_a_hash_of_the_content() -> None:
    first, again = read(a_line(id="")), read(a_line(id=""), RECEIVED_US + 5)
    other = read(a_line("other text", id=""))

    assert first.message_id == again.message_id
    assert first.message_id.startswith("hash:")
    assert first.message_id != other.message_id
    assert first.key() == again.key()


def test_l6_an_overlong_id_is_replaced_by_its_hash() -> None:
    first, other = read(a_line(id="a" * 4000)), read(a_line(id="a" * 3999 + "b"))

    assert len(first.message_id) < 128
    assert first.message_id != other.message_id


@pytest.mark.parametrize("sent", ["abc", "-1", "1" + "0" * 20, "9" * 5000, ""])
def test_l7_an_impossible_time_is_replaced_by_our_own(sent: str) -> None:
    message = read(a_line(tmi_sent_ts=sent))

    assert message.sent_ms_estimated
    assert message.sent_ms == RECEIVED_US // 1000


def test_l8_a_message_may_lack_its_user_id() -> None:
    assert read(a_line(without="user-id")).user_id == ""


@pytest.mark.parametrize("color", ["javascript:x", "#12345", "#12345G", "red", "#1234567"])
def test_l9_what_is_no_colour_is_dropped(color: str) -> None:
    assert read(a_line(color=color)).color == ""


@pytest.mark.parametrize("badges", ["<imgonerror>", "moderator", "moderator/1,", "a/b/c", "é/1"])
def test_l9_what_are_no_badges_is_dropped_and_gives_no_role(badges: str) -> None:
    message = read(a_line(badges=badges, badge_info=badges))

    assert message.badges == ""
    assert not message.is_moderator


def test_l9_markup_in_badge_info_is_dropped() -> None:
    assert read(a_line(badge_info=r"predictions/<img\ssrc=x>")).badge_info == ""


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("25:0-9999999", ""),
        ("25:5-1", ""),
        (":::", ""),
        ("25:", ""),
        ("<b>:0-4", ""),
        ("25:0-4,9-5,6-10", "25:0-4,6-10"),
        ("25:a-b/1902:6-10", "1902:6-10"),
        ("emotesv2_dcd06b30:0-8/300196486_TK:10-17", "emotesv2_dcd06b30:0-8/300196486_TK:10-17"),
        ("425618:49-51", "425618:49-51"),
    ],
)
def test_l10_impossible_emote_positions_are_dropped(sent: str, kept: str) -> None:
    assert read(a_line(emotes=sent)).emotes == kept


def test_l11_overlong_names_are_cut() -> None:
    message = read(a_line(display_name="n" * 10_000))

    assert message.display_name == "n" * 64


@pytest.mark.parametrize(
    "line",
    [
        b":a!a@a PRIVMSG #chan",
        b":a!a@a PRIVMSG #chan :",
        b":a!a@a PRIVMSG # :text",
        b":a!a@a PRIVMSG",
        b":jtv!jtv@jtv.tmi.twitch.tv PRIVMSG mybot :chan2 is now hosting you",
    ],
)
def test_l12_without_text_or_channel_there_is_no_message(line: bytes) -> None:
    assert translate(line, RECEIVED_US) is None


def test_l13_invalid_utf8_and_nul_become_replacement_characters() -> None:
    message = read(a_line("caf\xe9").replace(b"\xc3\xa9", b"\xe9 \xf0\x9f\x98 \x00"))

    assert message.text == "caf\ufffd \ufffd \ufffd"


def test_l14_other_ctcp_is_only_text() -> None:
    message = read(a_line("\x01DCC SEND file\x01"))

    assert (message.text, message.is_action) == ("DCC SEND file", False)


def test_l15_the_answer_to_a_long_ping_is_cut() -> None:
    pong = Pongs(lambda: 0.0).answer("é" * 2000)

    assert len(encode_line(pong)) <= MAX_TOKEN_BYTES + len("PONG :\r\n")


def test_l16_each_ping_is_answered_once_and_a_flood_is_not() -> None:
    now = [0.0]
    pongs = Pongs(lambda: now[0])

    same = [pongs.answer("tmi.twitch.tv") for _ in range(1000)]
    different = [pongs.answer(str(n)) for n in range(10_000)]

    assert [pong for pong in same if pong] == ["PONG :tmi.twitch.tv"]
    assert sum(map(bool, different)) == MAX_PER_SECOND - 1
    now[0] += 1.5
    assert pongs.answer("tmi.twitch.tv")


def test_l23_a_clock_that_is_an_hour_off_is_believed() -> None:
    message = read(a_line(tmi_sent_ts=str(RECEIVED_US // 1000 + 3_600_000)))

    assert not message.sent_ms_estimated
    assert message.sent_ms - message.received_us // 1000 == 3_600_000


def test_ids_of_users_and_rooms_that_can_be_none_are_dropped() -> None:
    message = read(a_line(user_id="9" * 5000, room_id="9" * 5000))

    assert (message.user_id, message.channel_id) == ("", "")


@pytest.mark.parametrize("bits", ["-5", "many", "1" * 30, "²"])
def test_bits_that_are_no_amount_are_none(bits: str) -> None:
    assert read(a_line(bits=bits)).bits == 0
