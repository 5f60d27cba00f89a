import random

import pytest

from tests.twitchsim.irc_client import IrcClient
from twitchsim.chatter import Chatter
from twitchsim.ledger import LineKind
from twitchsim.phrases import Phrasebook
from twitchsim.server import TwitchSim
from twitchsim.settings import PortSettings, SimSettings


def test_the_same_seed_says_the_same() -> None:
    books = [Phrasebook(random.Random(7)) for _ in range(2)]

    said = [[book.message("Chan", "Chess") for _ in range(50)] for book in books]

    assert said[0] == said[1]
    assert len(set(said[0])) > 25


async def test_lively_people_do_every_kind_of_thing(sim: TwitchSim) -> None:
    sim.add_channel("chan2")
    chatter = Chatter(sim, ["chan", "chan2"], 10, 1)

    for _ in range(3_000):
        chatter.step()

    kinds = {line.kind for line in sim.ledger.lines()}
    assert kinds >= {
        LineKind.PRIVMSG,
        LineKind.USERNOTICE,
        LineKind.CLEARCHAT,
        LineKind.CLEARMSG,
    }


async def test_chatter_reaches_the_clients_until_it_is_stopped(sim: TwitchSim) -> None:
    client = await IrcClient.in_room(sim, "chan")

    sim.start_chatter(200)
    await client.expect("PRIVMSG #chan")
    await sim.stop_chatter()
    count = len(sim.ledger)
    await client.sync()

    assert len(sim.ledger) == count
    await client.close()


async def test_each_background_activity_runs_once_at_a_time(sim: TwitchSim) -> None:
    sim.start_chatter(1)

    with pytest.raises(ValueError, match="chatter is running already"):
        sim.start_chatter(1)

    await sim.stop_chatter()
    sim.start_chatter(1)


async def test_streams_come_and_go_by_their_schedule(sim: TwitchSim) -> None:
    names = sim.add_channels(40)

    sim.start_schedule(names, live_s=100, offline_s=100)
    live = [name for name in names if sim.room(name).stream is not None]

    assert 5 < len(live) < 35
    sim.advance(100)
    await sim.until(lambda: sim.room(live[0]).stream is None, timeout_s=3)


async def test_a_load_over_a_thousand_channels_is_sent_in_full() -> None:
    async with TwitchSim(SimSettings(ports=PortSettings(tls=False))) as sim:
        names = sim.add_channels(1000)
        client = await IrcClient.logged_in(sim)
        for start in range(0, 1000, 20):
            client.send("JOIN " + ",".join(f"#{name}" for name in names[start : start + 20]))
        await sim.until_joined(*names)

        sim.start_load(10_000, names, count=5_000)
        await sim.until_load_ends()

        assert len(sim.ledger.message_ids()) == 5_000
        client.writer.transport.abort()
