"""Live sessions, followed through the whole program at a hurried pace."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.support.questions import (
    active_stream,
    joined,
    message_said,
    sessions_of,
    until_session,
)
from tests.support.running_bot import RunningBot, a_running_bot
from tests.support.stored import rows
from tests.support.waiting import eventually
from twitchbot.api.channel_viewer_service_pb2 import ListChannelViewersRequest
from twitchbot.api.common_pb2 import IdRequest
from twitchbot.api.stream_service_pb2 import GetStreamResponse
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID

pytestmark = pytest.mark.asyncio(loop_scope="module")

CHANNELS = ("daily", "flappy", "titles", "counted")
CHAT_ONLY = str(CHAT_ONLY_STREAM_ID)
GRACE_S = 1.0


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningBot]:
    async with a_running_bot(
        tmp_path_factory.mktemp("bot"),
        *CHANNELS,
        STREAM_POLL_INTERVAL="100ms",
        STREAM_GRACE=f"{GRACE_S}s",
    ) as running:
        yield running
        assert running.service.tracebacks == []


async def test_a_session_opens_takes_the_messages_and_ends_after_the_grace(
    bot: RunningBot,
) -> None:
    await bot.sim.say("daily", "anna", "before")
    live = bot.sim.go_live("daily", "A run", "Celeste", viewers=7)
    session = await until_session(bot.service, "daily", lambda found: found.is_active)
    await bot.sim.say("daily", "anna", "during")
    during = await message_said(bot.service, "daily", "during")
    bot.sim.go_offline("daily")
    ended = await until_session(bot.service, "daily", lambda found: not found.is_active)
    await bot.sim.say("daily", "anna", "after")

    assert (session.title, session.game_name) == ("A run", "Celeste")
    assert session.twitch_stream_id == live.stream_id
    assert during.stream_id == session.id
    assert (ended.id, ended.ended_reason, ended.total_messages) == (session.id, "offline", 1)
    assert (await message_said(bot.service, "daily", "before")).stream_id == CHAT_ONLY
    assert (await message_said(bot.service, "daily", "after")).stream_id == CHAT_ONLY


async def test_a_flap_does_not_split_a_session(bot: RunningBot) -> None:
    bot.sim.go_live("flappy", viewers=3)
    session = await until_session(bot.service, "flappy", lambda found: found.is_active)
    bot.sim.go_offline("flappy")
    again = bot.sim.go_live("flappy", viewers=3)

    gone_on = await until_session(
        bot.service, "flappy", lambda found: found.twitch_stream_id == again.stream_id
    )

    assert gone_on.id == session.id
    assert gone_on.is_active
    assert len(await sessions_of(bot.service, "flappy")) == 1
    assert (await active_stream(bot.service, "flappy")).id == session.id


async def test_a_new_title_is_recorded(bot: RunningBot) -> None:
    bot.sim.go_live("titles", "First", "Celeste")
    await until_session(bot.service, "titles", lambda found: found.title == "First")
    bot.sim.set_title("titles", title="Second", game="Hades")

    session = await until_session(bot.service, "titles", lambda found: found.title == "Second")

    asked = IdRequest(id=session.id)
    answer: GetStreamResponse = await bot.service.call("StreamService/GetStream", asked)
    found = [(change.title, change.game_name) for change in answer.changes]
    assert found == [("First", "Celeste"), ("Second", "Hades")]


async def test_viewers_are_sampled(bot: RunningBot) -> None:
    bot.sim.go_live("counted", viewers=10)
    session = await until_session(bot.service, "counted", lambda found: found.peak_viewers == 10)
    bot.sim.set_viewers("counted", 30)

    later = await until_session(bot.service, "counted", lambda found: found.peak_viewers == 30)

    assert later.id == session.id
    assert 10 < later.average_viewers < 30
    samples = {row["viewers"] for row in rows(bot.url, "SELECT viewers FROM viewer_samples")}
    assert samples >= {10, 30}


async def test_who_only_watches_is_recorded_when_the_bot_joins(bot: RunningBot) -> None:
    room = bot.sim.add_channel("lurkers")
    bot.sim.give_role("lurkers", "mybot", "moderator")
    for login in ("silent_anna", "silent_bert"):
        bot.sim.arrive("lurkers", login)

    assert (await joined(bot.service, "lurkers")).success

    async def are_there() -> bool:
        asked = ListChannelViewersRequest(channel="lurkers")
        answer = await bot.service.call("ChannelViewerService/ListChannelViewers", asked)
        return {"silent_anna", "silent_bert"} <= {one.username for one in answer.viewers}

    await eventually(are_there)
    assert room.members
