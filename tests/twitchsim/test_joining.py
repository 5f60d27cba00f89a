from tests.twitchsim.irc_client import ALL_CAPS, IrcClient
from twitchsim.server import TwitchSim
from twitchsim.verbs.accounts import Account


async def test_a_join_is_echoed_with_names_user_state_and_room_state(
    sim: TwitchSim, bot: Account
) -> None:
    client = await IrcClient.logged_in(sim, bot)

    client.send("JOIN #chan")

    assert await client.sync() == [
        ":mybot!mybot@mybot.tmi.twitch.tv JOIN #chan",
        ":mybot.tmi.twitch.tv 353 mybot = #chan :mybot",
        ":mybot.tmi.twitch.tv 366 mybot #chan :End of /NAMES list",
        "@badge-info=;badges=;color=;display-name=MyBot;emote-sets=0,42,237;mod=0;subscriber=0;"
        "user-type= :tmi.twitch.tv USERSTATE #chan",
        "@emote-only=0;followers-only=-1;r9k=0;rituals=0;room-id=2001;slow=0;subs-only=0"
        " :tmi.twitch.tv ROOMSTATE #chan",
    ]
    await client.close()


async def test_an_anonymous_client_gets_the_room_state_but_no_user_state(sim: TwitchSim) -> None:
    client = await IrcClient.logged_in(sim)

    client.send("JOIN #chan")
    lines = await client.sync()

    assert any("ROOMSTATE #chan" in line for line in lines)
    assert not any("USERSTATE" in line for line in lines)
    await client.close()


async def test_several_channels_can_be_joined_and_left_in_one_line(sim: TwitchSim) -> None:
    sim.add_channel("chan2")
    client = await IrcClient.logged_in(sim)
    client.send("JOIN #chan,#chan2")
    await sim.until_joined("chan", "chan2")
    await client.sync()

    client.send("PART #chan,#chan2")

    prefix = ":justinfan12345!justinfan12345@justinfan12345.tmi.twitch.tv"
    assert await client.sync() == [f"{prefix} PART #chan", f"{prefix} PART #chan2"]
    await client.close()


async def test_channels_that_do_not_exist_or_are_silent_are_not_answered(sim: TwitchSim) -> None:
    sim.add_channel("quiet")
    sim.silent("quiet")
    client = await IrcClient.logged_in(sim)

    client.send("JOIN #nobody_there", "JOIN #quiet", "JOIN #Chan")

    assert await client.sync() == []
    await client.close()


async def test_a_suspended_channel_refuses_the_join_with_a_notice(sim: TwitchSim) -> None:
    sim.suspend("chan")
    client = await IrcClient.logged_in(sim)

    client.send("JOIN #chan")

    assert await client.sync() == [
        "@msg-id=msg_channel_suspended :tmi.twitch.tv NOTICE #chan "
        ":This channel does not exist or has been suspended."
    ]
    await client.close()


async def test_a_banned_bot_is_refused_and_one_that_is_in_the_room_is_parted(
    sim: TwitchSim, bot: Account
) -> None:
    client = await IrcClient.in_room(sim, "chan", bot)

    sim.ban("mybot", "chan")
    assert (await client.line()).endswith("CLEARCHAT #chan :mybot")
    assert await client.line() == ":mybot!mybot@mybot.tmi.twitch.tv PART #chan"

    client.send("JOIN #chan")
    assert await client.sync() == [
        "@msg-id=msg_banned :tmi.twitch.tv NOTICE #chan "
        ":You are permanently banned from talking in chan."
    ]
    await client.close()


async def test_joins_above_twenty_in_ten_seconds_close_the_connection(
    sim: TwitchSim, bot: Account
) -> None:
    client = await IrcClient.logged_in(sim, bot)

    client.send(*["JOIN #nowhere"] * 20)
    assert await client.sync() == []
    client.send("JOIN #nowhere")

    assert await client.until_closed() == b""
    assert sim.state.counts["irc.join_limit_hits"] == 1
    await client.close()


