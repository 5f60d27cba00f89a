"""The gRPC server: its services, its limits, its beginning and its end."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket

import grpc.aio
from grpc_health.v1 import health, health_pb2, health_pb2_grpc

from twitchbot.adapters.grpc.gate import Gate
from twitchbot.adapters.grpc.handlers.add_handlers import add_handlers
from twitchbot.adapters.grpc.interceptor import CallInterceptor
from twitchbot.adapters.grpc.method import CallMetrics
from twitchbot.adapters.grpc.paging import PageTokens, Paging
from twitchbot.adapters.grpc.reflection import add_reflection
from twitchbot.adapters.grpc.services import SERVICE_NAMES
from twitchbot.usecases.application import Application
from twitchbot.usecases.ports.clock import Clock

MAX_CONCURRENT_CALLS = 128

_OVERALL = ""
_LAST_WORDS_S = 0.5
_MINUTE_MS = 60_000
_OPTIONS = (
    ("grpc.max_receive_message_length", 1024 * 1024),
    ("grpc.max_send_message_length", 4 * 1024 * 1024),
    ("grpc.max_metadata_size", 16 * 1024),
    ("grpc.absolute_max_metadata_size", 16 * 1024),
    # More than the gate lets in, so that one connection's call too many is refused with details.
    ("grpc.max_concurrent_streams", 256),
    ("grpc.http2.min_recv_ping_interval_without_data_ms", 10_000),
    ("grpc.http2.max_ping_strikes", 2),
    ("grpc.keepalive_time_ms", 60_000),
    ("grpc.keepalive_timeout_ms", 20_000),
    # Connections end now and then, so that drains and re-balancing get their chance.
    ("grpc.max_connection_idle_ms", 15 * _MINUTE_MS),
    ("grpc.max_connection_age_ms", 30 * _MINUTE_MS),
    ("grpc.max_connection_age_grace_ms", 30_000),
    # A second process on the same port must fail to start instead of taking half of the calls.
    ("grpc.so_reuseport", 0),
)


class PortInUseError(OSError):
    """Another program listens on the port."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(errno.EADDRINUSE, f"port {port} on {host} is in use by another program")
        self.host = host
        self.port = port


class GrpcServer:
    """Serves an application over gRPC, with health checks and reflection.

    Make it inside the event loop that will run it. Page tokens are signed with `page_token_key`,
    which all instances must share.
    """

    def __init__(
        self,
        application: Application,
        *,
        page_token_key: bytes,
        clock: Clock,
        metrics: CallMetrics,
        reflection: bool = True,
        max_concurrent_calls: int = MAX_CONCURRENT_CALLS,
    ) -> None:
        self._gate = Gate(max_concurrent_calls)
        self._health = health.aio.HealthServicer()
        self._server = grpc.aio.server(
            interceptors=(CallInterceptor(self._gate, metrics),),
            options=_OPTIONS,
            # A second line behind the gate, which also counts refused calls and health watchers.
            maximum_concurrent_rpcs=4 * max_concurrent_calls,
        )
        add_handlers(self._server, application, Paging(PageTokens(page_token_key, clock)))
        health_pb2_grpc.add_HealthServicer_to_server(self._health, self._server)
        if reflection:
            add_reflection(self._server, (*SERVICE_NAMES, health.SERVICE_NAME))

    @property
    def calls(self) -> int:
        """How many calls are under way now."""
        return self._gate.calls

    async def start(self, host: str, port: int) -> int:
        """Listen, report all services as serving, and return the port; 0 takes a free one.

        Raises:
            PortInUseError: another program listens there.
            OSError: the address cannot be used for another reason.
        """
        address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        _try_to_bind(host, port)
        try:
            bound = self._server.add_insecure_port(address)
        except RuntimeError as error:
            raise PortInUseError(host, port) from error
        for service in (_OVERALL, *SERVICE_NAMES):
            await self.set_serving(service, serving=True)
        await self._server.start()
        return bound

    async def set_serving(self, service: str, *, serving: bool) -> None:
        """Set the health of a service by its full name, or of the whole server by an empty one."""
        status = health_pb2.HealthCheckResponse
        await self._health.set(service, status.SERVING if serving else status.NOT_SERVING)

    async def drain(self) -> None:
        """Report everything as not serving for good, and refuse new calls."""
        self._gate.close()
        await self._health.enter_graceful_shutdown()

    async def stop(self, grace_s: float) -> None:
        """Drain, give calls under way time to finish, cancel the rest and close."""
        await self.drain()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(grace_s):
                await self._gate.wait_empty()
        # What is left now: answers on their way out, and callers who watch the health.
        await self._server.stop(min(_LAST_WORDS_S, grace_s))


def _try_to_bind(host: str, port: int) -> None:
    """Bind once without gRPC, which complains on standard error and does not say what is wrong."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        raise PortInUseError(host, port) if error.errno == errno.EADDRINUSE else error from None
