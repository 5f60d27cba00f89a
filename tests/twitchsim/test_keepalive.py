from tests.twitchsim.irc_client import IrcClient
from twitchsim.server import TwitchSim
from twitchsim.settings import PortSettings, SimSettings


async def test_a_ping_is_answered_as_twitch_does(sim: TwitchSim) -> None:
    client = await IrcClient.logged_in(sim)

    client.send("PING", "PING asd", "PING :asd qwe", "PING asd qwe")

    assert [await client.line() for _ in range(4)] == [
        "PONG :tmi.twitch.tv",
        ":tmi.twitch.tv PONG tmi.twitch.tv :asd",
        ":tmi.twitch.tv PONG tmi.twitch.tv :asd",
        ":tmi.twitch.tv PONG tmi.twitch.tv :asd",
    ]
    await client.close()


async def test_a_client_that_does_not_answer_a_ping_is_hung_up_on(sim: TwitchSim) -> None:
    sim.configure(pong_timeout_s=0.05)
    polite = await IrcClient.logged_in(sim)
    rude = await IrcClient.logged_in(sim)

    sim.send_ping()
    assert await polite.line() == "PING :tmi.twitch.tv"
    polite.send("PONG :tmi.twitch.tv")

    assert await rude.until_closed() == b"PING :tmi.twitch.tv\r\n"
    assert await polite.sync() == []
    await polite.close()
    await rude.close()


async def test_the_server_pings_at_its_interval() -> None:
    settings = SimSettings(ports=PortSettings(tls=False)).changed(ping_interval_s=0.02)
    async with TwitchSim(settings) as sim:
        client = await IrcClient.logged_in(sim)

        assert await client.expect("PING") == "PING :tmi.twitch.tv"
        client.send("PONG :tmi.twitch.tv")
        assert await client.expect("PING") == "PING :tmi.twitch.tv"
        await client.close()


async def test_who_never_logs_in_is_hung_up_on() -> None:
    settings = SimSettings(ports=PortSettings(tls=False)).changed(login_timeout_s=0.02)
    async with TwitchSim(settings) as sim:
        client = await IrcClient.connect(sim)

        assert await client.until_closed() == b""
        await client.close()


async def test_a_reconnect_is_announced_before_the_line_is_closed(sim: TwitchSim) -> None:
    client = await IrcClient.logged_in(sim)

    sim.reconnect(close_after_s=0.01)

    assert await client.until_closed() == b":tmi.twitch.tv RECONNECT\r\n"
    await client.close()


async def test_tls_is_trusted_with_the_exported_certificate() -> None:
    async with TwitchSim() as sim:
        client = await IrcClient.connect(sim, tls=True)
        client.send("NICK justinfan1")

        assert (await client.line()).endswith("001 justinfan1 :Welcome, GLHF!")
        await client.close()
