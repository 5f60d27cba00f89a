"""A gRPC server over a real SQLite database, and a client of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any, TypeAlias

import pytest

from tests.support.application import an_application
from tests.support.call_metrics import CountingCallMetrics
from tests.support.fakes import FixedClock
from tests.support.grpc_calls import Caller
from tests.support.scripted_chat import ScriptedChat
from twitchbot.adapters.grpc.server import GrpcServer
from twitchbot.adapters.sql.unit_of_work import SqlDatabase
from twitchbot.usecases.application import Application

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Served:
    """A server that runs, and a client that is connected to it."""

    server: GrpcServer
    port: int
    call: Caller


Serve: TypeAlias = Callable[..., Awaitable[Served]]


@pytest.fixture
def metrics() -> Iterator[CountingCallMetrics]:
    """Counts calls; a bug that the test does not expect fails it."""
    counting = CountingCallMetrics()
    yield counting
    assert counting.bugs == counting.expected_bugs


@pytest.fixture
def chat() -> ScriptedChat:
    return ScriptedChat()


@pytest.fixture
def application(sqlite_database: SqlDatabase, chat: ScriptedChat) -> Application:
    """Every use case, with the bot on."""
    return an_application(sqlite_database, chat=chat)


@pytest.fixture
async def serve(metrics: CountingCallMetrics) -> AsyncIterator[Serve]:
    """Starts servers on free ports and stops them after the test."""
    async with AsyncExitStack() as stack:

        async def start(application: Application, **options: Any) -> Served:
            server = GrpcServer(
                application,
                page_token_key=b"a key for tests",
                clock=FixedClock(),
                metrics=metrics,
                **options,
            )
            port = await server.start(LOOPBACK, 0)
            stack.push_async_callback(server.stop, 0)
            caller = await stack.enter_async_context(Caller(port))
            return Served(server, port, caller)

        yield start


@pytest.fixture
async def served(serve: Serve, application: Application) -> Served:
    return await serve(application)


@pytest.fixture
def call(served: Served) -> Caller:
    return served.call
