import pytest

from tests.twitchsim.irc_client import ALL_CAPS, TAGS_AND_COMMANDS, IrcClient
from twitchsim.server import TwitchSim
from twitchsim.verbs.accounts import Account


async def test_a_login_is_answered_by_the_welcome_and_the_global_user_state(
    sim: TwitchSim, bot: Account
) -> None:
    client = await IrcClient.connect(sim)
    client.send(f"CAP REQ :{ALL_CAPS}", f"PASS oauth:{bot.token}", "NICK mybot")

    lines = await client.sync()

    assert lines[0] == f":tmi.twitch.tv CAP * ACK :{ALL_CAPS}"
    assert lines[1] == ":tmi.twitch.tv 001 mybot :Welcome, GLHF!"
    assert lines[6].endswith("372 mybot :You are in a maze of twisty passages, all alike.")
    assert lines[7] == ":tmi.twitch.tv 376 mybot :>"
    assert lines[8] == (
        "@badge-info=;badges=;color=;display-name=MyBot;emote-sets=0,42,237;user-id=1001;user-type="
        " :tmi.twitch.tv GLOBALUSERSTATE"
    )
    await client.close()


async def test_the_identity_is_the_user_of_the_token_whatever_nick_says(
    sim: TwitchSim, bot: Account
) -> None:
    client = await IrcClient.connect(sim)
    client.send(f"PASS oauth:{bot.token}", "NICK somebody_else")

    assert await client.line() == ":tmi.twitch.tv 001 mybot :Welcome, GLHF!"
    await client.close()


async def test_an_anonymous_login_needs_no_token_and_gets_no_global_user_state(
    sim: TwitchSim,
) -> None:
    client = await IrcClient.connect(sim)
    client.send(f"CAP REQ :{TAGS_AND_COMMANDS}", "PASS whatever", "NICK justinfan77")

    lines = await client.sync()

    assert lines[1] == ":tmi.twitch.tv 001 justinfan77 :Welcome, GLHF!"
    assert not any("GLOBALUSERSTATE" in line for line in lines)
    await client.close()


@pytest.mark.parametrize(
    ("password", "nick", "text"),
    [
        ("oauth:wrong", "mybot", "Login authentication failed"),
        ("token-without-scheme", "mybot", "Improperly formatted auth"),
        ("oauth:wrong", "not-a-nick!", "Invalid NICK"),
    ],
)
async def test_a_refused_login_is_told_without_tags_and_closed(
    sim: TwitchSim, password: str, nick: str, text: str
) -> None:
    client = await IrcClient.connect(sim)
    client.send(f"CAP REQ :{ALL_CAPS}", f"PASS {password}", f"NICK {nick}")

    received = (await client.until_closed()).decode()

    assert received.endswith(f"\r\n:tmi.twitch.tv NOTICE * :{text}\r\n")
    await client.close()


async def test_a_token_without_a_chat_scope_cannot_log_in(sim: TwitchSim) -> None:
    account = sim.add_account("colorbot", scopes=["user:manage:chat_color"])
    client = await IrcClient.connect(sim)
    client.send(f"PASS oauth:{account.token}", "NICK colorbot")

    assert await client.until_closed() == b":tmi.twitch.tv NOTICE * :Login unsuccessful\r\n"
    await client.close()


async def test_an_expired_token_ends_no_connection_but_refuses_the_next_login(
    sim: TwitchSim, bot: Account
) -> None:
    first = await IrcClient.logged_in(sim, bot)
    sim.expire_token("mybot")
    second = await IrcClient.connect(sim)
    second.send(f"PASS oauth:{bot.token}", "NICK mybot")

    assert b"Login authentication failed" in await second.until_closed()
    assert await first.sync() == []
    await first.close()
    await second.close()


async def test_the_cap_ack_may_follow_the_failure_in_the_same_packet(sim: TwitchSim) -> None:
    sim.configure(cap_ack="after_login")
    client = await IrcClient.connect(sim)
    client.send(f"CAP REQ :{TAGS_AND_COMMANDS}", "PASS oauth:wrong", "NICK mybot")

    assert await client.until_closed() == (
        b":tmi.twitch.tv NOTICE * :Login authentication failed\r\n"
        b":tmi.twitch.tv CAP * ACK :twitch.tv/tags twitch.tv/commands\r\n"
    )
    await client.close()


async def test_an_unknown_capability_refuses_the_whole_request(sim: TwitchSim) -> None:
    client = await IrcClient.connect(sim)
    client.send("CAP REQ :twitch.tv/tags foo", "NICK justinfan1", "JOIN #chan")
    await client.expect(" 366 ")

    await sim.say("chan", "viewer1", "hi")

    assert await client.line() == ":viewer1!viewer1@viewer1.tmi.twitch.tv PRIVMSG #chan :hi"
    await client.close()


async def test_an_ordered_failure_meets_only_the_next_login(sim: TwitchSim, bot: Account) -> None:
    sim.fail_logins("Error logging in")
    first = await IrcClient.connect(sim)
    first.send(f"PASS oauth:{bot.token}", "NICK mybot")

    assert await first.until_closed() == b":tmi.twitch.tv NOTICE * :Error logging in\r\n"

    second = await IrcClient.logged_in(sim, bot)
    await first.close()
    await second.close()


async def test_a_login_above_the_limit_is_hung_up_on(sim: TwitchSim, bot: Account) -> None:
    sim.configure(logins=2)
    clients = [await IrcClient.logged_in(sim, bot) for _ in range(2)]

    refused = await IrcClient.connect(sim)
    refused.send(f"PASS oauth:{bot.token}", "NICK mybot")

    assert await refused.until_closed() == b""
    sim.advance(10.1)
    clients.append(await IrcClient.logged_in(sim, bot))
    for client in [*clients, refused]:
        await client.close()


async def test_an_unknown_command_is_named_in_the_answer(sim: TwitchSim) -> None:
    client = await IrcClient.logged_in(sim)

    client.send("FROBNICATE now")

    assert await client.line() == ":tmi.twitch.tv 421 justinfan12345 FROBNICATE :Unknown command"
    await client.close()
