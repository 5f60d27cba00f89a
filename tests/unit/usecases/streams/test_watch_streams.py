"""Following which channels are live."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.builders import a_stream
from tests.support.fakes import FixedClock, InterruptedDatabase
from tests.support.simulated_twitch import a_helix, a_twitch
from tests.unit.usecases.streams.watching import GRACE, Watching
from twitchbot.domain.errors import UnavailableError
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID
from twitchbot.domain.stream import EndedReason
from twitchbot.usecases.ports.unit_of_work import Database
from twitchbot.usecases.streams.delete_stream import DeleteStream
from twitchbot.usecases.streams.end_stream import EndStream
from twitchbot.usecases.streams.stream_router import StreamRouter
from twitchsim.server import TwitchSim


@pytest.fixture
async def watching(database: Database) -> AsyncIterator[Watching]:
    async with a_twitch() as sim, a_helix(sim) as helix:
        # Whole seconds, as Helix tells times.
        clock = FixedClock(datetime.fromtimestamp(int(sim.state.clock.now()), UTC))
        yield Watching(sim, helix, database, clock)


@pytest.fixture
def sim(watching: Watching) -> TwitchSim:
    return watching.sim


async def test_a_channel_that_goes_live_gets_a_session(watching: Watching, sim: TwitchSim) -> None:
    room = sim.add_channel("chan", live=True, title="Runs", game="Celeste", viewers=40)
    await watching.want(room)

    await watching.round()

    stream = await watching.only_stream()
    assert room.stream is not None
    assert stream.is_active
    assert (stream.channel, stream.channel_id) == ("chan", room.room_id)
    assert stream.twitch_stream_id == room.stream.stream_id
    assert stream.started_at == datetime.fromtimestamp(int(room.stream.started_at), UTC)
    assert (stream.title, stream.game_name) == ("Runs", "Celeste")
    assert (stream.peak_viewers, stream.average_viewers) == (40, 40)
    assert await watching.titles(stream) == ["Runs"]
    assert watching.route(room) == stream.id


async def test_viewers_are_sampled_at_each_round(watching: Watching, sim: TwitchSim) -> None:
    room = sim.add_channel("chan", live=True, viewers=10)
    await watching.want(room)

    for viewers in (10, 50, 30):
        sim.set_viewers("chan", viewers)
        await watching.round()

    stream = await watching.only_stream()
    assert (stream.peak_viewers, stream.average_viewers) == (50, 30)


async def test_a_new_title_is_written_down_once(watching: Watching, sim: TwitchSim) -> None:
    room = sim.add_channel("chan", live=True, title="Runs", game="Celeste")
    await watching.want(room)
    await watching.round()

    sim.set_title("chan", title="More runs")
    await watching.round()
    await watching.round()

    stream = await watching.only_stream()
    assert (stream.title, stream.game_name) == ("More runs", "Celeste")
    assert await watching.titles(stream) == ["Runs", "More runs"]


async def test_a_session_ends_after_the_grace_at_the_time_it_went_missing(
    watching: Watching, sim: TwitchSim
) -> None:
    room = sim.add_channel("chan", live=True)
    await watching.want(room)
    await watching.round()
    sim.go_offline("chan")

    await watching.round()
    missing_since = watching.clock.now()
    during_grace = await watching.only_stream()
    await watching.round(GRACE - timedelta(seconds=1))
    still_during_grace = await watching.only_stream()
    await watching.round(timedelta(seconds=1))
    ended = await watching.only_stream()

    assert during_grace.is_active
    assert during_grace.offline_since == missing_since
    assert still_during_grace.is_active
    assert (ended.ended_at, ended.ended_reason) == (missing_since, EndedReason.OFFLINE)
    assert ended.offline_since is None
    assert watching.route(room) == CHAT_ONLY_STREAM_ID


async def test_a_restart_does_not_renew_the_grace(watching: Watching, sim: TwitchSim) -> None:
    room = sim.add_channel("chan", live=True)
    await watching.want(room)
    await watching.round()
    sim.go_offline("chan")
    await watching.round()

    watching.router = StreamRouter()
    await watching.round(GRACE)

    assert not (await watching.only_stream()).is_active


async def test_a_short_drop_out_does_not_split_a_session(
    watching: Watching, sim: TwitchSim
) -> None:
    room = sim.add_channel("chan", live=True)
    await watching.want(room)
    await watching.round()
    sim.go_offline("chan")
    await watching.round()
    watching.pass_time(timedelta(minutes=1))
    again = sim.go_live("chan")

    await watching.round()

    stream = await watching.only_stream()
    assert stream.is_active
    assert stream.offline_since is None
    assert stream.twitch_stream_id == again.stream_id


async def test_a_drop_out_between_two_rounds_does_not_split_a_session(
    watching: Watching, sim: TwitchSim
) -> None:
    room = sim.add_channel("chan", live=True)
    await watching.want(room)
    await watching.round()

    again = sim.flap("chan")
    await watching.round()

    assert (await watching.only_stream()).twitch_stream_id == again.stream_id


async def test_a_broadcast_that_is_listed_again_after_the_grace_goes_on(
    watching: Watching, sim: TwitchSim
) -> None:
    room = sim.add_channel("chan", live=True)
    await watching.want(room)
    await watching.round()
    first = await watching.only_stream()
    broadcast = room.stream
    sim.go_offline("chan")
    await watching.round()
    await watching.round(GRACE)

    room.stream = broadcast
    room.list_stream(broadcast, 0)
    await watching.round()

    again = await watching.only_stream()
    assert again.id == first.id
    assert again.is_active
    assert again.ended_reason is None
    assert watching.route(room) == first.id


async def test_what_somebody_ended_is_not_opened_again_for_the_same_broadcast(
    watching: Watching, sim: TwitchSim
) -> None:
    room = sim.add_channel("chan", live=True)
    await watching.want(room)
    await watching.round()
    stream = await watching.only_stream()
    await EndStream(watching.database, watching.clock, watching.router)(stream.id)

    await watching.round()

    assert not (await watching.only_stream()).is_active
    assert watching.route(room) == CHAT_ONLY_STREAM_ID


async def test_what_somebody_deleted_is_not_opened_again_for_the_same_broadcast(
    watching: Watching, sim: TwitchSim
) -> None:
    room = sim.add_channel("chan", live=True)
    await watching.want(room)
    await watching.round()
    stream = await watching.only_stream()
    await DeleteStream(watching.database, watching.clock, watching.router)(stream.id)

    await watching.round()

    assert await watching.streams() == []
    assert len(await watching.streams(deleted=True)) == 1


async def test_the_next_broadcast_after_an_ended_one_gets_a_session_of_its_own(
    watching: Watching, sim: TwitchSim
) -> None:
    room = sim.add_channel("chan", live=True)
    await watching.want(room)
    await watching.round()
    await EndStream(watching.database, watching.clock, watching.router)(
        (await watching.only_stream()).id
    )

    sim.flap("chan")
    await watching.round()

    newest, oldest = await watching.streams()
    assert newest.is_active
    assert not oldest.is_active


async def test_a_broadcast_that_began_while_we_were_away_is_another_session(
    watching: Watching, sim: TwitchSim
) -> None:
    room = sim.add_channel("chan", live=True)
    await watching.want(room)
    await watching.round()
    last_seen = watching.clock.now()
    watching.pass_time(timedelta(hours=2))
    sim.flap("chan")

    await watching.round()

    newest, oldest = await watching.streams()
    assert (oldest.ended_at, oldest.ended_reason) == (last_seen, EndedReason.OFFLINE)
    assert newest.is_active
    assert newest.started_at > last_seen
    assert watching.route(room) == newest.id


async def test_nothing_ends_because_helix_did_not_answer(
    watching: Watching, sim: TwitchSim
) -> None:
    room = sim.add_channel("chan", live=True)
    await watching.want(room)
    await watching.round()
    sim.go_offline("chan")
    sim.fail_http("/streams", status=503, times=99)

    for _ in range(3):
        with pytest.raises(UnavailableError):
            await watching.round(GRACE)

    stream = await watching.only_stream()
    assert stream.is_active
    assert stream.offline_since is None


async def test_a_refused_token_skips_the_round_and_says_why(
    watching: Watching, sim: TwitchSim
) -> None:
    room = sim.add_channel("chan", live=True)
    await watching.want(room)
    sim.expire_token("mybot")

    with pytest.raises(UnavailableError, match="Invalid OAuth token"):
        await watching.round()

    assert await watching.streams() == []


async def test_an_unknown_channel_id_is_looked_up_and_kept(
    watching: Watching, sim: TwitchSim
) -> None:
    room = sim.add_channel("chan", live=True)
    async with watching.database.write() as uow:
        await uow.channels.want("chan", watching.clock.now())
        await uow.channels.want("no_such_channel", watching.clock.now())

    await watching.round()

    async with watching.database.read() as uow:
        known, unknown = await uow.channels.get("chan"), await uow.channels.get("no_such_channel")
    assert known is not None
    assert (known.channel_id, known.joined_at) == (room.room_id, None)
    assert unknown is not None
    assert unknown.channel_id == ""
    assert (await watching.only_stream()).channel == "chan"


async def test_twitch_is_not_asked_about_nothing(watching: Watching, sim: TwitchSim) -> None:
    sim.fail_http("/", status=503, times=99)

    await watching.round()

    assert await watching.streams() == []


async def test_a_session_made_through_the_api_is_taken_over_when_its_channel_is_live(
    watching: Watching, sim: TwitchSim
) -> None:
    room = sim.add_channel("chan", live=True, title="Runs", viewers=7)
    await watching.want(room)
    made = a_stream(channel="chan", channel_id=room.room_id, title="Made by hand")
    async with watching.database.write() as uow:
        await uow.streams.add(made)

    await watching.round()

    stream = await watching.only_stream()
    assert room.stream is not None
    assert (stream.id, stream.started_at) == (made.id, made.started_at)
    assert stream.twitch_stream_id == room.stream.stream_id
    assert (stream.title, stream.peak_viewers) == ("Runs", 7)
    assert watching.route(room) == made.id


async def test_a_session_made_through_the_api_does_not_end_because_its_channel_is_offline(
    watching: Watching, sim: TwitchSim
) -> None:
    room = sim.add_channel("chan")
    await watching.want(room)
    of_channel = a_stream(channel="chan", channel_id=room.room_id)
    of_none = a_stream()
    async with watching.database.write() as uow:
        await uow.streams.add(of_channel)
        await uow.streams.add(of_none)

    for _ in range(3):
        await watching.round(GRACE)

    streams = await watching.streams()
    assert {stream.id for stream in streams if stream.is_active} == {of_channel.id, of_none.id}
    assert watching.route(room) == of_channel.id


async def test_a_session_is_followed_to_its_end_when_its_channel_is_no_longer_wanted(
    watching: Watching, sim: TwitchSim
) -> None:
    room = sim.add_channel("chan", live=True, viewers=10)
    await watching.want(room)
    await watching.round()
    await watching.unwant(room)

    sim.set_viewers("chan", 30)
    await watching.round(GRACE * 2)
    while_live = await watching.only_stream()
    sim.go_offline("chan")
    await watching.round()
    await watching.round(GRACE)
    sim.go_live("chan")
    await watching.round()

    assert while_live.is_active
    assert while_live.peak_viewers == 30
    assert not (await watching.only_stream()).is_active


async def test_a_session_ended_during_a_round_stays_ended(
    watching: Watching, sim: TwitchSim
) -> None:
    room = sim.add_channel("chan", live=True)
    await watching.want(room)
    await watching.round()
    active = await watching.only_stream()

    async def end() -> None:
        await watching.save(active.ended(watching.clock.now(), EndedReason.API))

    await watching.watcher(InterruptedDatabase(watching.database, end))()
    sim.go_offline("chan")
    await watching.save(active)
    await watching.watcher(InterruptedDatabase(watching.database, end))()

    assert (await watching.only_stream()).ended_reason is EndedReason.API
    assert watching.route(room) == CHAT_ONLY_STREAM_ID


async def test_a_session_made_during_a_round_is_left_to_the_next_one(
    watching: Watching, sim: TwitchSim
) -> None:
    room = sim.add_channel("chan", live=True)
    await watching.want(room)
    made = a_stream(channel="chan", channel_id=room.room_id)

    async def make() -> None:
        async with watching.database.write() as uow:
            await uow.streams.add(made)

    await watching.watcher(InterruptedDatabase(watching.database, make))()
    unadopted = await watching.only_stream()
    await watching.round()

    assert (unadopted.id, unadopted.twitch_stream_id) == (made.id, "")
    assert (await watching.only_stream()).twitch_stream_id != ""


async def test_messages_are_routed_by_the_database_after_a_restart(
    watching: Watching, sim: TwitchSim
) -> None:
    room, ended = sim.add_channel("chan", live=True), sim.add_channel("chan2")
    await watching.want(room)
    await watching.round()
    stream = await watching.only_stream()
    watching.router = StreamRouter()
    watching.router.open(a_stream(channel_id=ended.room_id))

    await watching.round()

    assert watching.route(room) == stream.id
    assert watching.route(ended) == CHAT_ONLY_STREAM_ID


def test_a_stream_opened_while_the_database_was_read_keeps_its_route() -> None:
    router, stream = StreamRouter(), a_stream(channel_id="2001")
    revision = router.revision

    router.open(stream)
    router.replace([], revision)
    assert router.stream_of("2001") == stream.id

    router.replace([])
    assert router.stream_of("2001") == CHAT_ONLY_STREAM_ID


def test_a_stream_that_was_replaced_does_not_close_its_successor() -> None:
    router, first = StreamRouter(), a_stream(channel_id="2001")
    second = replace(first, id=a_stream().id)
    router.open(first)
    router.open(second)

    router.close(first)

    assert router.stream_of("2001") == second.id
