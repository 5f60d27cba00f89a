"""One IRC connection: reads lines, answers commands, hears the rooms it has joined."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from twitchsim.irc.joining import Joining
from twitchsim.irc.login import Login
from twitchsim.irc.request import Request, parse_request
from twitchsim.irc.speaking import Speaking
from twitchsim.irc.wire import Wire
from twitchsim.ledger import ConnectionRecord, LineKind
from twitchsim.lines import SERVER, Tags, line, notice, without_tags
from twitchsim.room import Person, Room
from twitchsim.tokens import AccessToken

if TYPE_CHECKING:
    from twitchsim.irc.server import IrcServer

_MAX_INPUT_BYTES = 65_536


class IrcSession(asyncio.Protocol):
    """A client's connection, from its first byte to its last."""

    wire: Wire
    record: ConnectionRecord

    def __init__(self, server: "IrcServer") -> None:
        self.server = server
        self.state = server.state
        self.number = 0
        self.caps: set[str] = set()
        self.login = ""
        self.person: Person | None = None
        self.token: AccessToken | None = None
        self.is_logged_in = False
        self.joined: dict[str, Room] = {}
        self._tail = b""
        self._timers: set[asyncio.TimerHandle] = set()
        self._pong_timer: asyncio.TimerHandle | None = None
        login, joining, speaking = Login(self), Joining(self), Speaking(self)
        self._joining = joining
        self._early: dict[str, Callable[[Request], None]] = {
            "CAP": lambda request: login.cap(request.param(0).upper(), request.param(1)),
            "PASS": lambda request: login.password(request.param(0)),
            "NICK": lambda request: login.nick(request.param(0)),
            "USER": lambda _: None,
            "PING": self._answer_ping,
            "PONG": lambda _: self._stop_pong_timer(),
            "QUIT": lambda _: self.wire.close("quit"),
        }
        self._late: dict[str, Callable[[Request], None]] = {
            "JOIN": lambda request: joining.join(request.param(0)),
            "PART": lambda request: joining.part(request.param(0)),
            "PRIVMSG": speaking.speak,
        }

    @property
    def account(self) -> str:
        """Return the key under which this connection's doings are counted."""
        return self.person.user_id if self.person is not None else self.login

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start the connection's record and its timers."""
        if not isinstance(transport, asyncio.Transport):
            raise TypeError("IRC needs a stream")
        now, settings = self.state.clock.now, self.state.settings
        self.record = self.state.ledger.open_connection(now())
        self.number = self.record.number
        self.wire = Wire(transport, self.record, now, settings.limits.send_buffer_bytes)
        self.server.admit(self)
        if self.server.is_frozen:
            self.wire.freeze()
        self.later(settings.times.login_timeout_s, self._give_up_waiting)
        self.later(settings.times.ping_interval_s, self._ping_regularly)

    def data_received(self, data: bytes) -> None:
        """Split what came into lines and answer each."""
        *lines, self._tail = (self._tail + data).split(b"\n")
        for raw in lines:
            self._handle(parse_request(raw.removesuffix(b"\r").decode("utf-8", "replace")))
        if len(self._tail) > _MAX_INPUT_BYTES:
            self.wire.reset("input line too long")

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave all rooms and close the books."""
        self.wire.closed(exc)
        for timer in self._timers:
            timer.cancel()
        self._stop_pong_timer()
        for name in list(self.joined):
            self._joining.leave(name)
        self.server.dismiss(self)

    def later(self, delay_s: float, call: Callable[[], None]) -> None:
        """Do something after a delay, unless the connection ends before."""

        def run() -> None:
            self._timers.discard(timer)
            call()

        timer = asyncio.get_running_loop().call_later(delay_s, run)
        self._timers.add(timer)

    def logged_in(self, login: str, person: Person | None) -> None:
        """Take the identity that the login found."""
        self.login, self.person, self.is_logged_in = login, person, True
        self.record.login = login
        self.state.counts["irc.logins"] += 1

    def offer(self, kind: LineKind, data: bytes, seq: int) -> None:
        """Write a room's line in the form that this client asked for."""
        if kind not in (LineKind.PRIVMSG, LineKind.RAW) and not self.has("commands"):
            return
        self.wire.write(data if self.has("tags") else without_tags(data), seq)

    def hear_membership(self, data: bytes) -> None:
        """Write a batch of JOINs and PARTs of others if the client asked for them."""
        if self.has("membership"):
            self.wire.write(data)

    def tell(self, command: str, room: Room, tags: Tags) -> None:
        """Write a state line to this client alone."""
        if self.has("commands"):
            shown = tags if self.has("tags") else {}
            self.wire.write(line(SERVER, command, f"#{room.login}", tags=shown))

    def notice(self, room: Room, text: str, tags: Tags) -> None:
        """Write a numbered NOTICE to this client alone."""
        if not self.has("commands"):
            tags = {}
        ledger, now_ms = self.state.ledger, self.state.clock.now_ms()
        seq = ledger.record(LineKind.NOTICE, room.number, now_ms, text.encode())
        data = notice(room.login, text, tags)
        self.wire.write(data if self.has("tags") else without_tags(data), seq)

    def has(self, capability: str) -> bool:
        """Tell whether a capability was granted, named without its vendor."""
        return f"twitch.tv/{capability}" in self.caps

    def expel(self, room: Room) -> None:
        """PART the client from a room it may no longer be in."""
        for name in [name for name, joined in self.joined.items() if joined is room]:
            self._joining.part(name)

    def _handle(self, request: Request) -> None:
        if not request.command or self.wire.is_closing:
            return
        handler = self._early.get(request.command)
        if handler is None and self.is_logged_in:
            handler = self._late.get(request.command, self._unknown)
        if handler is not None:
            handler(request)

    def _unknown(self, request: Request) -> None:
        text = "Unknown command"
        self.wire.write(line(SERVER, "421", self.login, request.command, trailing=text))

    def _answer_ping(self, request: Request) -> None:
        word = request.param(0).split(" ")[0]
        if word:
            self.wire.write(line(SERVER, "PONG", "tmi.twitch.tv", trailing=word))
        else:
            self.wire.write(line("", "PONG", trailing="tmi.twitch.tv"))

    def ping(self) -> None:
        """Send PING, and close unless PONG comes in time."""
        if self.wire.is_frozen:
            return
        self.wire.write(line("", "PING", trailing="tmi.twitch.tv"))
        self._stop_pong_timer()
        timeout_s, loop = self.state.settings.times.pong_timeout_s, asyncio.get_running_loop()
        self._pong_timer = loop.call_later(timeout_s, self._miss_pong)

    def _ping_regularly(self) -> None:
        self.ping()
        self.later(self.state.settings.times.ping_interval_s, self._ping_regularly)

    def _miss_pong(self) -> None:
        if not self.wire.is_frozen:
            self.state.counts["irc.pongs_missed"] += 1
            self.wire.close("no PONG")

    def _stop_pong_timer(self) -> None:
        if self._pong_timer is not None:
            self._pong_timer.cancel()
            self._pong_timer = None

    def _give_up_waiting(self) -> None:
        if not self.is_logged_in and not self.wire.is_frozen:
            self.wire.close("no login")
