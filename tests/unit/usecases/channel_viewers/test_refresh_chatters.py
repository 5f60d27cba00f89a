"""Writing down who is in a channel."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.support.builders import NOON, a_new_message
from tests.support.fakes import FixedClock
from tests.support.rows import add_messages
from tests.support.simulated_twitch import a_helix, a_twitch
from twitchbot.domain.page import PageRequest
from twitchbot.domain.viewer import ChannelViewer, Viewer
from twitchbot.usecases.channel_viewers.refresh_chatters import RefreshChatters
from twitchbot.usecases.ports.unit_of_work import Database
from twitchsim.room import Room
from twitchsim.server import TwitchSim


@pytest.fixture
async def sim() -> AsyncIterator[TwitchSim]:
    async with a_twitch() as sim:
        yield sim


@pytest.fixture
def room(sim: TwitchSim) -> Room:
    """A channel in which the bot is a moderator."""
    room = sim.add_channel("chan")
    sim.give_role("chan", "mybot", "moderator")
    return room


@pytest.fixture
async def refresh(
    sim: TwitchSim, database: Database, clock: FixedClock
) -> AsyncIterator[RefreshChatters]:
    async with a_helix(sim) as helix:
        yield RefreshChatters(database, helix, clock)


async def seen_in(database: Database, room: Room) -> list[ChannelViewer]:
    async with database.read() as uow:
        page = await uow.channel_viewers.list(room.room_id, PageRequest(limit=1000))
    return list(page.items)


async def viewer(database: Database, twitch_id: str) -> Viewer:
    async with database.read() as uow:
        found = await uow.viewers.get_by_twitch_id(twitch_id)
    assert found is not None
    return found


async def test_who_says_nothing_is_written_down_too(
    sim: TwitchSim, room: Room, refresh: RefreshChatters, database: Database
) -> None:
    sim.arrive("chan", "lurker")

    recorded = await refresh("chan", room.room_id)

    (seen,) = await seen_in(database, room)
    lurker = await viewer(database, seen.twitch_id)
    assert recorded == 1
    assert (seen.username, seen.first_seen, seen.last_seen) == ("lurker", NOON, NOON)
    assert (seen.is_moderator, seen.is_vip) == (False, False)
    assert (lurker.username, lurker.total_messages, lurker.total_streams_watched) == (
        "lurker",
        0,
        0,
    )


async def test_what_chat_told_of_somebody_is_kept(
    sim: TwitchSim,
    room: Room,
    refresh: RefreshChatters,
    database: Database,
    clock: FixedClock,
) -> None:
    sim.arrive("chan", "speaker")
    user_id = sim.world.person("speaker").user_id
    said = a_new_message(
        channel="chan", channel_id=room.room_id, user_id=user_id, is_moderator=True, is_vip=True
    )
    await add_messages(database, said)
    clock.move(timedelta(hours=1))

    await refresh("chan", room.room_id)

    (seen,) = await seen_in(database, room)
    assert (seen.is_moderator, seen.is_vip) == (True, True)
    assert (seen.first_seen, seen.last_seen) == (NOON, clock.now())
    assert seen.username == "speaker"
    assert (await viewer(database, user_id)).total_messages == 1


async def test_a_long_list_is_written_in_pieces(
    sim: TwitchSim, room: Room, refresh: RefreshChatters, database: Database
) -> None:
    for number in range(700):
        sim.arrive("chan", f"viewer{number}")

    recorded = await refresh("chan", room.room_id)

    assert recorded == 700
    assert len(await seen_in(database, room)) == 700


async def test_where_we_may_not_see_the_list_we_do_not_ask_again(
    sim: TwitchSim, room: Room, refresh: RefreshChatters
) -> None:
    sim.give_role("chan", "mybot", "viewer")
    other = sim.add_channel("chan2")
    sim.give_role("chan2", "mybot", "moderator")
    sim.arrive("chan2", "lurker")

    first = await refresh("chan", room.room_id)
    sim.give_role("chan", "mybot", "moderator")
    sim.arrive("chan", "lurker")
    second = await refresh("chan", room.room_id)

    assert (first, second) == (0, 0)
    assert await refresh("chan2", other.room_id) == 1


async def test_another_account_may_be_shown_more(
    sim: TwitchSim, room: Room, refresh: RefreshChatters
) -> None:
    sim.give_role("chan", "mybot", "viewer")
    assert await refresh("chan", room.room_id) == 0
    sim.give_role("chan", "mybot", "moderator")
    sim.arrive("chan", "lurker")

    refresh.ask_anew()

    assert await refresh("chan", room.room_id) == 1


async def test_an_outage_costs_this_refresh_only(
    sim: TwitchSim,
    room: Room,
    refresh: RefreshChatters,
    caplog: pytest.LogCaptureFixture,
) -> None:
    sim.arrive("chan", "lurker")
    sim.fail_http("/chat/chatters", status=503, times=3)

    assert await refresh("chan", room.room_id) == 0
    assert await refresh("chan", room.room_id) == 1
    assert "chatters not read" in caplog.text


async def test_a_dead_token_costs_this_refresh_only(
    sim: TwitchSim, room: Room, refresh: RefreshChatters
) -> None:
    sim.expire_token("mybot")

    assert await refresh("chan", room.room_id) == 0
