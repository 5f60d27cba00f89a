"""Probes: what each part's state means for the whole."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from structlog.testing import capture_logs

from twitchbot.adapters.web.health import Health, PartHealth, State
from twitchbot.adapters.web.metrics import PrometheusMetrics
from twitchbot.adapters.web.server import WebServer, bind, make_app


def a_health(**states: State) -> Health:
    health = Health("1.2.3")
    for name, state in states.items():

        async def probe(state: State = state) -> PartHealth:
            return PartHealth(state, {"detail": 1})

        health.add(name, probe, required=name == "database")
    health.set_ready(ready=True)
    return health


@pytest.mark.parametrize(
    ("states", "overall"),
    [
        ({"database": State.OK, "chat": State.OK}, "ok"),
        ({"database": State.OK, "chat": State.OFF}, "ok"),
        ({"database": State.OK, "chat": State.DOWN}, "degraded"),
        ({"database": State.OK, "chat": State.DEGRADED}, "degraded"),
        ({"database": State.DEGRADED, "chat": State.OK}, "degraded"),
        ({"database": State.DOWN, "chat": State.OK}, "down"),
    ],
)
async def test_only_a_required_part_can_take_the_service_down(
    states: dict[str, State], overall: str
) -> None:
    health = a_health(**states)

    report = await health.report()

    assert report["status"] == overall
    assert await health.is_ready() is (overall != "down")
    assert report["parts"]["chat"] == {"status": states["chat"], "detail": 1}


async def test_before_the_start_and_during_the_stop_nothing_is_ready() -> None:
    health = a_health(database=State.OK)
    health.set_ready(ready=False)

    assert not await health.is_ready()
    assert (await health.report())["status"] == "down"


async def test_a_probe_that_fails_costs_its_part_only() -> None:
    async def fail() -> PartHealth:
        raise ValueError("nobody planned this")

    health = a_health(database=State.OK)
    health.add("odd", fail)

    with capture_logs() as logs:
        report = await health.report()

    assert report["status"] == "degraded"
    assert report["parts"]["odd"] == {"status": "down", "error": "ValueError"}
    assert [(record["event"], record["part"]) for record in logs] == [("probe failed", "odd")]


async def test_a_part_that_does_not_answer_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    async def hang() -> PartHealth:
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr("twitchbot.adapters.web.health.PROBE_TIMEOUT_S", 0.05)
    health = Health("1")
    health.add("database", hang, required=True)
    health.set_ready(ready=True)

    assert not await health.is_ready()


async def test_the_loop_is_alive_while_it_beats(monkeypatch: pytest.MonkeyPatch) -> None:
    health = Health("1")
    beating = asyncio.create_task(health.beat())
    await asyncio.sleep(0)

    alive = health.is_alive()
    monkeypatch.setattr("twitchbot.adapters.web.health.MAX_LOOP_LAG_S", -1.0)

    assert alive
    assert not health.is_alive()
    beating.cancel()


@pytest.mark.parametrize(
    ("path", "database", "code"),
    [
        ("/health", State.OK, 200),
        ("/health", State.DOWN, 503),
        ("/health/ready", State.OK, 200),
        ("/health/ready", State.DOWN, 503),
        ("/health/live", State.DOWN, 200),
        ("/metrics", State.DOWN, 200),
        ("/static/../.env", State.OK, 404),
    ],
)
async def test_pages_answer_with_the_code_that_probes_expect(
    path: str, database: State, code: int
) -> None:
    app = make_app(a_health(database=database), PrometheusMetrics())
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        answer = await client.get(path)

    assert answer.status_code == code


async def test_a_page_is_only_read() -> None:
    app = make_app(a_health(database=State.OK), PrometheusMetrics())
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        answers = [await client.request(method, "/health") for method in ("POST", "TRACE")]

    assert [answer.status_code for answer in answers] == [405, 405]


async def test_the_server_answers_on_its_socket_until_it_is_stopped() -> None:
    app = make_app(a_health(database=State.OK), PrometheusMetrics())
    server = WebServer(app, bind("127.0.0.1", 0))
    await server.start()
    url = f"http://127.0.0.1:{server.port}/health/ready"

    async with httpx.AsyncClient() as client:
        answer = await client.get(url)
        await server.stop()
        with pytest.raises(httpx.TransportError):
            await client.get(url)

    assert answer.text == "ready\n"


def test_a_taken_port_is_refused() -> None:
    taken = bind("127.0.0.1", 0)
    taken.listen()

    with pytest.raises(OSError, match="in use"):
        bind("127.0.0.1", taken.getsockname()[1])
    taken.close()


def test_metrics_show_what_was_counted() -> None:
    metrics = PrometheusMetrics()
    metrics.gauge("messages_waiting", "Messages that wait.", lambda: 7)
    metrics.count("irc_lines", "IRC lines received.", lambda: 9)
    metrics.line_received()
    metrics.line_received()
    metrics.line_unreadable()
    metrics.batch_stored(offered=5, stored=3, seconds=0.01)
    metrics.row_rejected()
    metrics.command_answered("answered")
    metrics.call_finished("/twitchbot.BotService/JoinChannel", "OK", 0.002)
    metrics.bug_found()

    lines = metrics.render().decode().splitlines()

    for expected in (
        "twitchbot_messages_waiting 7.0",
        "twitchbot_irc_lines_total 9.0",
        "twitchbot_chat_lines_total 2.0",
        "twitchbot_chat_lines_unreadable_total 1.0",
        "twitchbot_messages_stored_total 3.0",
        "twitchbot_messages_known_total 2.0",
        "twitchbot_messages_rejected_total 1.0",
        'twitchbot_commands_total{outcome="answered"} 1.0',
        "twitchbot_batch_seconds_count 1.0",
        "twitchbot_grpc_bugs_total 1.0",
    ):
        assert expected in lines
