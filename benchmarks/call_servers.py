"""The servers that are called, each in a process of its own."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

import grpc.aio
from sqlalchemy.engine import URL

from benchmarks.databases import opened
from tests.support.application import an_application
from twitchbot.adapters.grpc.server import GrpcServer
from twitchbot.adapters.web.metrics import PrometheusMetrics
from twitchbot.api.common_pb2 import IdRequest
from twitchbot.api.message_service_pb2 import (
    GetMessageResponse,
    ListMessagesRequest,
    ListMessagesResponse,
)
from twitchbot.bootstrap.clock import SystemClock
from twitchbot.bootstrap.logs import configure_logs

HOST = "127.0.0.1"

_STOP_S = 1.0
_KINDS: Mapping[str, tuple[Any, Any]] = {
    "GetMessage": (IdRequest, GetMessageResponse),
    "ListMessages": (ListMessagesRequest, ListMessagesResponse),
}


class RunningServer:
    """A server in another process."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self.port: int = pipe.recv()

    def cpu_s(self) -> float:
        """Ask how long it has used a processor so far."""
        self._pipe.send(True)
        used_s: float = self._pipe.recv()
        return used_s


def our_server(url: URL) -> AbstractContextManager[RunningServer]:
    """Run the real server over a database."""
    return _in_a_process(_serve_ours, url)


def echo_server(answers: Mapping[str, bytes]) -> AbstractContextManager[RunningServer]:
    """Run a bare server: it decodes the request, and encodes an answer that it has by method."""
    return _in_a_process(_serve_echo, answers)


@contextmanager
def _in_a_process(
    serve: Callable[[Connection, Any], None], argument: object
) -> Iterator[RunningServer]:
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=serve, args=(there, argument), daemon=True)
    process.start()
    try:
        yield RunningServer(here)
    finally:
        here.send(False)
        process.join()


def _serve_ours(pipe: Connection, url: URL) -> None:
    configure_logs("ERROR", "text")

    async def serve() -> None:
        async with opened(url) as database:
            clock = SystemClock()
            server = GrpcServer(
                an_application(database, clock),
                page_token_key=bytes(32),
                clock=clock,
                metrics=PrometheusMetrics(),
            )
            await _until_told(pipe, await server.start(HOST, 0))
            await server.stop(_STOP_S)

    asyncio.run(serve())


def _serve_echo(pipe: Connection, answers: Mapping[str, bytes]) -> None:
    async def serve() -> None:
        server = grpc.aio.server()
        server.add_generic_rpc_handlers(
            tuple(_echo(method, answer) for method, answer in answers.items())
        )
        port = server.add_insecure_port(f"{HOST}:0")
        await server.start()
        await _until_told(pipe, port)
        await server.stop(_STOP_S)

    asyncio.run(serve())


def _echo(method: str, answer: bytes) -> grpc.GenericRpcHandler:
    service, name = method.strip("/").split("/")
    request, response = _KINDS[name]
    message = response.FromString(answer)

    async def handle(_request: object, _context: object) -> object:
        return message

    handler = grpc.unary_unary_rpc_method_handler(
        handle, request.FromString, response.SerializeToString
    )
    return grpc.method_handlers_generic_handler(service, {name: handler})


async def _until_told(pipe: Connection, port: int) -> None:
    """Tell the port, answer questions about the time used, and return when there are no more."""
    pipe.send(port)
    ask: Callable[[], Awaitable[bool]] = lambda: asyncio.to_thread(pipe.recv)  # noqa: E731
    while await ask():
        pipe.send(time.process_time())
