from collections.abc import Callable

import pytest

from tests.twitchsim.irc_client import IrcClient, tags_of
from twitchsim.server import TwitchSim
from twitchsim.verbs.accounts import Account


async def test_an_accepted_message_gives_the_sender_a_user_state_and_others_the_line(
    sim: TwitchSim, bot: Account
) -> None:
    sender = await IrcClient.in_room(sim, "chan", bot)
    listener = await IrcClient.in_room(sim, "chan")

    sender.send("@client-nonce=abc PRIVMSG #chan :hello there")

    assert [line.split(" ", 1)[1] for line in await sender.sync()] == [
        ":tmi.twitch.tv USERSTATE #chan"
    ]
    heard = await listener.line()
    assert heard.endswith(" :mybot!mybot@mybot.tmi.twitch.tv PRIVMSG #chan :hello there")
    assert tags_of(heard)["client-nonce"] == "abc"
    assert tags_of(heard)["display-name"] == "MyBot"
    await sender.close()
    await listener.close()


async def test_a_reply_names_its_parent_and_begins_with_its_author(
    sim: TwitchSim, bot: Account
) -> None:
    sender = await IrcClient.in_room(sim, "chan", bot)
    listener = await IrcClient.in_room(sim, "chan")
    parent = await sim.say("chan", "viewer1", "how are you?")
    await listener.line()

    sender.send(f"@reply-parent-msg-id={parent.message_id} PRIVMSG #chan :fine")

    heard = await listener.line()
    tags = tags_of(heard)
    assert heard.endswith("PRIVMSG #chan :@Viewer1 fine")
    assert tags["reply-parent-msg-id"] == parent.message_id
    assert tags["reply-parent-msg-body"] == "how are you?"
    assert tags["reply-thread-parent-user-login"] == "viewer1"
    await sender.close()
    await listener.close()


async def test_me_becomes_an_action_and_other_slash_commands_are_unknown(
    sim: TwitchSim, bot: Account
) -> None:
    sender = await IrcClient.in_room(sim, "chan", bot)
    listener = await IrcClient.in_room(sim, "chan")

    sender.send("PRIVMSG #chan :/me waves", "PRIVMSG #chan :/ban viewer1")

    assert (await listener.line()).endswith("PRIVMSG #chan :\x01ACTION waves\x01")
    assert (await sender.sync())[-1] == (
        "@msg-id=unrecognized_cmd :tmi.twitch.tv NOTICE #chan :Unrecognized command: /ban"
    )
    assert await listener.sync() == []
    await sender.close()
    await listener.close()


async def refused_with(client: IrcClient, text: str) -> str:
    client.send(f"PRIVMSG #chan :{text}")
    lines = await client.sync()
    return tags_of(lines[0]).get("msg-id", "") if lines else ""


async def test_the_same_text_within_thirty_seconds_is_a_duplicate_for_viewers_only(
    sim: TwitchSim, bot: Account
) -> None:
    client = await IrcClient.in_room(sim, "chan", bot)

    assert await refused_with(client, "hello  there") == ""
    sim.advance(2)
    assert await refused_with(client, " hello there ") == "msg_duplicate"
    sim.give_role("chan", "mybot", "vip")
    assert await refused_with(client, "hello there") == ""
    await client.close()


async def test_a_viewer_may_send_one_message_a_second(sim: TwitchSim, bot: Account) -> None:
    client = await IrcClient.in_room(sim, "chan", bot)

    assert await refused_with(client, "one") == ""
    assert await refused_with(client, "two") == "msg_ratelimit"
    sim.advance(1.1)
    assert await refused_with(client, "three") == ""
    await client.close()


async def test_above_twenty_messages_in_thirty_seconds_the_account_is_muted(
    sim: TwitchSim, bot: Account
) -> None:
    sim.configure(message_interval_s=0)
    client = await IrcClient.in_room(sim, "chan", bot)
    for number in range(20):
        assert await refused_with(client, f"message {number}") == ""

    assert await refused_with(client, "one too many") == "msg_ratelimit"
    client.send("PRIVMSG #chan :and another")
    assert await client.sync() == []

    sim.advance(1801)
    assert await refused_with(client, "free again") == ""
    await client.close()


