"""Lines that no honest server sends: harmless, and the next honest one is stored.

The names L1 and so on are those of the table of hostile lines.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import count
from uuid import uuid4

import pytest
import pytest_asyncio

from tests.support.chat_lines import a_line
from tests.support.questions import bot_status, message_said, messages_in
from tests.support.running_bot import RunningBot, a_running_bot
from tests.support.stored import rows
from twitchbot.api.message_service_pb2 import Message

pytestmark = pytest.mark.asyncio(loop_scope="module")

NUMBERS = count(1)
PRIVMSG = b":anna!anna@anna.tmi.twitch.tv PRIVMSG "

NOTHING_TO_STORE = {
    "L1 17 KB with an end": PRIVMSG + b"#chan :" + b"x" * 17_000,
    "L1 70 KB": PRIVMSG + b"#chan :" + b"y" * 70_000,
    "L2 bare newlines": b"\n\n\r\n\r",
    "L2 bare return": b"\r",
    "L3 only @": b"@",
    "L3 empty tags": b"@=;=;",
    "L3 no command": b"@a",
    "L12 no text": PRIVMSG + b"#chan",
    "L12 empty text": PRIVMSG + b"#chan :",
    "L12 no channel": PRIVMSG + b":hello",
    "L12 another nick": PRIVMSG + b"mybot :hello",
    "L17 welcome": b":tmi.twitch.tv 001 mybot :Welcome, GLHF!",
    "L20 JOIN never asked for": b":mybot!mybot@mybot.tmi.twitch.tv JOIN #stranger",
    "L21 a channel we are not in": PRIVMSG + b"#stranger :hello",
    "L24 whisper": b":anna!anna@anna.tmi.twitch.tv WHISPER mybot :secret",
    "unknown command": b":tmi.twitch.tv FROBNICATE #chan :what",
    "garbage": b"@@@;;= :::: \x02\x03 ??? !!!",
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningBot]:
    async with a_running_bot(tmp_path_factory.mktemp("bot"), "chan") as running:
        yield running
        assert running.service.tracebacks == []
        assert len(running.sim.ledger.connections) == 1, "a line cost the connection"


async def until_the_next_is_stored(bot: RunningBot) -> None:
    text = f"the next line {next(NUMBERS)}"
    await bot.sim.say("chan", "bert", text)
    await message_said(bot.service, "chan", text)


async def said(bot: RunningBot, text: str, *, without: str = "", **tags: str) -> Message:
    """Let the server send a line with these tags, and return what was stored of it."""
    given = {"id": str(uuid4()), "room_id": bot.sim.room("chan").room_id} | tags
    bot.sim.raw("chan", a_line(text, without=without, **given))
    await until_the_next_is_stored(bot)
    return await message_said(bot.service, "chan", text)


@pytest.mark.parametrize("line", NOTHING_TO_STORE.values(), ids=NOTHING_TO_STORE.keys())
async def test_what_holds_no_message_is_ignored(bot: RunningBot, line: bytes) -> None:
    before = len(await messages_in(bot.service, "chan"))

    bot.sim.raw("chan", line)
    await until_the_next_is_stored(bot)

    assert len(await messages_in(bot.service, "chan")) == before + 1
    assert rows(bot.url, "SELECT 1 FROM chat_messages WHERE channel <> 'chan'") == []
    assert (await bot_status(bot.service)).connected


@pytest.mark.parametrize(
    ("kind", "metric"),
    [
        ("L1 70 KB", "twitchbot_irc_lines_too_long_total"),
        ("L12 empty text", "twitchbot_chat_lines_unreadable_total"),
        ("L21 a channel we are not in", "twitchbot_irc_lines_unwanted_total"),
    ],
)
async def test_what_is_not_stored_is_counted(bot: RunningBot, kind: str, metric: str) -> None:
    before = await bot.service.metric(metric)

    bot.sim.raw("chan", NOTHING_TO_STORE[kind])
    await until_the_next_is_stored(bot)

    assert await bot.service.metric(metric) == before + 1


async def test_l1_a_line_without_an_end_costs_itself_only(bot: RunningBot) -> None:
    bot.sim.raw("chan", PRIVMSG + b"#chan :" + b"z" * 20_000, end="")
    bot.sim.raw("chan", b"and its end")
    await until_the_next_is_stored(bot)
    assert rows(bot.url, "SELECT 1 FROM chat_messages WHERE text LIKE 'zzz%'") == []


async def test_l4_of_300_tags_the_first_are_read(bot: RunningBot) -> None:
    many = {f"zz{number:03}": "x" for number in range(300)}
    message = await said(bot, "300 tags", **many)
    assert message.username == "viewer1"
    assert len(message.tags) < 200


async def test_l5_a_backslash_at_the_end_of_a_value_is_dropped(bot: RunningBot) -> None:
    assert (await said(bot, "backslash", display_name="Anna\\")).display_name == "Anna"


@pytest.mark.parametrize("given", ["", "x" * 4000], ids=["empty", "4,000 characters"])
async def test_l6_a_message_without_a_usable_id_gets_one_of_its_content(
    bot: RunningBot, given: str
) -> None:
    message = await said(bot, f"id of {len(given)} characters", id=given)
    assert message.twitch_message_id.startswith("hash:")


@pytest.mark.parametrize("given", ["abc", "-1", "1" + "0" * 20])
async def test_l7_an_impossible_time_becomes_ours(bot: RunningBot, given: str) -> None:
    message = await said(bot, f"sent at {given}", tmi_sent_ts=given)
    assert message.sent_at_estimated
    assert message.sent_at.ToMilliseconds() == message.received_at.ToMilliseconds()


async def test_l8_a_message_of_nobody_is_stored(bot: RunningBot) -> None:
    assert (await said(bot, "who am I?", without="user-id")).user_id == ""


async def test_a_line_without_any_tag_belongs_to_its_channel(bot: RunningBot) -> None:
    bot.sim.say_odd("chan", "no_tags")
    await until_the_next_is_stored(bot)
    message = await message_said(bot.service, "chan", "no tags at all")
    assert message.channel_id == bot.sim.room("chan").room_id
    assert (message.username, message.user_id) == ("x", "")


async def test_l9_what_is_no_colour_and_no_badge_is_dropped(bot: RunningBot) -> None:
    message = await said(bot, "colours", color="javascript:x", badges="<img\\sonerror>")
    assert (message.color, message.badges) == ("", "")


@pytest.mark.parametrize("given", ["25:0-9999999", "25:5-1", ":::"])
async def test_l10_emotes_in_impossible_places_are_dropped(bot: RunningBot, given: str) -> None:
    assert (await said(bot, f"emotes {given}", emotes=given)).emotes == ""


async def test_l11_an_endless_name_is_cut(bot: RunningBot) -> None:
    assert len((await said(bot, "endless", display_name="n" * 10_000)).display_name) <= 64


async def test_l13_what_is_no_utf8_is_replaced(bot: RunningBot) -> None:
    head = a_line("", id=str(uuid4()), room_id=bot.sim.room("chan").room_id)
    bot.sim.raw("chan", head + b"caf\xe9 \xff\xfe \xf0\x9f\x98 and\x00NUL")
    await until_the_next_is_stored(bot)
    await message_said(bot.service, "chan", "caf\ufffd \ufffd\ufffd \ufffd and\ufffdNUL")


async def test_l14_ctcp_is_text(bot: RunningBot) -> None:
    given = {"id": str(uuid4()), "room_id": bot.sim.room("chan").room_id}
    bot.sim.raw("chan", a_line("\x01DCC SEND file\x01", **given))
    await until_the_next_is_stored(bot)
    assert not (await message_said(bot.service, "chan", "DCC SEND file")).is_action


async def test_l15_the_answer_to_an_endless_ping_is_cut(bot: RunningBot) -> None:
    bot.sim.raw_to("mybot", "PING :" + "p" * 2048)
    await until_the_next_is_stored(bot)


async def test_l16_a_flood_of_pings_is_survived(bot: RunningBot) -> None:
    for number in range(10_000):
        bot.sim.raw_to("mybot", f"PING :{number}")
    await until_the_next_is_stored(bot)


async def test_l22_the_first_text_under_an_id_stays(bot: RunningBot) -> None:
    same = {"id": str(uuid4()), "tmi_sent_ts": "1767225600123"}
    await said(bot, "the first text", **same)
    bot.sim.raw("chan", a_line("another text", **same))
    await until_the_next_is_stored(bot)
    found = rows(bot.url, f"SELECT text FROM chat_messages WHERE message_id = '{same['id']}'")
    assert found == [{"text": "the first text"}]


async def test_l23_a_server_whose_clock_is_wrong_is_quoted_beside_ours(bot: RunningBot) -> None:
    message = await said(bot, "an hour ago", tmi_sent_ts="1767225600001")
    assert message.sent_at.ToMilliseconds() == 1767225600001
    assert not message.sent_at_estimated
    assert message.received_at.seconds > message.sent_at.seconds
