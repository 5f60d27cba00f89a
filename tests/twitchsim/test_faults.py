import asyncio

import pytest

from tests.twitchsim.irc_client import IrcClient
from twitchsim.faults import odd_lines
from twitchsim.server import TwitchSim


async def test_a_frozen_line_neither_reads_nor_writes_and_loses_nothing_when_it_thaws(
    sim: TwitchSim,
) -> None:
    client = await IrcClient.in_room(sim, "chan")
    sim.freeze()
    client.send("PING anybody?")

    said = [await sim.say("chan", "viewer1", f"message {number}") for number in range(3)]
    record = sim.ledger.connections[0]
    assert record.unwritten() == [message.seq for message in said]
    assert record.written() == []

    sim.thaw()
    assert [(await client.line())[-9:] for _ in range(3)] == [
        "message 0",
        "message 1",
        "message 2",
    ]
    assert (await client.line()).endswith(":anybody?")
    assert record.unwritten() == []
    await client.close()


async def test_a_frozen_server_accepts_connections_and_stays_mute(sim: TwitchSim) -> None:
    sim.freeze()
    client = await IrcClient.connect(sim)
    client.send("NICK justinfan1")
    await sim.until(lambda: len(sim.parts.irc.sessions) == 1)

    sim.thaw()

    assert (await client.line()).endswith("001 justinfan1 :Welcome, GLHF!")
    await client.close()


async def test_a_reset_reaches_the_client_as_one(sim: TwitchSim) -> None:
    client = await IrcClient.in_room(sim, "chan")

    assert sim.cut("rst") == 1

    with pytest.raises(ConnectionResetError):
        await client.until_closed()
    await client.close()


async def test_a_line_may_break_off_in_the_middle(sim: TwitchSim) -> None:
    client = await IrcClient.in_room(sim, "chan")

    pending = asyncio.ensure_future(sim.say("chan", "viewer1", "never heard whole"))
    await asyncio.sleep(0)
    sim.cut("mid_line")
    said = await pending

    received = await client.until_closed()
    assert received
    assert not received.endswith(b"\n")
    assert sim.ledger.connections[0].unwritten() == [said.seq]
    await client.close()


async def test_only_the_named_connection_is_cut(sim: TwitchSim) -> None:
    bot = sim.add_account("mybot")
    named = await IrcClient.logged_in(sim, bot)
    other = await IrcClient.logged_in(sim)

    assert sim.cut("fin", login="mybot") == 1

    assert await named.until_closed() == b""
    assert await other.sync() == []
    await named.close()
    await other.close()


async def test_writes_can_be_cut_inside_a_character(sim: TwitchSim) -> None:
    client = await IrcClient.in_room(sim, "chan")
    sim.slice_writes(1, 0.0)
    text = "😂 é 漢"

    await sim.say("chan", "viewer1", text)
    first = await client.reader.read(1)

    assert first == b"@"
    assert (await client.line()).endswith(f"PRIVMSG #chan :{text}")
    await client.close()


@pytest.mark.parametrize("kind", sorted(odd_lines("chan")))
async def test_odd_lines_arrive_byte_for_byte(sim: TwitchSim, kind: str) -> None:
    client = await IrcClient.in_room(sim, "chan")

    seq = sim.say_odd("chan", kind)
    sim.cut("fin")

    assert await client.until_closed() == odd_lines("chan")[kind]
    assert sim.ledger.line(seq).message_id is None
    await client.close()


async def test_a_message_can_come_twice_with_one_id(sim: TwitchSim) -> None:
    client = await IrcClient.in_room(sim, "chan")
    said = await sim.say("chan", "viewer1", "once")

    seq = sim.repeat("chan", said.message_id)

    assert await client.line() == await client.line()
    assert seq == said.seq + 1
    assert sim.ledger.message_ids() == {said.message_id}
    await client.close()


async def test_closed_doors_refuse_and_open_again_on_the_same_port(sim: TwitchSim) -> None:
    port = sim.irc_port
    sim.refuse_connections()
    with pytest.raises(ConnectionRefusedError):
        await IrcClient.connect(sim)

    await sim.accept_connections()

    assert sim.irc_port == port
    client = await IrcClient.logged_in(sim)
    await client.close()


async def test_a_client_that_does_not_read_is_dropped_in_the_end(sim: TwitchSim) -> None:
    sim.configure(send_buffer_bytes=100_000)
    client = await IrcClient.in_room(sim, "chan")
    sim.freeze()

    for _ in range(3):
        sim.say_odd("chan", "long")

    record = sim.ledger.connections[0]
    assert record.close_reason == "send buffer full"
    assert len(record.unwritten()) == 3
    with pytest.raises(ConnectionResetError):
        await client.until_closed()
    await client.close()
