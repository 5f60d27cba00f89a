"""One connection to Twitch chat: bytes in, lines and events out, checked lines back.

The `irc` library carries the connection and reads the rare lines. Chat lines pass it by, because
its way with them takes several times longer than all of ours.
Left alone it would end the connection at the first exception, log the token at DEBUG, and limit
outgoing lines to 512 bytes: what is overridden here is overridden for that.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from pathlib import Path
from typing import Any, Protocol

import structlog
from irc.client import Event  # type: ignore[import-untyped]  # the library has no types
from irc.client_aio import (  # type: ignore[import-untyped]  # the library has no types
    AioConnection,
    AioReactor,
    IrcProtocol,
)
from irc.connection import AioFactory  # type: ignore[import-untyped]  # the library has no types

from twitchbot.adapters.twitch.chat.events import ChatEvent, Disconnected
from twitchbot.adapters.twitch.chat.lines import LineCounts, LineSplitter
from twitchbot.adapters.twitch.chat.outgoing import encode_line, join_line, part_line, privmsg_line
from twitchbot.adapters.twitch.chat.parser import addressed_channel, command_of, decode, parse_line
from twitchbot.adapters.twitch.chat.pongs import Pongs
from twitchbot.adapters.twitch.chat.reading import ServerLine, read_event
from twitchbot.adapters.twitch.chat.settings import ChatSettings
from twitchbot.usecases.ports.clock import Clock

log = structlog.get_logger(__name__)

CAPABILITIES = ("twitch.tv/tags", "twitch.tv/commands")

# What we do nothing with; 353 and 366, the names in a channel, come with every join.
_UNUSED = frozenset(
    {b"USERNOTICE", b"CLEARCHAT", b"CLEARMSG", b"HOSTTARGET", b"WHISPER", b"353", b"366"}
)

# Below INFO the library logs every outgoing line, PASS among them.
for _name in ("irc.client", "irc.client_aio"):
    logging.getLogger(_name).setLevel(logging.INFO)


class Listener(Protocol):
    """Who hears a connection; called from the event loop, must return at once."""

    def on_line(self, channel: bytes, line: bytes, received_us: int) -> None:
        """Take a PRIVMSG line to a channel as it was received."""
        ...

    def on_event(self, event: ChatEvent) -> None:
        """Take anything else of interest."""
        ...


class TwitchConnection(AioConnection):  # type: ignore[misc]  # the library has no types
    """A connection from `open` to the event Disconnected; not to be used again."""

    def __init__(self, reactor: _Reactor) -> None:
        super().__init__(reactor)
        self.protocol_class = _Protocol
        self.transport: asyncio.Transport | None = None
        self.is_paused = False
        self._logs_lines = False
        self._listener = reactor.listener
        self._clock = reactor.clock
        self._counts = reactor.counts
        self._splitter = LineSplitter()
        self._pongs = Pongs(reactor.loop.time)
        self._heard_at: float = reactor.loop.time()
        self._unreadable_kinds: set[str] = set()
        self._is_closed = asyncio.Event()

    @property
    def heard_at(self) -> float:
        """When something was heard last, in the loop's time; now, while we do not listen."""
        return float(self.reactor.loop.time()) if self.is_paused else self._heard_at

    async def open(
        self, settings: ChatSettings, tls: ssl.SSLContext | None, nick: str, password: str | None
    ) -> None:
        """Connect and ask to be logged in; the answer is an event.

        Raises:
            OSError: there is no connection (TimeoutError: not in time).
        """
        self._logs_lines = settings.log_lines
        async with asyncio.timeout(settings.connect_timeout_s):
            await self.connect(
                settings.host,
                settings.port,
                nick,
                password=password,
                connect_factory=AioFactory(ssl=tls),
            )

    def ask_for_sign_of_life(self) -> None:
        """Send PING; whatever the server says next is an answer."""
        self.send_raw("PING :alive")

    def request_capabilities(self) -> None:
        """Ask for tags and for the lines about ourselves and our channels."""
        self.cap("REQ", *CAPABILITIES)

    def join_channel(self, channel: str) -> None:
        """Ask to be let into a channel."""
        self.send_raw(join_line(channel))

    def part_channel(self, channel: str) -> None:
        """Leave a channel."""
        self.send_raw(part_line(channel))

    def say(self, channel: str, text: str, reply_to: str) -> None:
        """Say something in a channel."""
        self.send_raw(privmsg_line(channel, text, reply_to))

    def pause_reading(self) -> None:
        """Leave what comes in the socket until `resume_reading`."""
        if not self.is_paused and self.transport is not None:
            self.transport.pause_reading()
            self.is_paused = True

    def resume_reading(self) -> None:
        """Read on."""
        if self.is_paused and self.transport is not None:
            self._heard_at = self.reactor.loop.time()
            self.is_paused = False
            self.transport.resume_reading()

    async def close(self, patience_s: float) -> None:
        """Say goodbye and close; cut the connection if the other side takes too long."""
        if self.transport is None:
            return
        self.disconnect("closed by us")
        try:
            async with asyncio.timeout(patience_s):
                await self._is_closed.wait()
        except TimeoutError:
            self.cut()
            await self._is_closed.wait()

    def cut(self) -> None:
        """Close without waiting for anything to be sent: nobody is there to take it."""
        if self.transport is not None:
            self.transport.abort()

    def lost(self, error: Exception | None) -> None:
        """Take note that the socket is gone."""
        self._is_closed.set()
        self.disconnect(
            f"connection lost ({type(error).__name__})" if error else "closed by Twitch"
        )

    def send_raw(self, string: str) -> None:
        """Send one line; this is the only way to the socket.

        Raises:
            UnsendableLineError: it would not be exactly one line that Twitch takes.
        """
        data = encode_line(string)
        if self._logs_lines:
            log.info("line sent", line="PASS ***" if string.startswith("PASS ") else string)
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(data)

    def user(self, username: str, realname: str) -> None:
        """Do nothing: Twitch has no use for the USER line that the library sends."""

    def process_data(self, new_data: bytes) -> None:
        """Take a chunk from the socket; all its lines have the same time of receipt."""
        self._heard_at = self.reactor.loop.time()
        received_us = round(self._clock.now().timestamp() * 1_000_000)
        dropped = self._splitter.dropped
        for line in self._splitter.feed(new_data):
            self._counts.received += 1
            if self._logs_lines:
                log.info("line received", line=decode(line))
            try:
                self._process(line, received_us)
            except Exception as error:  # noqa: BLE001 - one line must not end the connection
                self._note_unreadable(error)
        self._counts.too_long += self._splitter.dropped - dropped

    def _process(self, line: bytes, received_us: int) -> None:
        channel = addressed_channel(line)
        if channel:
            self._listener.on_line(channel, line, received_us)
            return
        command = command_of(line)
        if command == b"PRIVMSG":
            self._process_unusual(line, received_us)
        elif command == b"PING":
            self._answer_ping(line)
        elif command and command not in _UNUSED:
            self._process_line(decode(line))

    def _process_unusual(self, line: bytes, received_us: int) -> None:
        """Take a PRIVMSG with more spaces than usual; one to a user is for nobody."""
        params = parse_line(decode(line)).params
        target = params[0] if params else ""
        if target.startswith("#"):
            self._listener.on_line(target[1:].encode(), line, received_us)

    def _answer_ping(self, line: bytes) -> None:
        token = " ".join(parse_line(decode(line)).params)
        pong = self._pongs.answer(token)
        if pong:
            self.send_raw(pong)

    def _note_unreadable(self, error: Exception) -> None:
        self._counts.unreadable += 1
        kind = type(error).__name__
        if kind not in self._unreadable_kinds:
            self._unreadable_kinds.add(kind)
            log.warning("line not handled; more of the kind are only counted", exc_info=error)

    def dispatch(self, event: Event) -> None:
        """Hand on what the library read."""
        if event.type == "disconnect":
            self._listener.on_event(Disconnected(event.arguments[0]))
            return
        found = read_event(_to_server_line(event), self.get_nickname().lower())
        if found is not None:
            self._listener.on_event(found)


