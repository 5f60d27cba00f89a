from tests.twitchsim.helix_client import HelixClient, message_of
from twitchsim.server import TwitchSim


async def test_chatters_are_for_moderators_and_paged_by_up_to_a_thousand(
    sim: TwitchSim, helix: HelixClient
) -> None:
    for number in range(5):
        sim.arrive("chan", f"viewer{number}")
    query = {"broadcaster_id": "2001", "moderator_id": "1001", "first": "3"}

    refused = await helix.call("GET", "/chat/chatters", query)
    sim.give_role("chan", "mybot", "moderator")
    first = (await helix.call("GET", "/chat/chatters", query)).json()
    query["after"] = first["pagination"]["cursor"]
    second = (await helix.call("GET", "/chat/chatters", query)).json()

    assert refused.status_code == 403
    assert first["total"] == 5
    assert [len(page["data"]) for page in (first, second)] == [3, 2]
    assert first["data"][0]["user_login"] == "viewer0"
    assert second["pagination"] == {}


async def test_the_moderator_must_be_the_caller(sim: TwitchSim, helix: HelixClient) -> None:
    query = {"broadcaster_id": "2001", "moderator_id": "2001"}

    response = await helix.call("GET", "/chat/chatters", query)

    assert response.status_code == 401
    assert message_of(response).startswith("The ID in moderator_id must match")


async def test_followers_are_counted_for_all_and_named_for_moderators(
    sim: TwitchSim, helix: HelixClient
) -> None:
    sim.give_role("chan", "viewer1", "follower")
    sim.give_role("chan", "viewer2", "follower", months=3)
    query = {"broadcaster_id": "2001"}

    hidden = (await helix.call("GET", "/channels/followers", query)).json()
    moderator = sim.add_account("mod1", scopes=["moderator:read:followers"])
    sim.give_role("chan", "mod1", "moderator")
    helix.headers["Authorization"] = f"Bearer {moderator.token}"
    shown = (await helix.call("GET", "/channels/followers", query)).json()

    assert (hidden["total"], hidden["data"]) == (2, [])
    assert [user["user_login"] for user in shown["data"]] == ["viewer1", "viewer2"]


async def test_the_broadcaster_manages_moderators_and_vips(
    sim: TwitchSim, helix: HelixClient
) -> None:
    scopes = ["channel:manage:moderators", "channel:manage:vips", "moderation:read"]
    owner = sim.add_account("chan", scopes=scopes)
    helix.headers["Authorization"] = f"Bearer {owner.token}"
    person = sim.world.person("viewer1")
    query = {"broadcaster_id": "2001", "user_id": person.user_id}

    added = await helix.call("POST", "/moderation/moderators", query)
    again = await helix.call("POST", "/moderation/moderators", query)
    as_vip = await helix.call("POST", "/channels/vips", query)
    listed = await helix.data("/moderation/moderators", {"broadcaster_id": "2001"})
    removed = await helix.call("DELETE", "/moderation/moderators", query)
    vip = await helix.call("POST", "/channels/vips", query)
    vips = await helix.data("/channels/vips", {"broadcaster_id": "2001"})

    assert (added.status_code, removed.status_code, vip.status_code) == (204, 204, 204)
    assert message_of(again) == "user is already a mod"
    assert as_vip.status_code == 422
    assert [user["user_login"] for user in listed] == ["viewer1"]
    assert [user["user_login"] for user in vips] == ["viewer1"]


async def test_bans_are_listed_until_they_end(sim: TwitchSim, helix: HelixClient) -> None:
    owner = sim.add_account("chan", scopes=["moderation:read"])
    helix.headers["Authorization"] = f"Bearer {owner.token}"
    sim.ban("troll", "chan", reason="spam")
    sim.timeout("viewer1", "chan", 60)

    before = await helix.data("/moderation/banned", {"broadcaster_id": "2001"})
    sim.advance(61)
    after = await helix.data("/moderation/banned", {"broadcaster_id": "2001"})

    assert [user["user_login"] for user in before] == ["troll", "viewer1"]
    assert before[0]["expires_at"] == ""
    assert before[0]["reason"] == "spam"
    assert [user["user_login"] for user in after] == ["troll"]


async def test_where_am_i_moderator(sim: TwitchSim, helix: HelixClient) -> None:
    account = sim.add_account("mybot", scopes=["user:read:moderated_channels"])
    helix.headers["Authorization"] = f"Bearer {account.token}"
    sim.give_role("chan", "mybot", "moderator")

    channels = await helix.data("/moderation/channels", {"user_id": "1001"})

    assert [channel["broadcaster_login"] for channel in channels] == ["chan"]


async def test_a_shared_chat_is_shown_with_its_participants(
    sim: TwitchSim, helix: HelixClient
) -> None:
    assert await helix.data("/shared_chat/session", {"broadcaster_id": "2001"}) == []
    sim.add_channel("chan2", room_id="2002")

    sim.share_chat(["chan", "chan2"])

    (session,) = await helix.data("/shared_chat/session", {"broadcaster_id": "2002"})
    assert session["host_broadcaster_id"] == "2001"
    assert [entry["broadcaster_id"] for entry in session["participants"]] == ["2001", "2002"]
