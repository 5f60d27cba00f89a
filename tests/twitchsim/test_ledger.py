import asyncio
from zlib import crc32

from tests.twitchsim.irc_client import IrcClient, tags_of
from twitchsim.ledger import Ledger, LineKind
from twitchsim.server import TwitchSim


def test_lines_are_numbered_without_holes_and_found_by_their_id() -> None:
    ledger = Ledger()

    seqs = [ledger.record(LineKind.PRIVMSG, 2001, 1000 + n, b"text") for n in range(3)]

    assert seqs == [1, 2, 3]
    message_id = ledger.message_id(2)
    assert message_id is not None
    assert ledger.seq_of(message_id) == 2
    assert ledger.seq_of("5b4f63a9-0000-4000-8000-000000000001") is None
    assert ledger.line(3).sent_ts == 1002
    assert ledger.line(3).text_crc == crc32(b"text")


def test_two_runs_never_share_an_id() -> None:
    first, second = Ledger(), Ledger()

    assert first.new_message_id(1) != second.new_message_id(1)


def test_lines_can_be_listed_by_room_and_from_a_number_on() -> None:
    ledger = Ledger()
    for room_id in (1, 2, 1, 2):
        ledger.record(LineKind.PRIVMSG, room_id, 0, b"")
    ledger.record(LineKind.CLEARCHAT, 1, 0, b"")

    assert [line.seq for line in ledger.lines(room_id=1)] == [1, 3, 5]
    assert [line.seq for line in ledger.lines(room_id=2, after=2)] == [4]
    assert len(ledger.message_ids(room_id=1)) == 2


def test_a_record_tells_whole_lines_from_torn_ones() -> None:
    record = Ledger().open_connection(1.0)
    record.queue(100, None)
    record.queue(50, 7)
    record.queue(50, 8)

    record.mark_written(160, 5.0)

    assert record.offered() == [7, 8]
    assert record.written() == [7]
    assert record.unwritten() == [8]
    assert record.written_at(7) == 5.0
    assert record.written_at(8) is None
    assert record.written_at(9) is None
    record.acknowledged_bytes = 120
    assert record.acknowledged() == []


async def test_what_was_offered_to_whom_is_known_exactly(sim: TwitchSim) -> None:
    sim.add_channel("chan2")
    first = await IrcClient.in_room(sim, "chan")
    second = await IrcClient.in_room(sim, "chan2")

    here = await sim.say("chan", "viewer1", "here")
    there = await sim.say("chan2", "viewer1", "there")

    one, two = sim.ledger.connections
    assert (one.offered(), two.offered()) == ([here.seq], [there.seq])
    assert (one.written(), two.written()) == ([here.seq], [there.seq])
    assert sim.ledger.written_ids() == {here.message_id, there.message_id}
    await first.close()
    await second.close()


async def test_lines_offered_while_a_connection_is_torn_down_are_booked_as_unwritten(
    sim: TwitchSim,
) -> None:
    client = await IrcClient.in_room(sim, "chan")
    heard = await sim.say("chan", "viewer1", "heard")

    sim.cut("rst")
    missed = await sim.say("chan", "viewer1", "missed")

    record = sim.ledger.connections[0]
    assert record.written() == [heard.seq]
    assert record.unwritten() == [missed.seq]
    assert record.close_reason == "cut"
    assert record.closed_at is not None
    await client.close()


async def test_what_the_peers_kernel_never_took_is_not_acknowledged(sim: TwitchSim) -> None:
    client = await IrcClient.in_room(sim, "chan")
    client.stop_reading()
    for _ in range(200):
        sim.say_odd("chan", "long")
        await asyncio.sleep(0)

    sim.cut("rst")

    record = sim.ledger.connections[0]
    assert record.acknowledged_bytes is not None
    assert len(record.acknowledged()) < len(record.written()) == 200
    client.writer.transport.abort()


async def test_every_line_a_client_reads_is_in_the_books(sim: TwitchSim) -> None:
    client = await IrcClient.in_room(sim, "chan")
    sim.start_load(rate=5_000, count=500)
    await sim.until_load_ends()
    sim.cut("fin")

    received = (await client.until_closed()).decode().splitlines()

    ids = {tags_of(line)["id"] for line in received}
    assert ids == sim.ledger.message_ids() == sim.ledger.written_ids()
    assert len(ids) == 500
    record = sim.ledger.connections[0]
    assert record.acknowledged() == record.written() == record.offered()
    await client.close()
