"""The life of one connection: connect, log in, stay watchful, end."""

from __future__ import annotations

import asyncio
import secrets
import ssl
from collections.abc import Callable

from twitchbot.adapters.twitch.chat.connection import Listener, TwitchConnection, new_connection
from twitchbot.adapters.twitch.chat.events import (
    ChatEvent,
    Disconnected,
    LoggedIn,
    LoginFailed,
    LoginProblem,
    OwnProfile,
    ReconnectRequested,
)
from twitchbot.adapters.twitch.chat.lines import LineCounts
from twitchbot.adapters.twitch.chat.outgoing import UnsendableLineError
from twitchbot.adapters.twitch.chat.own_account import OwnAccount
from twitchbot.adapters.twitch.chat.settings import ChatSettings, Credentials
from twitchbot.usecases.ports.clock import Clock

CLOSE_PATIENCE_S = 2.0


class SessionEndedError(Exception):
    """A connection did not come about, or is over; the text says why."""


class LoginRefusedError(SessionEndedError):
    """The server refused the login."""

    def __init__(self, problem: LoginProblem, text: str) -> None:
        super().__init__(text)
        self.problem = problem


class ChatSession(Listener):
    """One connection; `on_line` and `on_event` hear it from the login to the end.

    Without credentials it is a guest's: it reads and can't send.
    """

    def __init__(
        self,
        settings: ChatSettings,
        clock: Clock,
        tls: ssl.SSLContext | None,
        credentials: Credentials | None,
        counts: LineCounts,
        *,
        on_line: Callable[[bytes, bytes, int], None],
        on_event: Callable[[ChatEvent], None],
    ) -> None:
        self._settings = settings
        self._tls = tls
        self._hand_on_line = on_line
        self._hand_on_event = on_event
        self.credentials = credentials
        self.connection: TwitchConnection = new_connection(self, clock, counts)
        self.account = OwnAccount("", credentials.user_id if credentials else "")
        self.lived_s = 0.0
        self._loop = asyncio.get_running_loop()
        self._logged_in_at = 0.0
        self._welcome: asyncio.Future[None] = self._loop.create_future()
        self._end: asyncio.Future[SessionEndedError] = self._loop.create_future()

    async def open(self) -> None:
        """Connect and log in.

        Raises:
            SessionEndedError: that failed (LoginRefusedError: it was refused).
        """
        settings = self._settings
        try:
            await self.connection.open(settings, self._tls, *self._nick_and_password())
        except UnsendableLineError as error:
            raise LoginRefusedError(LoginProblem.CONFIGURATION, str(error)) from None
        except OSError as error:
            cause = str(error) or "no answer in time"
            raise SessionEndedError(f"{settings.host}:{settings.port}: {cause}") from error
        await asyncio.wait(
            (self._welcome, self._end),
            timeout=settings.login_timeout_s,
            return_when=asyncio.FIRST_COMPLETED,
        )
        if self._end.done():
            raise self._end.result()
        if not self._welcome.done():
            raise SessionEndedError("no answer to the login")

    async def watch(self) -> None:
        """Wait for the end; ask for a sign of life when it has been silent for long.

        Raises:
            SessionEndedError: always, in the end.
        """
        settings, connection = self._settings, self.connection
        while True:
            await self._ended_within(
                connection.heard_at + settings.ping_after_s - self._loop.time()
            )
            asked_at = self._loop.time()
            if asked_at - connection.heard_at < settings.ping_after_s:
                continue
            connection.ask_for_sign_of_life()
            await self._ended_within(settings.pong_timeout_s)
            if connection.heard_at <= asked_at:
                connection.cut()
                raise SessionEndedError("no sign of life, not even an answer to PING")

    def end(self, reason: str) -> None:
        """Let `watch` raise this reason."""
        self._finish(SessionEndedError(reason))

    async def close(self) -> None:
        """Leave, and hear no more."""
        self.end("closed")
        await self.connection.close(CLOSE_PATIENCE_S)

    def on_line(self, channel: bytes, line: bytes, received_us: int) -> None:
        """Hand a chat line on."""
        self._hand_on_line(channel, line, received_us)

    def on_event(self, event: ChatEvent) -> None:
        """Take what concerns the connection as a whole, hand on the rest."""
        match event:
            case LoggedIn():
                if not self._welcome.done():
                    self.account.login = event.login
                    self._logged_in_at = self._loop.time()
                    self._welcome.set_result(None)
            case OwnProfile():
                self.account.learn_profile(event)
            case LoginFailed():
                self._finish(LoginRefusedError(event.problem, event.text))
            case ReconnectRequested():
                self.end("Twitch asked us to reconnect")
            case Disconnected():
                self.end(event.reason)
            case _:
                if not self._end.done():
                    self._hand_on_event(event)

    def _nick_and_password(self) -> tuple[str, str | None]:
        if self.credentials is None:
            return f"justinfan{secrets.randbelow(900_000) + 100_000}", None
        token = self.credentials.access_token.removeprefix("oauth:")
        return self.credentials.login.lower() or "bot", f"oauth:{token}"

    def _finish(self, error: SessionEndedError) -> None:
        if not self._end.done():
            self.lived_s = self._loop.time() - self._logged_in_at if self._welcome.done() else 0.0
            self._end.set_result(error)

    async def _ended_within(self, patience_s: float) -> None:
        """Wait, and raise why the connection ended if it does meanwhile."""
        await asyncio.wait((self._end,), timeout=max(patience_s, 0.0))
        if self._end.done():
            raise self._end.result()
