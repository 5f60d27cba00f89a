"""The running service: what starts in which order, who watches it, how it stops."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import timedelta

import structlog

from twitchbot.adapters.grpc.server import GrpcServer, PortInUseError
from twitchbot.adapters.scheduler.scheduler import JobScheduler
from twitchbot.adapters.web.health import Health
from twitchbot.adapters.web.server import WebServer
from twitchbot.bootstrap.chat import Chat
from twitchbot.bootstrap.sockets import port_in_use
from twitchbot.support.supervise import Supervisor

log = structlog.get_logger(__name__)

# Of the time to stop in, what calls under way may use; the rest is for messages to be stored.
CALLS_SHARE = 0.5


@dataclass(slots=True, kw_only=True)
class Service:
    """All parts, wired but not started; `chat` is None in API-only mode."""

    host: str
    grpc_port: int
    grpc: GrpcServer
    web: WebServer
    health: Health
    jobs: JobScheduler
    chat: Chat | None
    supervisor: Supervisor
    shutdown_timeout: timedelta

    async def start(self) -> None:
        """Start everything; afterwards calls are welcome.

        Raises:
            CannotStartError: another program listens on the gRPC port.
        """
        try:
            self.grpc_port = await self.grpc.start(self.host, self.grpc_port)
        except PortInUseError:
            raise port_in_use(self.grpc_port, "GRPC_PORT") from None
        if self.chat is not None:
            await self.chat.start(self.supervisor)
        self.supervisor.start("heartbeat", self.health.beat)
        self.jobs.start()
        self.health.set_ready(ready=True)
        await self.web.start()
        log.info("ready", grpc_port=self.grpc_port, http_port=self.web.port, bot=bool(self.chat))

    async def run_until(self, stop: asyncio.Event) -> None:
        """Run until told to stop; an essential task that ends raises what ended it."""
        stopping = asyncio.create_task(stop.wait())
        failing = asyncio.create_task(self.supervisor.wait())
        try:
            await asyncio.wait((stopping, failing), return_when=asyncio.FIRST_COMPLETED)
            if failing.done():
                failing.result()
        finally:
            stopping.cancel()
            failing.cancel()
            await asyncio.gather(stopping, failing, return_exceptions=True)

    async def stop(self) -> None:
        """Stop in order: no new calls, finish those under way, leave chat, store what waits."""
        started = time.monotonic()
        patience_s = self.shutdown_timeout.total_seconds()
        log.info("stopping", calls=self.grpc.calls)
        self.health.set_ready(ready=False)
        await asyncio.gather(self.jobs.stop(), self.grpc.stop(patience_s * CALLS_SHARE))
        flushed, lost = 0, 0
        if self.chat is not None:
            flushed, lost = await self.chat.stop(self.supervisor, started + patience_s)
        await self.supervisor.cancel()
        await self.web.stop()
        seconds = round(time.monotonic() - started, 2)
        log.info("stopped", messages_flushed=flushed, messages_lost=lost, seconds=seconds)
