"""The IRC server: its doors, its connections and who sits where."""

import asyncio
import ssl
from collections.abc import Iterator

from twitchsim.irc.membership import Membership
from twitchsim.irc.session import IrcSession
from twitchsim.rooms import Rooms
from twitchsim.sending import SendRules
from twitchsim.state import SimState

_GOODBYE_S = 5.0


class IrcServer:
    """Listens on a plain and, if asked to, on a TLS port."""

    def __init__(self, state: SimState, rooms: Rooms, rules: SendRules) -> None:
        self.state = state
        self.rooms = rooms
        self.rules = rules
        self.membership = Membership(state)
        self.is_frozen = False
        self.sessions: dict[int, IrcSession] = {}
        self.port = state.settings.ports.irc
        self.tls_port = state.settings.ports.irc_tls
        self._empty = asyncio.Event()
        self._empty.set()
        self._doors: list[asyncio.Server] = []
        self._context: ssl.SSLContext | None = None

    async def start(self, context: ssl.SSLContext | None) -> None:
        """Open the doors; a port of 0 becomes the one that was found."""
        self._context = context
        await self.open_doors()

    async def open_doors(self) -> None:
        """Listen, after ``close_doors`` on the same ports as before."""
        if self._doors:
            return
        host = self.state.settings.ports.host
        loop = asyncio.get_running_loop()
        plain = await loop.create_server(lambda: IrcSession(self), host, self.port)
        self.port = plain.sockets[0].getsockname()[1]
        self._doors.append(plain)
        if self._context is not None:
            tls = await loop.create_server(
                lambda: IrcSession(self), host, self.tls_port, ssl=self._context
            )
            self.tls_port = tls.sockets[0].getsockname()[1]
            self._doors.append(tls)

    def close_doors(self) -> None:
        """Refuse new connections; those that exist stay."""
        for door in self._doors:
            door.close()
        self._doors.clear()

    async def stop(self) -> None:
        """Close everything and wait until the last connection is gone."""
        self.close_doors()
        self.membership.stop()
        for session in list(self.sessions.values()):
            session.wire.reset("simulator stopped")
        async with asyncio.timeout(_GOODBYE_S):
            await self._empty.wait()

    def admit(self, session: IrcSession) -> None:
        """List a new connection."""
        self.sessions[session.number] = session
        self._empty.clear()
        self.state.counts["irc.connections"] += 1

    def dismiss(self, session: IrcSession) -> None:
        """Forget a connection that is gone."""
        self.sessions.pop(session.number, None)
        if not self.sessions:
            self._empty.set()

    def find(self, *, login: str = "", connection: int = 0) -> Iterator[IrcSession]:
        """Yield the live connections, of one login or number or all of them."""
        for session in list(self.sessions.values()):
            if login and session.login != login.lower():
                continue
            if connection and session.number != connection:
                continue
            yield session

    def present(self, user_id: str, room_id: str) -> bool:
        """Tell whether any connection of a user sits in a room."""
        return any(
            session.person is not None
            and session.person.user_id == user_id
            and any(room.room_id == room_id for room in session.joined.values())
            for session in self.sessions.values()
        )