async def test_a_moderator_may_send_a_hundred(sim: TwitchSim, bot: Account) -> None:
    sim.give_role("chan", "mybot", "moderator")
    client = await IrcClient.in_room(sim, "chan", bot)

    client.send(*[f"PRIVMSG #chan :message {number}" for number in range(101)])
    lines = await client.sync()

    assert sum("USERSTATE" in line for line in lines) == 100
    assert tags_of(lines[-1])["msg-id"] == "msg_ratelimit"
    await client.close()


async def test_a_flood_can_close_the_connection_instead(sim: TwitchSim, bot: Account) -> None:
    sim.configure(message_flood="close", messages=1)
    client = await IrcClient.in_room(sim, "chan", bot)

    client.send("PRIVMSG #chan :one", "PRIVMSG #chan :two")

    assert b"USERSTATE" in await client.until_closed()
    await client.close()


async def test_a_text_above_500_characters_is_dropped_or_trimmed(
    sim: TwitchSim, bot: Account
) -> None:
    sim.configure(message_interval_s=0)
    client = await IrcClient.in_room(sim, "chan", bot)
    client.send("PRIVMSG #chan :" + "é" * 501)
    assert await client.sync() == []

    sim.configure(overlong_message="trim")
    client.send("PRIVMSG #chan :" + "é" * 501)
    await client.sync()

    assert [len(message.text) for message in sim.client_messages] == [501, 500]
    assert [message.outcome for message in sim.client_messages] == ["ignored", "accepted"]
    await client.close()


@pytest.mark.parametrize(
    ("prepare", "msg_id"),
    [
        (lambda sim: sim.roomstate("chan", subs_only=True), "msg_subsonly"),
        (lambda sim: sim.roomstate("chan", emote_only=True), "msg_emoteonly"),
        (lambda sim: sim.roomstate("chan", followers_only=0), "msg_followersonly_zero"),
        (lambda sim: sim.roomstate("chan", followers_only=10), "msg_followersonly"),
        (lambda sim: sim.timeout("mybot", "chan", 60), "msg_timedout"),
        (lambda sim: sim.suspend("chan"), "msg_channel_suspended"),
        (lambda sim: sim.refuse_sends("msg_rejected"), "msg_rejected"),
    ],
)
async def test_who_may_not_speak_hears_why(
    sim: TwitchSim, bot: Account, prepare: Callable[[TwitchSim], None], msg_id: str
) -> None:
    client = await IrcClient.in_room(sim, "chan", bot)
    prepare(sim)
    await client.sync()

    assert await refused_with(client, "a sufficiently long message") == msg_id
    await client.close()


async def test_slow_mode_tells_the_remaining_seconds(sim: TwitchSim, bot: Account) -> None:
    sim.roomstate("chan", slow=30)
    client = await IrcClient.in_room(sim, "chan", bot)

    assert await refused_with(client, "one") == ""
    sim.advance(10)
    client.send("PRIVMSG #chan :two")

    assert "You will be able to talk again in 20 seconds." in await client.line()
    await client.close()


async def test_unique_mode_refuses_what_was_said_before(sim: TwitchSim, bot: Account) -> None:
    sim.configure(message_interval_s=0, duplicate_window_s=0)
    sim.roomstate("chan", r9k=True)
    client = await IrcClient.in_room(sim, "chan", bot)

    assert await refused_with(client, "something unique") == ""
    assert await refused_with(client, "Something  unique") == "msg_r9k"
    await client.close()


async def test_a_token_without_chat_edit_may_listen_only(sim: TwitchSim) -> None:
    reader = sim.add_account("reader", scopes=["chat:read"])
    client = await IrcClient.in_room(sim, "chan", reader)

    assert await refused_with(client, "hello") == "no_permission"
    await client.close()


async def test_what_an_anonymous_client_sends_vanishes(sim: TwitchSim) -> None:
    client = await IrcClient.in_room(sim, "chan")

    client.send("PRIVMSG #chan :hello?")

    assert await client.sync() == []
    assert len(sim.client_messages) == 0
    await client.close()
