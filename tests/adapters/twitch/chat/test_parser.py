from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.chat_lines import USUAL_TAGS, captured_lines
from twitchbot.adapters.twitch.chat.parser import (
    PRIVMSG_PARTS,
    addressed_channel,
    command_of,
    decode,
    parse_line,
    parse_privmsg,
)
from twitchbot.adapters.twitch.chat.tags import MAX_TAGS, telling_tags, unescape

LINES = captured_lines()


def test_a_line_is_cut_into_tags_prefix_command_and_params() -> None:
    line = parse_line("@a=1;b :nick!user@host  PRIVMSG   #chan  :two  words: here")

    assert line == ("a=1;b", "nick!user@host", "PRIVMSG", ["#chan", "two  words: here"])


@pytest.mark.parametrize(
    ("text", "command", "params"),
    [
        ("PING :tmi.twitch.tv", "PING", ["tmi.twitch.tv"]),
        ("PONG", "PONG", []),
        (":tmi.twitch.tv USERNOTICE #chan word", "USERNOTICE", ["#chan", "word"]),
        (":tmi.twitch.tv CLEARCHAT #chan :", "CLEARCHAT", ["#chan", ""]),
        ("@only=tags", "", []),
        (":only.prefix", "", []),
        ("", "", []),
    ],
)
def test_a_line_may_lack_parts(text: str, command: str, params: list[str]) -> None:
    line = parse_line(text)

    assert (line.command, line.params) == (command, params)


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        (r"a\sb", "a b"),
        (r"a\:b", "a;b"),
        (r"a\\b", "a\\b"),
        (r"a\\sb", r"a\sb"),
        (r"\r\n", "\r\n"),
        (r"\x\b", "xb"),
        ("ends in\\", "ends in"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_tag_values_are_unescaped_in_one_pass(sent: str, meant: str) -> None:
    assert unescape(sent) == meant


def naively_escaped(text: str) -> str:
    table = {";": r"\:", " ": r"\s", "\\": r"\\", "\r": r"\r", "\n": r"\n"}
    return "".join(table.get(character, character) for character in text)


@given(st.text(alphabet="ab;: \\\r\nsrn=Ж😂", max_size=30))
def test_escaping_and_unescaping_gives_the_same_text(text: str) -> None:
    assert unescape(naively_escaped(text)) == text


def test_of_a_repeated_tag_the_last_counts_and_a_value_may_hold_an_equals_sign() -> None:
    assert telling_tags("a=1;b;a=x=y;c=1;c=;=nameless;d=\\s") == {"a": "x=y", "d": " "}


def test_tags_that_tell_nothing_are_left_out() -> None:
    tags = "first-msg=0;flags=;turbo=0;user-type=mod;vip=0;emote-only=1;source-only=1;bits=0"

    assert telling_tags(tags) == {"emote-only": "1", "source-only": "1", "bits": "0"}


@pytest.mark.parametrize("name", [name for name in LINES if name != "many_spaces"])
def test_the_channel_of_a_chat_line_is_found_at_a_glance(name: str) -> None:
    assert addressed_channel(LINES[name]) == b"chan"


@pytest.mark.parametrize(
    "line",
    [
        b":tmi.twitch.tv NOTICE #chan :x PRIVMSG #other :no",
        b"@a=b :tmi.twitch.tv USERNOTICE #chan :x PRIVMSG #other :no",
        b":jtv!jtv@jtv.tmi.twitch.tv PRIVMSG mybot :chan2 is now hosting you",
        b"PING :x PRIVMSG #chan :y",
        b"",
    ],
)
def test_other_lines_are_addressed_to_no_channel(line: bytes) -> None:
    assert addressed_channel(line) == b""


@pytest.mark.parametrize(
    ("line", "command"),
    [
        (LINES["many_spaces"], b"PRIVMSG"),
        (b"PING", b"PING"),
        (b":tmi.twitch.tv 001 mybot :Welcome", b"001"),
        (b"@room-id=1 :tmi.twitch.tv ROOMSTATE #chan", b"ROOMSTATE"),
        (b"@only=tags", b""),
        (b"", b""),
    ],
)
def test_the_command_of_any_line_is_found(line: bytes, command: bytes) -> None:
    assert command_of(line) == command


def by_hand(line: str) -> dict[str, str]:
    """Read a message in the plainest way there is."""
    tags, _, rest = line.partition(" ")
    prefix, _, rest = rest.partition(" PRIVMSG #")
    channel, _, text = rest.partition(" :")
    found = dict(tag.partition("=")[::2] for tag in tags[1:].split(";")[:MAX_TAGS])
    nick = prefix.lstrip(" ")[1:].partition("!")[0]
    return found | {"nick": nick, "channel": channel, "text": text}


def as_dict(parts: tuple[str, ...]) -> dict[str, str]:
    named = {name: part for name, part in zip(PRIVMSG_PARTS, parts, strict=True) if name}
    others = ";".join(part for name, part in zip(PRIVMSG_PARTS, parts, strict=True) if not name)
    more = dict(tag.partition("=")[::2] for tag in others.split(";"))
    return {name: value for name, value in (named | more).items() if value}


# What the usual order may skip, as it tells nothing.
SKIPPED = {("first-msg", "0"), ("returning-chatter", "0"), ("turbo", "0"), ("user-type", "mod")}
VALUES = st.text(alphabet="abc019=#/,-:Ж", max_size=8)
MORE_TAGS = st.dictionaries(
    st.sampled_from(
        ["bits", "client-nonce", "emote-only", "msg-id", "new", "source-id", "vip", "zz"]
    ),
    VALUES,
    max_size=5,
)


@given(more=MORE_TAGS, values=st.lists(VALUES, min_size=16, max_size=16), order=st.randoms())
def test_any_order_of_tags_gives_the_same_parts(
    more: dict[str, str], values: list[str], order: Random
) -> None:
    tags = dict(zip(USUAL_TAGS, values, strict=True)) | more
    names = sorted(tags)
    rest = " :viewer1!viewer1@host PRIVMSG #chan :some text; color=red"
    in_order = "@" + ";".join(f"{name}={tags[name]}" for name in names) + rest
    order.shuffle(names)
    shuffled = "@" + ";".join(f"{name}={tags[name]}" for name in names) + rest

    usual, unusual = parse_privmsg(in_order), parse_privmsg(shuffled)

    assert usual is not None
    assert unusual is not None
    expected = {item for item in by_hand(in_order).items() if item[1]} - SKIPPED
    assert as_dict(usual).items() - SKIPPED == expected
    assert as_dict(unusual).items() - SKIPPED == expected


@pytest.mark.parametrize(
    "tags",
    [
        "color=a;color=b",
        "badges=moderator/1;badges=",
        "zz=1;user-id=9",
    ],
)
def test_a_repeated_tag_counts_in_the_last_place_also_in_the_usual_order(tags: str) -> None:
    usual = ";".join(f"{name}={value}" for name, value in USUAL_TAGS.items())
    line = f"@{usual};{tags} :viewer1!v@h PRIVMSG #chan :x"

    parts = parse_privmsg(line)

    assert parts is not None
    name, _, value = tags.rpartition(";")[2].partition("=")
    assert as_dict(parts).get(name, "") == value


def test_a_text_that_looks_like_tags_is_no_tags() -> None:
    parts = parse_privmsg(decode(LINES["text_says_privmsg"]))

    assert parts is not None
    told = as_dict(parts)
    assert (told["channel"], told["user-id"], told["nick"]) == ("chan", "3001", "viewer1")
    assert told["text"].endswith(":chan!chan@x PRIVMSG #other :fake")
    assert "mod" not in told


@given(st.binary(max_size=200))
def test_no_bytes_can_stop_the_parser(data: bytes) -> None:
    line = decode(data)
    parse_line(line)
    parse_privmsg(line)
    addressed_channel(data)
    command_of(data)


@given(st.text(alphabet="@=; :!#\x01PRIVMSGbadges-infocolr", max_size=120))
def test_no_text_that_resembles_a_line_can_stop_the_parser(text: str) -> None:
    parts = parse_privmsg(text)

    assert parts is None or len(parts) == len(PRIVMSG_PARTS)
