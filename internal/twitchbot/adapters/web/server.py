"""The HTTP server, inside the service's own event loop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from twitchbot.adapters.web.health import Health, State
from twitchbot.adapters.web.metrics import PrometheusMetrics

START_TIMEOUT_S = 10.0


def make_app(health: Health, metrics: PrometheusMetrics) -> Starlette:
    """Build the pages: /health, /health/live, /health/ready, /metrics."""

    async def report(_request: Request) -> Response:
        found = await health.report()
        body = orjson.dumps(found, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        code = 503 if found["status"] is State.DOWN else 200
        return Response(body, code, media_type="application/json")

    async def live(_request: Request) -> Response:
        return _verdict("alive", "stalled", good=health.is_alive())

    async def ready(_request: Request) -> Response:
        return _verdict("ready", "not ready", good=await health.is_ready())

    async def scrape(_request: Request) -> Response:
        return Response(metrics.render(), media_type="text/plain; version=0.0.4; charset=utf-8")

    return Starlette(
        routes=[
            Route("/health", report),
            Route("/health/live", live),
            Route("/health/ready", ready),
            Route("/metrics", scrape),
        ]
    )


def _verdict(yes: str, no: str, *, good: bool) -> Response:
    return PlainTextResponse(f"{yes}\n" if good else f"{no}\n", 200 if good else 503)


class _EmbeddedServer(uvicorn.Server):
    """A uvicorn that leaves the process's signals to the service, and says when it answers."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.answering = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.answering.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class WebServer:
    """Serves the app on a socket that was bound before, so that a busy port is known at once."""

    def __init__(self, app: Starlette, bound: socket.socket) -> None:
        self._socket = bound
        self._server = _EmbeddedServer(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                lifespan="off",
                server_header=False,
                timeout_graceful_shutdown=1,
                timeout_keep_alive=15,
                limit_concurrency=200,
            )
        )
        self._task: asyncio.Task[None] | None = None

    @property
    def port(self) -> int:
        """The port that is really bound."""
        return int(self._socket.getsockname()[1])

    async def start(self) -> None:
        """Begin to answer."""
        self._task = asyncio.create_task(self._server.serve([self._socket]), name="http")
        async with asyncio.timeout(START_TIMEOUT_S):
            await self._server.answering.wait()

    async def stop(self) -> None:
        """Finish what is being answered and close."""
        self._server.should_exit = True
        if self._task is not None:
            await self._task
        self._socket.close()


def bind(host: str, port: int) -> socket.socket:
    """Return a bound socket, or raise OSError when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Naming TCP lets asyncio switch off Nagle's delay, which would cost each answer 40 ms.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    return bound
