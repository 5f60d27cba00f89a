"""Keeps a connection to Twitch chat alive: one session after the other, at a decent pace."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

import structlog

from twitchbot.adapters.twitch.chat.connection import tls_context
from twitchbot.adapters.twitch.chat.events import ChatEvent, LoginProblem
from twitchbot.adapters.twitch.chat.limits import WindowLimiter
from twitchbot.adapters.twitch.chat.lines import LineCounts
from twitchbot.adapters.twitch.chat.retry import RetryRule
from twitchbot.adapters.twitch.chat.session import (
    ChatSession,
    LoginRefusedError,
    SessionEndedError,
)
from twitchbot.adapters.twitch.chat.settings import ChatSettings, Credentials
from twitchbot.domain.errors import TwitchbotError
from twitchbot.usecases.ports.clock import Clock

log = structlog.get_logger(__name__)

CREDENTIALS_PATIENCE_S = 30.0
STOP_PATIENCE_S = 5.0

ReadCredentials = Callable[[], Awaitable[Credentials | None]]
RenewCredentials = Callable[[str], Awaitable[bool]]


class SessionUser(Protocol):
    """Who uses the sessions of a link."""

    def on_line(self, channel: bytes, line: bytes, received_us: int) -> None:
        """Take a chat line."""
        ...

    def on_event(self, event: ChatEvent) -> None:
        """Take what Twitch says of a channel or of our account."""
        ...

    def on_connected(self, session: ChatSession) -> None:
        """Take a session that has just logged in."""
        ...

    def on_disconnected(self) -> None:
        """Let go of the session."""
        ...

    async def work(self, session: ChatSession) -> None:
        """Do what is to be done while a session lives; cancelled when it ends."""
        ...


class ChatLink:
    """Opens sessions until stopped; the credentials are read anew for each of them."""

    def __init__(
        self,
        settings: ChatSettings,
        clock: Clock,
        logins: WindowLimiter,
        user: SessionUser,
        *,
        credentials: ReadCredentials,
        on_login_failed: RenewCredentials,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._login_limiter = logins
        self._user = user
        self._read_credentials = credentials
        self._renew_credentials = on_login_failed
        self._retry = RetryRule(settings)
        self._tls: ssl.SSLContext | None = None
        self._hurry = asyncio.Event()
        self._stop = asyncio.Event()
        self._has_ended = asyncio.Event()
        self._has_ended.set()
        self._is_paused = False
        self._has_changed = False
        self._newest: ChatSession | None = None
        self.session: ChatSession | None = None
        self.connected_since: datetime | None = None
        self.last_error = ""
        self.logins = 0
        self.counts = LineCounts()

    async def run(self) -> None:
        """Be connected until stopped.

        Raises:
            ChatUnavailableError: too many connections failed in a row.
        """
        self._has_ended.clear()
        living = asyncio.create_task(self._live(), name="twitch-chat")
        stopping = asyncio.create_task(self._stop.wait(), name="twitch-chat-stop")
        try:
            await asyncio.wait((living, stopping), return_when=asyncio.FIRST_COMPLETED)
        finally:
            living.cancel()
            stopping.cancel()
            await asyncio.wait((living, stopping))
            self._has_ended.set()
        if not living.cancelled():
            living.result()

    async def stop(self) -> None:
        """Leave, and connect no more."""
        self._stop.set()
        async with asyncio.timeout(STOP_PATIENCE_S):
            await self._has_ended.wait()

    def log_in_anew(self) -> None:
        """Drop the session, also one that is just being opened, and connect anew."""
        self._hurry.set()
        if self._newest is not None:
            self._newest.end("a new login was asked for")

    def pause_reading(self) -> None:
        """Leave chat in the socket until `resume_reading`, also that of sessions to come."""
        self._is_paused = True
        if self.session is not None:
            self.session.connection.pause_reading()

    def resume_reading(self) -> None:
        """Read on."""
        self._is_paused = False
        if self.session is not None:
            self.session.connection.resume_reading()

    async def _live(self) -> None:
        if self._settings.tls:
            # Reading all certificates that the system trusts takes longer than a loop may block.
            self._tls = await asyncio.to_thread(tls_context, self._settings.ca_file)
        while True:
            try:
                session = await self._new_session()
            except SessionEndedError as error:
                await self._pause(error, lived_s=0.0)
            else:
                ended = await self._use(session)
                if not await self._has_other_credentials(ended, session.credentials):
                    await self._pause(ended, session.lived_s)

    async def _new_session(self) -> ChatSession:
        await self._login_limiter.acquire()
        credentials = await self._newest_credentials()
        user = self._user
        return ChatSession(
            self._settings,
            self._clock,
            self._tls,
            credentials,
            self.counts,
            on_line=user.on_line,
            on_event=user.on_event,
        )

    async def _use(self, session: ChatSession) -> SessionEndedError:
        """Open a session and live in it; return why it ended."""
        self._newest = session
        try:
            await session.open()
            self._enter(session)
            await self._live_in(session)
        except SessionEndedError as ended:
            return ended
        finally:
            await self._leave(session)
        return SessionEndedError("ended")

    async def _live_in(self, session: ChatSession) -> None:
        """Watch and work until the session ends, and raise why it did.

        Not a TaskGroup: in Python 3.11.2, which Debian 12 has, a group that an error ends leaves
        its task half cancelled, so that the next timeout in it ends the task.
        """
        tasks = (
            asyncio.create_task(session.watch(), name="twitch-chat-watch"),
            asyncio.create_task(self._user.work(session), name="twitch-chat-work"),
        )
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _enter(self, session: ChatSession) -> None:
        self.session = session
        self.connected_since = self._clock.now()
        self.last_error = ""
        self.logins += 1
        self._has_changed = False
        if self._is_paused:
            session.connection.pause_reading()
        self._user.on_connected(session)
        log.info("connected to Twitch chat", login=session.account.login, host=self._settings.host)

    async def _leave(self, session: ChatSession) -> None:
        self._newest = None
        if self.session is session:
            self.session = self.connected_since = None
            self._user.on_disconnected()
        await session.close()

    async def _newest_credentials(self) -> Credentials | None:
        """Read the credentials; again if a new login was asked for while they were looked up."""
        while True:
            self._hurry.clear()
            credentials = await self._credentials()
            if not self._hurry.is_set():
                return credentials

    async def _credentials(self) -> Credentials | None:
        try:
            async with asyncio.timeout(CREDENTIALS_PATIENCE_S):
                return await self._read_credentials()
        except (TwitchbotError, TimeoutError) as error:
            raise SessionEndedError(f"no credentials: {error!r}") from error

    async def _has_other_credentials(
        self, error: SessionEndedError, refused: Credentials | None
    ) -> bool:
        """Tell whether a refused login is worth trying with others at once: not twice in a row."""
        if self._has_changed or refused is None or not isinstance(error, LoginRefusedError):
            return False
        try:
            if error.problem is LoginProblem.AUTHENTICATION:
                async with asyncio.timeout(CREDENTIALS_PATIENCE_S):
                    await self._renew_credentials(refused.access_token)
            self._has_changed = await self._credentials() != refused
        except (SessionEndedError, TwitchbotError, TimeoutError):
            return False
        return self._has_changed

    async def _pause(self, error: SessionEndedError, lived_s: float) -> None:
        """Wait as long as is decent, unless a new login was asked for."""
        delay_s = 0.0 if self._hurry.is_set() else self._retry.delay_s(error, lived_s)
        if str(error) != self.last_error:
            log.warning("not connected to Twitch chat", reason=str(error), retry_in_s=delay_s)
        self.last_error = str(error)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(delay_s):
                await self._hurry.wait()
        self._has_changed = False
