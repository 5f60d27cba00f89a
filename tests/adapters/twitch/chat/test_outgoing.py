from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twitchbot.adapters.twitch.chat.outgoing import (
    MAX_LINE_BYTES,
    UnsendableLineError,
    encode_line,
    join_line,
    part_line,
    privmsg_line,
)


def test_a_line_ends_in_one_crlf() -> None:
    assert encode_line(join_line("chan")) == b"JOIN #chan\r\n"
    assert encode_line(part_line("chan")) == b"PART #chan\r\n"
    assert encode_line(privmsg_line("chan", "hi")) == b"PRIVMSG #chan :hi\r\n"


def test_an_answer_names_its_parent_escaped() -> None:
    line = encode_line(privmsg_line("chan", "hi", "a;b c"))

    assert line == b"@reply-parent-msg-id=a\\:b\\sc PRIVMSG #chan :hi\r\n"


@pytest.mark.parametrize(
    "text", ["hi\r\nPRIVMSG #other :x", "hi\nQUIT", "hi\rx", "\0", "\x01ACTION x\x01", "\x7f"]
)
def test_a_control_character_is_refused(text: str) -> None:
    with pytest.raises(UnsendableLineError):
        encode_line(privmsg_line("chan", text))


@pytest.mark.parametrize("text", ["", "   ", "x" * 501])
def test_a_message_has_1_to_500_characters(text: str) -> None:
    with pytest.raises(UnsendableLineError):
        privmsg_line("chan", text)


def test_500_characters_of_four_bytes_fit() -> None:
    line = encode_line(privmsg_line("c" * 25, "😂" * 500))

    assert len(line) <= MAX_LINE_BYTES


@pytest.mark.parametrize("channel", ["", "a,b", "a b", "#chan", "Chan", "x" * 26, "çhan"])
def test_what_is_no_channel_name_is_refused(channel: str) -> None:
    for build in (join_line, part_line, lambda name: privmsg_line(name, "hi")):
        with pytest.raises(UnsendableLineError):
            build(channel)


def test_a_refusal_does_not_quote_the_line() -> None:
    with pytest.raises(UnsendableLineError) as refused:
        encode_line("PASS oauth:CANARY\r\nQUIT")

    assert "CANARY" not in repr(refused.value)


@pytest.mark.parametrize("line", ["", " ", "@tag=1 ", "x" * 3000, "@" + "t" * 3000 + " PING"])
def test_empty_and_overlong_lines_are_refused(line: str) -> None:
    with pytest.raises(UnsendableLineError):
        encode_line(line)


@given(st.text(max_size=600))
def test_whatever_is_said_is_one_line_or_none(text: str) -> None:
    try:
        line = encode_line(privmsg_line("chan", text))
    except UnsendableLineError:
        return
    assert line.endswith(b"\r\n")
    assert line.count(b"\n") == line.count(b"\r") == 1
    assert len(line) <= MAX_LINE_BYTES
