import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.twitchsim.irc_client import IrcClient
from twitchsim.script import load_script, parse_script, play
from twitchsim.server import TwitchSim
from twitchsim.settings import SimSettings
from twitchsim.verbs.table import VERBS, BadArgumentsError, UnknownVerbError

ROOT = Path(__file__).parents[2]


async def do(
    http: httpx.AsyncClient, sim: TwitchSim, verb: str, **arguments: Any
) -> httpx.Response:
    return await http.post(f"{sim.control_url}/do/{verb}", json=arguments)


def test_every_verb_exists() -> None:
    assert [verb for verb in sorted(VERBS) if not callable(getattr(TwitchSim, verb, None))] == []


async def test_another_process_can_make_people_talk_and_read_the_books(
    sim: TwitchSim, http: httpx.AsyncClient
) -> None:
    client = await IrcClient.in_room(sim, "chan")

    said = await do(http, sim, "say", channel="chan", user="viewer1", text="hi", bits=5)
    line = await client.line()
    stats = (await http.get(f"{sim.control_url}/stats")).json()
    books = (await http.get(f"{sim.control_url}/ledger", params={"channel": "chan"})).json()
    connection = (await http.get(f"{sim.control_url}/connections/1")).json()

    assert line.endswith("PRIVMSG #chan :hi")
    assert "bits=5" in line
    assert stats["lines"] == 1
    assert stats["rooms"] == {"chan": 1}
    assert books["lines"][0]["message_id"] == said.json()["result"]["message_id"]
    assert connection["seqs"] == {"offered": [1], "written": [1], "acknowledged": [1]}
    await client.close()


async def test_what_clients_sent_can_be_read(sim: TwitchSim, http: httpx.AsyncClient) -> None:
    account = await do(http, sim, "add_account", login="helper")
    token = account.json()["result"]["token"]
    client = await IrcClient.connect(sim)
    client.send(f"PASS oauth:{token}", "NICK helper", "PRIVMSG #chan :hello")
    await client.sync()

    messages = (await http.get(f"{sim.control_url}/messages")).json()["messages"]

    assert [(m["login"], m["text"], m["outcome"]) for m in messages] == [
        ("helper", "hello", "accepted")
    ]
    await client.close()


@pytest.mark.parametrize(
    ("verb", "arguments", "status"),
    [
        ("nonsense", {}, 404),
        ("say", {"channel": "chan"}, 400),
        ("say", {"channel": "nowhere", "user": "x", "text": "y"}, 400),
        ("configure", {"unknown_setting": 1}, 400),
        ("roomstate", {"channel": "chan", "bogus": 1}, 400),
    ],
)
async def test_a_bad_order_is_explained(
    sim: TwitchSim, http: httpx.AsyncClient, verb: str, arguments: dict[str, Any], status: int
) -> None:
    response = await do(http, sim, verb, **arguments)

    assert response.status_code == status
    assert response.json()["error"]


async def test_the_index_names_addresses_and_verbs(sim: TwitchSim, http: httpx.AsyncClient) -> None:
    index = (await http.get(sim.control_url)).json()

    assert index["irc_port"] == sim.irc_port
    assert "say" in index["verbs"]


async def test_a_script_is_played_in_the_order_of_its_times(sim: TwitchSim, tmp_path: Path) -> None:
    steps = [
        {"at": 0.02, "do": "say", "channel": "chan", "user": "viewer1", "text": "second"},
        {"do": "add_channel", "login": "chan2", "live": True},
        {"at": 0.01, "do": "say", "channel": "chan", "user": "viewer1", "text": "first"},
    ]
    path = tmp_path / "script.json"
    path.write_text(json.dumps(steps))

    await play(sim, load_script(path))

    assert [said.text for said in sim.room("chan").recent.values()] == ["first", "second"]
    assert sim.room("chan2").stream is not None


def test_a_script_with_a_mistake_is_refused() -> None:
    with pytest.raises(UnknownVerbError, match="step 2: unknown verb: jump"):
        parse_script([{"do": "heal"}, {"do": "jump"}])
    with pytest.raises(BadArgumentsError, match="step 1: bad time"):
        parse_script([{"do": "heal", "at": -1}])


def test_an_unknown_setting_is_named() -> None:
    with pytest.raises(ValueError, match="unknown settings: nonsense"):
        SimSettings().changed(nonsense=1)
    assert SimSettings().changed(joins=5, ping_interval_s=1.0).limits.joins == 5


@pytest.fixture
def program() -> Iterator[dict[str, Any]]:
    """Start the simulator as a program of its own and give what it printed."""
    ports = [f"--{name}-port=0" for name in ("irc", "irc-tls", "http", "control")]
    options = ["--channel=chan", "--account=mybot:secret", "--setting=joins=7", "--load=200"]
    running = subprocess.Popen(
        [sys.executable, "cmd/twitchsim", *ports, *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "error"},
        stdout=subprocess.PIPE,
        text=True,
    )
    with running:
        assert running.stdout is not None
        yield json.loads(running.stdout.readline())
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=10) == 0


async def test_the_program_serves_what_its_options_say(
    program: dict[str, Any], http: httpx.AsyncClient
) -> None:
    headers = {"Authorization": "OAuth secret"}
    described = (await http.get(f"{program['oauth_url']}/validate", headers=headers)).json()
    stats: dict[str, Any] = {}
    async with asyncio.timeout(5):
        while not stats.get("lines"):
            stats = (await http.get(f"{program['control_url']}/stats")).json()

    assert described["login"] == "mybot"
    assert program["accounts"] == {"mybot": "secret"}
    assert len(stats["rooms"]) == 9
