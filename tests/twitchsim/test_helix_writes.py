from typing import Any

import pytest

from tests.twitchsim.helix_client import HelixClient, message_of
from tests.twitchsim.irc_client import IrcClient, tags_of
from twitchsim.server import TwitchSim


def message(text: str, **more: Any) -> dict[str, Any]:
    return {"broadcaster_id": "2001", "sender_id": "1001", "message": text, **more}


async def test_a_message_sent_over_helix_appears_in_chat(
    sim: TwitchSim, helix: HelixClient
) -> None:
    client = await IrcClient.in_room(sim, "chan")

    response = await helix.call("POST", "/chat/messages", body=message("hello"))

    (sent,) = response.json()["data"]
    line = await client.line()
    assert sent["is_sent"] is True
    assert tags_of(line)["id"] == sent["message_id"]
    assert line.endswith(":mybot!mybot@mybot.tmi.twitch.tv PRIVMSG #chan :hello")
    await client.close()


async def test_a_dropped_message_is_answered_with_200_and_a_reason(
    sim: TwitchSim, helix: HelixClient
) -> None:
    sim.refuse_sends("msg_rejected", channel="chan")

    response = await helix.call("POST", "/chat/messages", body=message("hello"))

    assert response.status_code == 200
    (sent,) = response.json()["data"]
    assert sent["is_sent"] is False
    assert sent["drop_reason"]["code"] == "msg_rejected"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (message("x" * 501), 422),
        (message(""), 400),
        (message("hi", sender_id="2001"), 401),
        (message("hi", broadcaster_id="99"), 400),
        (message("hi", for_source_only=True), 400),
        (message("hi", reply_parent_message_id="unknown"), 400),
    ],
)
async def test_a_message_that_cannot_be_sent_is_refused(
    sim: TwitchSim, helix: HelixClient, body: dict[str, Any], status: int
) -> None:
    assert (await helix.call("POST", "/chat/messages", body=body)).status_code == status


async def test_a_banned_sender_is_forbidden(sim: TwitchSim, helix: HelixClient) -> None:
    sim.ban("mybot", "chan")

    response = await helix.call("POST", "/chat/messages", body=message("hi"))

    assert response.status_code == 403


async def test_bans_and_deletions_appear_in_chat(sim: TwitchSim, helix: HelixClient) -> None:
    sim.give_role("chan", "mybot", "moderator")
    client = await IrcClient.in_room(sim, "chan")
    said = await sim.say("chan", "viewer1", "bad")
    await client.line()
    who = {"broadcaster_id": "2001", "moderator_id": "1001"}
    target = said.user.user_id

    deleted = await helix.call("DELETE", "/moderation/chat", {**who, "message_id": said.message_id})
    timeout = await helix.call(
        "POST", "/moderation/bans", who, {"data": {"user_id": target, "duration": 300}}
    )
    banned = await helix.call("POST", "/moderation/bans", who, {"data": {"user_id": target}})
    again = await helix.call("POST", "/moderation/bans", who, {"data": {"user_id": target}})
    lifted = await helix.call("DELETE", "/moderation/bans", {**who, "user_id": target})
    not_banned = await helix.call("DELETE", "/moderation/bans", {**who, "user_id": target})
    cleared = await helix.call("DELETE", "/moderation/chat", who)

    assert (deleted.status_code, lifted.status_code, cleared.status_code) == (204, 204, 204)
    assert timeout.json()["data"][0]["end_time"] is not None
    assert banned.json()["data"][0]["end_time"] is None
    assert message_of(again).endswith("is already banned.")
    assert message_of(not_banned).endswith("is not banned.")
    commands = [line.split(" ")[2] for line in await client.sync()]
    assert commands == ["CLEARMSG", "CLEARCHAT", "CLEARCHAT", "CLEARCHAT"]
    await client.close()


async def test_moderators_and_old_messages_are_out_of_reach(
    sim: TwitchSim, helix: HelixClient
) -> None:
    sim.give_role("chan", "mybot", "moderator")
    who = {"broadcaster_id": "2001", "moderator_id": "1001"}
    own = await sim.say("chan", "chan", "my channel")
    old = await sim.say("chan", "viewer1", "long ago")
    ban = {"data": {"user_id": "2001"}}

    protected = await helix.call(
        "DELETE", "/moderation/chat", {**who, "message_id": own.message_id}
    )
    unbannable = await helix.call("POST", "/moderation/bans", who, ban)
    sim.configure(deletable_s=0)
    sim.advance(1)
    too_old = await helix.call("DELETE", "/moderation/chat", {**who, "message_id": old.message_id})

    assert protected.status_code == 400
    assert message_of(unbannable).endswith("may not be banned.")
    assert too_old.status_code == 404


async def test_a_changed_colour_shows_in_the_next_message(
    sim: TwitchSim, helix: HelixClient
) -> None:
    client = await IrcClient.in_room(sim, "chan")

    named = await helix.call("PUT", "/chat/color", {"user_id": "1001", "color": "hot_pink"})
    hex_value = await helix.call("PUT", "/chat/color", {"user_id": "1001", "color": "#9146FF"})
    await helix.call("POST", "/chat/messages", body=message("look"))

    assert named.status_code == 204
    assert message_of(hex_value).startswith("invalid color")
    assert tags_of(await client.line())["color"] == "#FF69B4"
    assert (await helix.data("/chat/color", {"user_id": "1001"}))[0]["color"] == "#FF69B4"
    await client.close()


async def test_an_announcement_too_soon_is_429_with_points_left(
    sim: TwitchSim, helix: HelixClient
) -> None:
    account = sim.add_account("mybot", scopes=["moderator:manage:announcements"])
    sim.give_role("chan", "mybot", "moderator")
    helix.headers["Authorization"] = f"Bearer {account.token}"
    client = await IrcClient.in_room(sim, "chan")
    who = {"broadcaster_id": "2001", "moderator_id": "1001"}

    first = await helix.call("POST", "/chat/announcements", who, {"message": "hear ye"})
    second = await helix.call("POST", "/chat/announcements", who, {"message": "hear ye"})

    assert (first.status_code, second.status_code) == (204, 429)
    assert int(second.headers["Ratelimit-Remaining"]) > 700
    assert tags_of(await client.line())["msg-id"] == "announcement"
    await client.close()


async def test_a_clip_is_made_at_once_and_visible_later(sim: TwitchSim, helix: HelixClient) -> None:
    offline = await helix.call("POST", "/clips", {"broadcaster_id": "2001"})
    sim.go_live("chan", "a title", "Chess")
    made = await helix.call("POST", "/clips", {"broadcaster_id": "2001"})
    clip_id = made.json()["data"][0]["id"]
    early = await helix.data("/clips", {"id": clip_id})

    sim.advance(6)
    (clip,) = await helix.data("/clips", {"id": clip_id})

    assert (offline.status_code, made.status_code) == (404, 202)
    assert early == []
    assert clip["creator_name"] == "MyBot"
    assert (clip["video_id"], clip["vod_offset"]) == ("", None)
    assert await helix.data("/clips", {"broadcaster_id": "2001"}) == [clip]


async def test_a_clip_may_never_become_visible(sim: TwitchSim, helix: HelixClient) -> None:
    sim.go_live("chan")
    sim.withhold_clips()

    await helix.call("POST", "/clips", {"broadcaster_id": "2001"})
    sim.advance(3600)

    assert await helix.data("/clips", {"broadcaster_id": "2001"}) == []