async def test_the_join_limit_counts_across_the_connections_of_an_account(
    sim: TwitchSim, bot: Account
) -> None:
    first = await IrcClient.logged_in(sim, bot)
    second = await IrcClient.logged_in(sim, bot)

    first.send(*["JOIN #nowhere"] * 20)
    await first.sync()
    second.send("JOIN #nowhere")

    assert await second.until_closed() == b""
    await first.close()
    await second.close()


async def test_anonymous_joins_are_limited_only_when_configured(sim: TwitchSim) -> None:
    client = await IrcClient.logged_in(sim)
    client.send(*["JOIN #nowhere"] * 40)
    assert await client.sync() == []

    sim.configure(anonymous_joins_count=True)
    client.send(*["JOIN #nowhere"] * 21)

    assert await client.until_closed() == b""
    await client.close()


async def test_the_channel_cap_refuses_with_a_notice_but_spares_moderated_channels(
    sim: TwitchSim, bot: Account
) -> None:
    sim.configure(channels=1)
    sim.add_channel("chan2")
    sim.add_channel("modded")
    sim.give_role("modded", "mybot", "moderator")
    client = await IrcClient.in_room(sim, "chan", bot)

    client.send("JOIN #chan2", "JOIN #modded")
    lines = await client.sync()

    assert lines[0].startswith(
        "@msg-id=msg_concurrent_channel_limit_reached :tmi.twitch.tv NOTICE #chan2 :You are"
    )
    assert any(line.endswith(" JOIN #modded") for line in lines)
    await client.close()


async def test_seats_of_a_closed_connection_may_be_released_late(
    sim: TwitchSim, bot: Account
) -> None:
    sim.configure(channels=1, channel_release_s=30)
    sim.add_channel("chan2")
    first = await IrcClient.in_room(sim, "chan", bot)
    await first.close()
    await sim.until(lambda: not sim.room("chan").members)
    second = await IrcClient.logged_in(sim, bot)

    second.send("JOIN #chan2")
    assert "msg_concurrent_channel_limit_reached" in (await second.sync())[0]

    sim.advance(31)
    second.send("JOIN #chan2")
    assert (await second.sync())[0].endswith("JOIN #chan2")
    await second.close()


async def test_a_renamed_channel_goes_silent_and_its_new_name_can_be_joined(
    sim: TwitchSim,
) -> None:
    client = await IrcClient.in_room(sim, "chan")

    sim.rename("chan", "chan_new")
    await sim.say("chan_new", "viewer1", "does anybody hear me?")
    assert await client.sync() == []

    client.send("PART #chan", "JOIN #chan_new")
    await client.sync()
    await sim.say("chan_new", "viewer1", "and now?")
    line = await client.line()
    assert "room-id=2001" in line
    assert line.endswith("PRIVMSG #chan_new :and now?")
    await client.close()


async def test_others_come_and_go_in_one_late_batch(sim: TwitchSim, bot: Account) -> None:
    client = await IrcClient.in_room(sim, "chan", bot, ALL_CAPS)
    sim.arrive("chan", "viewer1")
    sim.arrive("chan", "viewer2")
    sim.leave("chan", "viewer1")
    assert await client.sync() == []

    sim.parts.irc.membership.flush()

    assert await client.sync() == [
        ":viewer1!viewer1@viewer1.tmi.twitch.tv JOIN #chan",
        ":viewer2!viewer2@viewer2.tmi.twitch.tv JOIN #chan",
        ":viewer1!viewer1@viewer1.tmi.twitch.tv PART #chan",
    ]
    await client.close()


async def test_names_list_small_rooms_in_several_lines_and_large_ones_not_at_all(
    sim: TwitchSim,
) -> None:
    for number in range(60):
        sim.arrive("chan", f"quite_a_long_name_{number}")
    client = await IrcClient.logged_in(sim, None, ALL_CAPS)

    client.send("JOIN #chan")
    small = [line for line in await client.sync() if " 353 " in line]
    sim.configure(names_in_room=10)
    client.send("PART #chan", "JOIN #chan")
    large = [line for line in await client.sync() if " 353 " in line]

    assert len(small) > 1
    assert all(len(line) <= 512 for line in small)
    assert sum(line.count("quite_a_long_name_") for line in small) == 60
    assert large == [
        ":justinfan12345.tmi.twitch.tv 353 justinfan12345 = #chan :justinfan12345",
    ]
    await client.close()