class _Protocol(IrcProtocol):  # type: ignore[misc]  # the library has no types
    """Passes on why the socket was closed."""

    connection: TwitchConnection

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the connection."""
        self.connection.lost(exc)


class _Reactor(AioReactor):  # type: ignore[misc]  # the library has no types
    """Makes a connection and brings its events to it."""

    connection_class = TwitchConnection

    def __init__(self, listener: Listener, clock: Clock, counts: LineCounts) -> None:
        super().__init__(
            on_connect=lambda protocol, _: protocol.connection.request_capabilities(),
            loop=asyncio.get_running_loop(),
        )
        self.listener = listener
        self.clock = clock
        self.counts = counts
        self.add_global_handler("all_events", lambda connection, event: connection.dispatch(event))


def new_connection(listener: Listener, clock: Clock, counts: LineCounts) -> TwitchConnection:
    """Return a connection that is not open yet."""
    connection: TwitchConnection = _Reactor(listener, clock, counts).server()
    return connection


def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """Return what checks the server's certificate, trusting also those in `ca_file`."""
    context = ssl.create_default_context()
    if ca_file is not None:
        context.load_verify_locations(ca_file)
    return context


def _to_server_line(event: Event) -> ServerLine:
    tags: list[dict[str, Any]] = event.tags or []
    return ServerLine(
        kind=event.type,
        nick=getattr(event.source, "nick", "") or "",
        target=event.target or "",
        arguments=[str(argument) for argument in event.arguments],
        tags={tag["key"]: tag["value"] or "" for tag in tags},
    )
