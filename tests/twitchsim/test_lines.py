import pytest

from tests.twitchsim.irc_client import IrcClient, tags_of
from twitchsim.emotes import emote_tag, is_emote_only
from twitchsim.irc.request import parse_request
from twitchsim.lines import escape, line, without_tags
from twitchsim.server import TwitchSim
from twitchsim.usernotices import KINDS
from twitchsim.verbs.accounts import Account


def test_tag_values_are_escaped() -> None:
    assert escape("a b;c\\d\r\n") == r"a\sb\:c\\d\r\n"


def test_emote_positions_count_code_points() -> None:
    assert emote_tag("Kappa 😂 Kappa Keepo") == "25:0-4,8-12/1902:14-18"
    assert emote_tag("no emotes") == ""
    assert is_emote_only("Kappa LUL")
    assert not is_emote_only("Kappa hi")


def test_a_line_without_tags_stays_as_it_is() -> None:
    tagged = line(":tmi.twitch.tv", "NOTICE", "#chan", trailing="x", tags={"msg-id": "y"})

    assert without_tags(tagged) == b":tmi.twitch.tv NOTICE #chan :x\r\n"
    assert without_tags(without_tags(tagged)) == b":tmi.twitch.tv NOTICE #chan :x\r\n"


def test_a_request_is_taken_apart() -> None:
    request = parse_request(r"@a=x\sy;b privmsg  #chan :hello  there")

    assert request.tags == {"a": "x y", "b": ""}
    assert request.command == "PRIVMSG"
    assert request.params == ["#chan", "hello  there"]
    assert parse_request("").command == ""
    assert parse_request("PING :one").param(0) == "one"


async def test_a_message_carries_the_tags_of_its_author_and_its_kind(sim: TwitchSim) -> None:
    sim.give_role("chan", "mod1", "moderator")
    sim.give_role("chan", "mod1", "subscriber", months=22)
    client = await IrcClient.in_room(sim, "chan")

    said = await sim.say("chan", "mod1", "Kappa Kappa", bits=100)

    heard = await client.line()
    tags = tags_of(heard)
    assert heard.endswith(" :mod1!mod1@mod1.tmi.twitch.tv PRIVMSG #chan :Kappa Kappa")
    assert tags["badges"] == "moderator/1,subscriber/18"
    assert tags["badge-info"] == "subscriber/22"
    assert (tags["mod"], tags["user-type"], tags["subscriber"]) == ("1", "mod", "1")
    assert (tags["emote-only"], tags["bits"]) == ("1", "100")
    assert tags["id"] == said.message_id
    await client.close()


async def test_the_badges_of_broadcaster_lead_moderator_and_vip(sim: TwitchSim) -> None:
    sim.give_role("chan", "lead", "lead_moderator")
    sim.give_role("chan", "important", "vip")
    client = await IrcClient.in_room(sim, "chan")

    seen = {}
    for login in ("chan", "lead", "important"):
        await sim.say("chan", login, "hi")
        seen[login] = tags_of(await client.line())

    assert (seen["chan"]["badges"], seen["chan"]["mod"]) == ("broadcaster/1", "0")
    assert (seen["lead"]["badges"], seen["lead"]["mod"]) == ("lead_moderator/1", "1")
    assert (seen["important"]["badges"], seen["important"]["vip"]) == ("vip/1", "1")
    await client.close()


async def test_tags_can_be_replaced_left_out_and_shuffled(sim: TwitchSim) -> None:
    client = await IrcClient.in_room(sim, "chan")

    await sim.say("chan", "viewer1", "old", tmi_sent_ts=1000, user_id=None, custom_tag="x")
    tags = tags_of(await client.line())
    sim.configure(shuffle_tags=True)
    await sim.say("chan", "viewer1", "new")
    shuffled = list(tags_of(await client.line()))

    assert tags["tmi-sent-ts"] == "1000"
    assert tags["custom-tag"] == "x"
    assert "user-id" not in tags
    assert shuffled != sorted(shuffled)
    await client.close()


async def test_a_client_without_capabilities_hears_bare_messages_only(sim: TwitchSim) -> None:
    client = await IrcClient.in_room(sim, "chan", caps="")

    await sim.say("chan", "viewer1", "hi")
    sim.clear_chat("chan")
    sim.usernotice("chan", "raid", "viewer1")

    assert await client.sync() == [":viewer1!viewer1@viewer1.tmi.twitch.tv PRIVMSG #chan :hi"]
    await client.close()


@pytest.mark.parametrize("kind", [*KINDS, "something_new"])
async def test_every_kind_of_user_notice_can_be_sent(sim: TwitchSim, kind: str) -> None:
    client = await IrcClient.in_room(sim, "chan")

    sim.usernotice("chan", kind, "viewer1", "a text", params={"own": "param"})

    heard = await client.line()
    tags = tags_of(heard)
    assert heard.endswith(" :tmi.twitch.tv USERNOTICE #chan :a text")
    assert (tags["msg-id"], tags["login"]) == (kind, "viewer1")
    assert tags["msg-param-own"] == "param"
    assert "{" not in heard
    await client.close()


