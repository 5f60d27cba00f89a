"""From a chat line to a stored message, through the whole program, on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import ExitStack

import pytest
import pytest_asyncio

from tests.support.databases import KINDS, PostgresServer
from tests.support.questions import message_said, messages_in, sent
from tests.support.running_bot import RunningBot, a_running_bot
from tests.support.stored import rows
from twitchbot.api.channel_viewer_service_pb2 import (
    GetChannelViewerRequest,
    ListChannelViewersRequest,
)
from twitchbot.api.viewer_service_pb2 import GetViewerByTwitchIdRequest
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID

pytestmark = pytest.mark.asyncio(loop_scope="module")

CHANNELS = ("full", "reply", "action", "partner", "host", "mine", "people")


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=KINDS)
async def bot(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[RunningBot]:
    """One bot on each database; each test has a channel to itself."""
    with ExitStack() as stack:
        url = None
        if request.param == "postgresql":
            server: PostgresServer = request.getfixturevalue("postgres")
            url = stack.enter_context(server.database())
        directory = tmp_path_factory.mktemp(request.param)
        async with a_running_bot(directory, *CHANNELS, database=url) as running:
            yield running
            assert running.service.tracebacks == []


async def test_a_line_becomes_a_row_with_all_that_twitch_said(bot: RunningBot) -> None:
    roenni = bot.sim.world.person("roenni", user_id="1337", display_name="Rönni")
    roenni.color = "#1E90FF"
    bot.sim.give_role("full", "roenni", "lead_moderator")
    bot.sim.give_role("full", "roenni", "subscriber", months=14)
    said = await bot.sim.say("full", "roenni", "hello Kappa 日本 Kappa", bits=100, flags="0-4:P.3")

    row = await message_said(bot.service, "full", "hello Kappa 日本 Kappa")

    room = bot.sim.room("full")
    assert row.twitch_message_id == said.message_id
    assert (row.channel, row.channel_id, row.platform) == ("full", room.room_id, "twitch")
    assert (row.user_id, row.username, row.display_name) == ("1337", "roenni", "Rönni")
    assert row.stream_id == str(CHAT_ONLY_STREAM_ID)
    assert row.is_lead_moderator
    assert row.is_moderator
    assert row.is_subscriber
    assert not row.is_vip
    assert not row.is_broadcaster
    assert row.badges == "lead_moderator/1,subscriber/12"
    assert row.badge_info == "subscriber/14"
    assert row.color == "#1E90FF"
    assert row.emotes == "25:6-10,15-19"
    assert row.bits == 100
    assert not row.is_action
    assert dict(row.tags) == {"flags": "0-4:P.3"}
    assert row.sent_at.ToMilliseconds() == said.sent_ts
    assert not row.sent_at_estimated
    assert abs(row.received_at.ToMilliseconds() - said.sent_ts) < 60_000
    assert row.created_at == row.received_at


async def test_a_reply_names_its_parent_and_its_thread(bot: RunningBot) -> None:
    first = await bot.sim.say("reply", "bert", "who is first?")
    second = await bot.sim.say("reply", "anna", "me", reply_to=first.message_id)
    await bot.sim.say("reply", "bert", "no, me", reply_to=second.message_id)

    row = await message_said(bot.service, "reply", "@Anna no, me")

    assert row.reply_parent_message_id == second.message_id
    assert row.reply_thread_message_id == first.message_id
    assert row.tags["reply-parent-user-login"] == "anna"
    assert row.tags["reply-parent-msg-body"] == "@Bert me"


async def test_an_action_is_kept_without_its_wrapping(bot: RunningBot) -> None:
    await bot.sim.say("action", "action", "waves", action=True)

    row = await message_said(bot.service, "action", "waves")

    assert row.is_action
    assert row.is_broadcaster


async def test_what_a_shared_chat_brings_is_kept_apart(bot: RunningBot) -> None:
    bot.sim.share_chat(["host", "partner"])
    said = await bot.sim.say("host", "ronni", "shared words")

    own = await message_said(bot.service, "host", "shared words")
    copy = await message_said(bot.service, "partner", "shared words", include_shared=True)

    assert own.source_channel_id == ""
    assert copy.source_channel_id == bot.sim.room("host").room_id
    assert copy.source_message_id == said.message_id
    assert await messages_in(bot.service, "partner") == []
    viewers = await bot.service.call(
        "ChannelViewerService/ListChannelViewers", ListChannelViewersRequest(channel="partner")
    )
    assert "ronni" not in [viewer.username for viewer in viewers.viewers]


async def test_what_the_bot_says_is_in_the_log_too(bot: RunningBot) -> None:
    question = await bot.sim.say("mine", "ronni", "anybody there? !hello")
    row = await message_said(bot.service, "mine", "anybody there? !hello")
    answer = await sent(bot.service, "mine", "I am", row.twitch_message_id)
    assert answer.success, answer.error

    own = await message_said(bot.service, "mine", "I am")

    assert (own.user_id, own.username, own.display_name) == ("1001", "mybot", "MyBot")
    assert own.channel_id == bot.sim.room("mine").room_id
    assert own.is_moderator
    (heard,) = [said for said in bot.sim.client_messages if said.channel == "mine"]
    assert (heard.text, heard.outcome) == ("I am", "accepted")
    assert heard.reply_to == question.message_id


async def test_people_are_counted_where_they_speak(bot: RunningBot) -> None:
    bot.sim.give_role("people", "vera", "vip")
    for number in range(3):
        await bot.sim.say("people", "vera", f"line {number}")
    row = await message_said(bot.service, "people", "line 2")

    asked = GetViewerByTwitchIdRequest(twitch_id=row.user_id)
    viewer = (await bot.service.call("ViewerService/GetViewerByTwitchId", asked)).viewer
    there = GetChannelViewerRequest(channel="people", twitch_id=row.user_id)
    seen = (await bot.service.call("ChannelViewerService/GetChannelViewer", there)).viewer

    assert (viewer.username, viewer.total_messages) == ("vera", 3)
    assert seen.is_vip
    assert seen.last_seen == row.sent_at


async def test_a_message_heard_twice_is_stored_once(bot: RunningBot) -> None:
    said = await bot.sim.say("full", "ronni", "only once")
    bot.sim.repeat("full", said.message_id)
    await bot.sim.say("full", "ronni", "after the repetition")
    await message_said(bot.service, "full", "after the repetition")

    statement = f"SELECT text FROM chat_messages WHERE message_id = '{said.message_id}'"
    assert rows(bot.url, statement) == [{"text": "only once"}]
