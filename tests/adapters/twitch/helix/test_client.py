"""The questions we ask Helix, against the simulator."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from tests.support.simulated_twitch import a_helix, the_bot
from twitchbot.adapters.twitch.helix.client import HelixClient
from twitchbot.domain.errors import MissingScopeError, UnavailableError
from twitchsim.server import TwitchSim


def calls(sim: TwitchSim, path: str) -> int:
    """Count the requests that reached an endpoint."""
    counts: Mapping[str, int] = sim.state.counts
    return sum(count for name, count in counts.items() if path in name)


async def test_only_live_channels_are_returned(sim: TwitchSim, helix: HelixClient) -> None:
    live = sim.add_channel("chan", live=True, title="Runs", game="Celeste", viewers=42)
    offline = sim.add_channel("chan2")

    (stream,) = await helix.live_streams([live.room_id, offline.room_id])

    assert (stream.channel_id, stream.channel) == (live.room_id, "chan")
    assert (stream.title, stream.game_name, stream.viewer_count) == ("Runs", "Celeste", 42)
    assert stream.game_id
    assert live.stream is not None
    assert stream.twitch_stream_id == live.stream.stream_id
    assert stream.started_at == datetime.fromtimestamp(int(live.stream.started_at), UTC)


async def test_250_channels_take_three_calls(sim: TwitchSim, helix: HelixClient) -> None:
    rooms = [sim.add_channel(f"chan{n}", live=True) for n in range(250)]
    ids = [room.room_id for room in rooms]

    streams = await helix.live_streams([*ids, *ids])

    assert {stream.channel_id for stream in streams} == set(ids)
    assert calls(sim, "/streams") == 3


async def test_nothing_is_asked_about_no_channel(sim: TwitchSim, helix: HelixClient) -> None:
    assert await helix.live_streams([]) == []
    assert await helix.live_streams(["", "-1", "1e5", "١٢", "9" * 21]) == []
    assert await helix.user_ids([]) == {}
    assert calls(sim, "helix.") == 0


async def test_logins_are_resolved_and_unknown_ones_left_out(
    sim: TwitchSim, helix: HelixClient
) -> None:
    rooms = {f"chan{n}": sim.add_channel(f"chan{n}").room_id for n in range(120)}

    found = await helix.user_ids([*rooms, "nobody_of_that_name"])

    assert found == rooms
    assert calls(sim, "/users") == 2


async def test_a_name_that_cannot_be_one_is_not_asked_for(
    sim: TwitchSim, helix: HelixClient
) -> None:
    room = sim.add_channel("chan")

    found = await helix.user_ids(["chan", "with space", "ПРИВЕТ", "x" * 26, ""])

    assert found == {"chan": room.room_id}
    assert calls(sim, "/users") == 1


async def test_a_refused_batch_is_halved_until_the_bad_name_stands_alone(
    sim: TwitchSim, helix: HelixClient
) -> None:
    rooms = {f"chan{n}": sim.add_channel(f"chan{n}").room_id for n in range(4)}
    # Of the batches (0 1 2 3), (0 1), (0) the simulator dislikes all.
    sim.fail_http("/users", status=400, message="Bad Identifiers.", times=3)

    found = await helix.user_ids(rooms)

    assert found == {name: rooms[name] for name in ("chan1", "chan2", "chan3")}


async def test_chatters_of_all_pages_are_returned_once(sim: TwitchSim, helix: HelixClient) -> None:
    room = sim.add_channel("chan")
    sim.give_role("chan", "mybot", "moderator")
    for n in range(2000):
        sim.arrive("chan", f"viewer{n}")

    chatters = await helix.chatters(room.room_id)

    assert {chatter.username for chatter in chatters} == {f"viewer{n}" for n in range(2000)}
    assert calls(sim, "/chat/chatters") == 3  # the last page is empty and still has a cursor


async def test_a_room_without_chatters_is_empty(sim: TwitchSim, helix: HelixClient) -> None:
    room = sim.add_channel("chan")
    sim.give_role("chan", "mybot", "moderator")

    assert await helix.chatters(room.room_id) == []


async def test_chatters_need_a_moderator(sim: TwitchSim, helix: HelixClient) -> None:
    room = sim.add_channel("chan")

    with pytest.raises(MissingScopeError, match="not a moderator"):
        await helix.chatters(room.room_id)


async def test_chatters_need_a_scope_and_no_token_is_renewed_for_it(sim: TwitchSim) -> None:
    room = sim.add_channel("chan")
    limited = sim.add_account("mybot", scopes=["chat:read"])
    users = the_bot(sim, token=limited.token)

    async with a_helix(sim, users) as helix:
        with pytest.raises(MissingScopeError, match="moderator:read:chatters"):
            await helix.chatters(room.room_id)

    assert users.refusals == 0


@pytest.mark.parametrize("status", [400, 404, 410])
async def test_an_answer_without_a_list_does_not_look_like_nobody_is_live(
    sim: TwitchSim, helix: HelixClient, status: int
) -> None:
    room = sim.add_channel("chan", live=True)
    sim.fail_http("/streams", status=status, message="gone")

    with pytest.raises(UnavailableError, match=f"{status} gone"):
        await helix.live_streams([room.room_id])


async def test_html_where_json_is_due_is_no_answer(sim: TwitchSim, helix: HelixClient) -> None:
    room = sim.add_channel("chan", live=True)
    sim.fail_http("/streams", status=200, body="html")

    with pytest.raises(UnavailableError):
        await helix.live_streams([room.room_id])