async def test_a_gift_bomb_is_one_head_and_its_gifts_with_one_origin(sim: TwitchSim) -> None:
    client = await IrcClient.in_room(sim, "chan")

    sim.gift_bomb("chan", "viewer1", ["viewer2", "viewer3"])

    tags = [tags_of(line) for line in await client.sync()]
    assert [tag["msg-id"] for tag in tags] == ["submysterygift", "subgift", "subgift"]
    assert len({tag["msg-param-origin-id"] for tag in tags}) == 1
    assert tags[0]["msg-param-mass-gift-count"] == "2"
    assert tags[2]["msg-param-recipient-user-name"] == "viewer3"
    await client.close()


async def test_subscriptions_raids_and_announcements_tell_what_happened(sim: TwitchSim) -> None:
    client = await IrcClient.in_room(sim, "chan")

    sim.subscribe("chan", "viewer1", plan="Prime")
    sim.subscribe("chan", "viewer1", "still here", months=2)
    sim.raid("chan", "chan2", 430)
    sim.announce("chan", "chan", "listen!", "BLUE")

    sub, resub, raid, announcement = await client.sync()
    assert tags_of(sub)["system-msg"] == "Viewer1 subscribed with Twitch Prime."
    assert tags_of(resub)["badge-info"] == "subscriber/2"
    assert tags_of(raid)["msg-param-viewerCount"] == "430"
    assert tags_of(announcement)["msg-param-color"] == "BLUE"
    assert announcement.endswith("USERNOTICE #chan :listen!")
    await client.close()


async def test_a_whisper_reaches_only_the_connections_of_its_login(
    sim: TwitchSim, bot: Account
) -> None:
    client = await IrcClient.in_room(sim, "chan", bot)
    other = await IrcClient.in_room(sim, "chan")
    whisper = ":viewer1!viewer1@viewer1.tmi.twitch.tv WHISPER mybot :psst"

    assert sim.raw_to("mybot", whisper) == 1

    assert await client.sync() == [whisper]
    assert await other.sync() == []
    await client.close()
    await other.close()


async def test_moderation_is_told_as_twitch_tells_it(sim: TwitchSim) -> None:
    client = await IrcClient.in_room(sim, "chan")
    said = await sim.say("chan", "viewer1", "bad words")
    user_id = said.user.user_id
    await client.line()

    sim.delete_message("chan", said.message_id)
    sim.timeout("viewer1", "chan", 600)
    sim.ban("viewer1", "chan")
    sim.unban("viewer1", "chan")
    sim.clear_chat("chan")

    deleted, timed_out, banned, cleared = await client.sync()
    assert tags_of(deleted) | {"tmi-sent-ts": ""} == {
        "login": "viewer1",
        "room-id": "",
        "target-msg-id": said.message_id,
        "tmi-sent-ts": "",
    }
    assert deleted.endswith("CLEARMSG #chan :bad words")
    assert tags_of(timed_out)["ban-duration"] == "600"
    assert tags_of(banned)["target-user-id"] == user_id
    assert "ban-duration" not in tags_of(banned)
    assert cleared.endswith(":tmi.twitch.tv CLEARCHAT #chan")
    await client.close()


async def test_a_changed_mode_tells_only_what_changed_and_a_notice(sim: TwitchSim) -> None:
    client = await IrcClient.in_room(sim, "chan")

    sim.roomstate("chan", slow=5)
    sim.roomstate("chan", slow=5)
    sim.roomstate("chan", followers_only=60)

    assert await client.sync() == [
        "@room-id=2001;slow=5 :tmi.twitch.tv ROOMSTATE #chan",
        "@msg-id=slow_on :tmi.twitch.tv NOTICE #chan "
        ":This room is now in slow mode. You may send messages every 5 seconds.",
        "@followers-only=60;room-id=2001 :tmi.twitch.tv ROOMSTATE #chan",
        "@msg-id=followers_on :tmi.twitch.tv NOTICE #chan "
        ":This room is now in 1 hour followers-only mode.",
    ]
    await client.close()


async def test_shared_chat_shows_a_message_in_both_rooms_with_its_source(sim: TwitchSim) -> None:
    sim.add_channel("chan2", room_id="2002")
    sim.give_role("chan2", "viewer1", "moderator")
    sim.share_chat(["chan", "chan2"])
    here = await IrcClient.in_room(sim, "chan")
    there = await IrcClient.in_room(sim, "chan2")

    await sim.say("chan2", "viewer1", "written in chan2")
    copy, original = tags_of(await here.line()), tags_of(await there.line())
    sim.announce("chan2", "viewer1", "announced in chan2")
    notice = tags_of(await here.line())

    assert (original["room-id"], original["source-room-id"]) == ("2002", "2002")
    assert (copy["room-id"], copy["source-room-id"]) == ("2001", "2002")
    assert copy["source-id"] == original["id"] != copy["id"]
    assert (copy["badges"], copy["source-badges"]) == ("", "moderator/1")
    assert (notice["msg-id"], notice["source-msg-id"]) == ("sharedchatnotice", "announcement")
    sim.end_shared_chat("chan")
    await sim.say("chan2", "viewer1", "alone again")
    assert await here.sync() == []
    await here.close()
    await there.close()
