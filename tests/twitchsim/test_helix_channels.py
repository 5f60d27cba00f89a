from tests.twitchsim.helix_client import HelixClient, message_of
from twitchsim.server import TwitchSim


async def test_live_streams_are_listed_by_viewers_and_offline_ones_are_absent(
    sim: TwitchSim, helix: HelixClient
) -> None:
    sim.add_channel("chan2", room_id="2002")
    sim.add_channel("offline")
    sim.go_live("chan", "playing chess", "Chess", viewers=5)
    sim.go_live("chan2", viewers=50)

    query = [("user_login", name) for name in ("chan", "chan2", "offline", "nobody")]
    streams = await helix.data("/streams", query)

    assert [stream["user_login"] for stream in streams] == ["chan2", "chan"]
    assert streams[1]["title"] == "playing chess"
    assert streams[1]["game_name"] == "Chess"
    assert streams[1]["viewer_count"] == 5
    assert streams[1]["type"] == "live"
    assert await helix.data("/streams", {"user_id": "2001"}) == [streams[1]]
    assert await helix.data("/streams", {"game_id": streams[1]["game_id"]}) == [streams[1]]


async def test_a_flap_gives_a_new_stream_id(sim: TwitchSim, helix: HelixClient) -> None:
    first = sim.go_live("chan", viewers=7).stream_id
    sim.flap("chan")

    (stream,) = await helix.data("/streams", {"user_login": "chan"})
    sim.go_offline("chan")

    assert stream["id"] != first
    assert stream["viewer_count"] == 7
    assert await helix.data("/streams", {"user_login": "chan"}) == []


async def test_the_list_may_lag_behind_reality(sim: TwitchSim, helix: HelixClient) -> None:
    sim.configure(stream_lag_s=60)
    sim.go_live("chan")
    assert await helix.data("/streams") == []

    sim.advance(61)

    assert len(await helix.data("/streams")) == 1


async def test_a_malformed_login_fails_the_streams_and_the_users(helix: HelixClient) -> None:
    streams = await helix.call("GET", "/streams", {"user_login": "not-a-login"})
    users = await helix.call("GET", "/users", [("login", "chan"), ("login", "not-a-login")])

    assert message_of(streams) == "Malformed query params."
    assert message_of(users) == "Invalid username(s), email(s), or ID(s). Bad Identifiers."


async def test_users_are_found_by_id_and_name_and_suspended_ones_are_absent(
    sim: TwitchSim, helix: HelixClient
) -> None:
    sim.add_channel("banned")
    sim.suspend("banned")

    query = [("id", "2001"), ("login", "CHAN"), ("login", "banned"), ("login", "nobody")]
    users = await helix.data("/users", query)

    assert [(user["id"], user["login"], user["display_name"]) for user in users] == [
        ("2001", "chan", "Chan")
    ]
    assert [user["login"] for user in await helix.data("/users")] == ["mybot"]


async def test_a_renamed_user_is_found_under_the_new_name(
    sim: TwitchSim, helix: HelixClient
) -> None:
    sim.rename("chan", "chan_new")

    assert await helix.data("/users", {"login": "chan"}) == []
    assert (await helix.data("/users", {"id": "2001"}))[0]["login"] == "chan_new"


async def test_more_than_a_hundred_names_are_refused(helix: HelixClient) -> None:
    query = [("login", f"user{number}") for number in range(101)]

    assert (await helix.call("GET", "/users", query)).status_code == 400


async def test_pages_follow_the_cursor_to_an_empty_last_one(
    sim: TwitchSim, helix: HelixClient
) -> None:
    for name in sim.add_channels(4):
        sim.go_live(name)

    seen: list[str] = []
    query = {"first": "2"}
    sizes = []
    while True:
        body = (await helix.call("GET", "/streams", query)).json()
        sizes.append(len(body["data"]))
        seen += [stream["user_login"] for stream in body["data"]]
        if "cursor" not in body["pagination"]:
            break
        query["after"] = body["pagination"]["cursor"]

    assert sizes == [2, 2, 0]
    assert len(set(seen)) == 4
    assert (await helix.call("GET", "/streams", {"after": "nonsense"})).status_code == 400
    assert (await helix.call("GET", "/streams", {"first": "101"})).status_code == 400


async def test_channel_information_changes_with_the_broadcasters_token(
    sim: TwitchSim, helix: HelixClient
) -> None:
    owner = sim.add_account("chan", scopes=["channel:manage:broadcast"])
    game = sim.world.game("Chess")
    helix.headers["Authorization"] = f"Bearer {owner.token}"
    body = {"title": "new title", "game_id": game.game_id, "tags": ["English", "Chess"]}

    changed = await helix.call("PATCH", "/channels", {"broadcaster_id": "2001"}, body)
    refused = await helix.call(
        "PATCH", "/channels", {"broadcaster_id": "2001"}, {"tags": ["two words"]}
    )

    assert changed.status_code == 204
    assert refused.status_code == 400
    (channel,) = await helix.data("/channels", {"broadcaster_id": "2001"})
    assert channel["title"] == "new title"
    assert channel["game_name"] == "Chess"
    assert channel["tags"] == ["English", "Chess"]


async def test_only_the_broadcaster_may_change_a_channel(
    sim: TwitchSim, helix: HelixClient
) -> None:
    other = sim.add_account("other", scopes=["channel:manage:broadcast"])

    without_scope = await helix.call(
        "PATCH", "/channels", {"broadcaster_id": "2001"}, {"title": "x"}
    )
    helix.headers["Authorization"] = f"Bearer {other.token}"
    wrong_user = await helix.call("PATCH", "/channels", {"broadcaster_id": "2001"}, {"title": "x"})

    assert message_of(without_scope) == "Missing scope: channel:manage:broadcast"
    assert message_of(wrong_user).startswith("The ID in broadcaster_id must match")


async def test_categories_are_found_by_exact_name_and_by_words(
    sim: TwitchSim, helix: HelixClient
) -> None:
    sim.world.game("Science & Technology")
    sim.world.game("Science")

    exact = await helix.data("/games", {"name": "Science & Technology"})
    found = await helix.data("/search/categories", {"query": "technology SCIENCE"})

    assert [game["name"] for game in exact] == ["Science & Technology"]
    assert [game["name"] for game in found] == ["Science & Technology"]
    assert (await helix.call("GET", "/games")).status_code == 400
