"""The simulated Twitch as one object: start it, point a client at it, make things happen."""

import asyncio
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from twitchsim.certificate import Certificate
from twitchsim.consent import Consent
from twitchsim.control import Control
from twitchsim.helix.app import Helix
from twitchsim.ledger import Ledger
from twitchsim.parts import assemble
from twitchsim.settings import SimSettings
from twitchsim.site import build_site
from twitchsim.state import ClientMessage
from twitchsim.tokens import random_text
from twitchsim.verbs.accounts import AccountVerbs
from twitchsim.verbs.faults import FaultVerbs
from twitchsim.verbs.lively import LivelyVerbs
from twitchsim.web import WebServer
from twitchsim.world import World


class TwitchSim(AccountVerbs, FaultVerbs, LivelyVerbs):
    """A Twitch on loopback; an async context manager that listens while it is entered."""

    def __init__(self, settings: SimSettings | None = None, *, seed: int = 1) -> None:
        self.parts = assemble(settings or SimSettings(), seed)
        self.consent = Consent(self.state.clock)
        self._closing = asyncio.Event()
        self.helix = Helix(self.parts, self._closing)
        self.client_id = random_text(30)
        self.client_secret = random_text(30)
        self.add_app(self.client_id, self.client_secret)
        self._running = {}
        self._web: WebServer | None = None
        self._control: WebServer | None = None
        self._certificate: Certificate | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Open all ports."""
        ports = self.state.settings.ports
        if ports.tls:
            self._certificate = Certificate(ports.host)
        await self.parts.irc.start(self._certificate.context if self._certificate else None)
        site = build_site(self.parts, self.consent, self.helix, self._closing)
        self._web = WebServer(site, ports.host, ports.http)
        await self._web.start()
        control = Control(self, self.endpoints).app()
        self._control = WebServer(control, ports.host, ports.control)
        await self._control.start()

    async def stop(self) -> None:
        """Close all connections and ports."""
        self._closing.set()
        await self.stop_all()
        await self.parts.irc.stop()
        servers = [server for server in (self._web, self._control) if server is not None]
        await asyncio.gather(*(server.stop() for server in servers))
        if self._certificate is not None:
            self._certificate.remove()

    @property
    def host(self) -> str:
        """Return the address that the servers listen on."""
        return self.state.settings.ports.host

    @property
    def irc_port(self) -> int:
        """Return the plain IRC port."""
        return self.parts.irc.port

    @property
    def irc_tls_port(self) -> int:
        """Return the TLS IRC port, 0 without TLS."""
        return self.parts.irc.tls_port

    @property
    def ca_file(self) -> str:
        """Return the path of the certificate to trust, or nothing without TLS."""
        return str(self._certificate.ca_file) if self._certificate else ""

    @property
    def http_url(self) -> str:
        """Return the base address of the HTTP side."""
        if self._web is None:
            raise RuntimeError("the simulator is not started")
        return self._web.url

    @property
    def helix_url(self) -> str:
        """Return the base address of Helix, as in ``https://api.twitch.tv/helix``."""
        return f"{self.http_url}/helix"

    @property
    def oauth_url(self) -> str:
        """Return the base address of OAuth, as in ``https://id.twitch.tv/oauth2``."""
        return f"{self.http_url}/oauth2"

    @property
    def control_url(self) -> str:
        """Return the address of the control API."""
        if self._control is None:
            raise RuntimeError("the simulator is not started")
        return self._control.url

    def endpoints(self) -> dict[str, Any]:
        """Return where everything listens, and the application that is registered."""
        return {
            "host": self.host,
            "irc_port": self.irc_port,
            "irc_tls_port": self.irc_tls_port,
            "ca_file": self.ca_file,
            "helix_url": self.helix_url,
            "oauth_url": self.oauth_url,
            "control_url": self.control_url,
            "client_id": self.client_id,
            "client_secret": self.client_secret,
        }

    @property
    def world(self) -> World:
        """Return the people and channels."""
        return self.state.world

    @property
    def ledger(self) -> Ledger:
        """Return the book of all numbered lines."""
        return self.state.ledger

    @property
    def client_messages(self) -> deque[ClientMessage]:
        """Return what clients tried to send lately, accepted or not, oldest first."""
        return self.state.client_messages

    def configure(self, **values: object) -> None:
        """Change settings by name while running; ports stay as they are."""
        self.state.settings = self.state.settings.changed(**values)

    def advance(self, seconds: float) -> None:
        """Skip time for windows, bans and tokens; timers under way are not hurried."""
        self.state.clock.advance(seconds)

    async def until(self, condition: Callable[[], bool], timeout_s: float = 5.0) -> None:
        """Wait until a condition holds; TimeoutError if it does not in time."""
        async with asyncio.timeout(timeout_s):
            while not condition():  # noqa: ASYNC110 - nothing announces what a caller waits for
                await asyncio.sleep(0.002)

    async def until_joined(self, *channels: str, clients: int = 1, timeout_s: float = 5.0) -> None:
        """Wait until so many connections sit in each channel."""
        rooms = [self.room(channel) for channel in channels]
        await self.until(lambda: all(len(room.members) >= clients for room in rooms), timeout_s)
