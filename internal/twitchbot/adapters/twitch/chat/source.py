"""Twitch chat as a chat source: keeps the wanted channels joined, hears them, says things.

What Twitch says comes in as events that are handled at once; who waits for an answer holds a
future. Nothing in here waits on a socket: that is the business of the link and its sessions.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection

from twitchbot.adapters.twitch.chat.events import (
    ChatEvent,
    Joined,
    Notice,
    OwnState,
    Parted,
)
from twitchbot.adapters.twitch.chat.joining import Joining
from twitchbot.adapters.twitch.chat.limits import AccountLimits
from twitchbot.adapters.twitch.chat.lines import LineCounts
from twitchbot.adapters.twitch.chat.link import (
    ChatLink,
    ReadCredentials,
    RenewCredentials,
    SessionUser,
)
from twitchbot.adapters.twitch.chat.outbox import BLOCKING_CODES, Outbox
from twitchbot.adapters.twitch.chat.own_account import OwnAccount
from twitchbot.adapters.twitch.chat.session import ChatSession
from twitchbot.adapters.twitch.chat.settings import ChatSettings
from twitchbot.adapters.twitch.chat.translate import translate
from twitchbot.domain.account import CHAT_EDIT
from twitchbot.domain.channel import ChannelProblem
from twitchbot.domain.errors import (
    ChannelNotJoinedError,
    ChatUnavailableError,
    MissingScopeError,
    NotLoggedInError,
)
from twitchbot.domain.message import ChatMessage
from twitchbot.usecases.ports.chat_source import ChatSource, ChatStatus, JoinOutcome, SendOutcome
from twitchbot.usecases.ports.clock import Clock


class TwitchChatSource(ChatSource, SessionUser):
    """The chat source of one Twitch account, or of a guest who only reads.

    `on_message` gets each PRIVMSG line of a wanted channel as it was received, with the time in
    µs; `on_own_message` what we said ourselves, which Twitch does not send back.
    `on_joined` may come twice for a channel: its id can follow later.
    All of these are called from the event loop and must return at once.
    `on_login_failed` gets the refused token and says whether there is another one now.
    """

    def __init__(
        self,
        settings: ChatSettings,
        *,
        clock: Clock,
        credentials: ReadCredentials,
        on_message: Callable[[bytes, int], None],
        on_own_message: Callable[[ChatMessage], None],
        on_joined: Callable[[str, str], None],
        on_refused: Callable[[str, ChannelProblem, str], None],
        on_login_failed: RenewCredentials,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._on_message = on_message
        self._on_own_message = on_own_message
        self._account = OwnAccount("", "")
        limits = AccountLimits(settings.limits)
        self._outbox = Outbox(settings, limits.sends, monotonic)
        self._joining = Joining(
            settings, clock, monotonic, limits.joins, on_joined=on_joined, on_refused=on_refused
        )
        self._link = ChatLink(
            settings,
            clock,
            limits.logins,
            self,
            credentials=credentials,
            on_login_failed=on_login_failed,
        )

    @property
    def own_user_id(self) -> str:
        """The id of the account we are logged in as; empty for a guest."""
        return self._account.user_id

    @property
    def line_counts(self) -> LineCounts:
        """What became of the lines that came in."""
        return self._link.counts

    async def run(self) -> None:
        """Be connected until stopped; a task of its own.

        Raises:
            ChatUnavailableError: too many connections failed in a row.
        """
        await self._link.run()

    async def stop(self) -> None:
        """Leave, and let `run` return."""
        await self._link.stop()

    def log_in_anew(self) -> None:
        """Connect again with the credentials of now, after they have changed."""
        self._link.log_in_anew()

    def pause_reading(self) -> None:
        """Leave chat in the socket: what we hold is more than can be stored."""
        self._link.pause_reading()

    def resume_reading(self) -> None:
        """Read on."""
        self._link.resume_reading()

    def read(self, line: bytes, received_us: int) -> ChatMessage | None:
        """Translate a line, and let its channel's id be known although the line lacks it."""
        message = translate(line, received_us)
        if message is not None and not message.channel_id:
            status = self._joining.status(message.channel)
            message.channel_id = status.channel_id if status is not None else ""
        return message

    async def join(self, channel: str, patience_s: float) -> JoinOutcome:
        """Join a channel before all others, and wait for what Twitch says."""
        try:
            return await self._joining.join(channel, patience_s)
        except TimeoutError:
            if self._link.session is None:
                raise self._unavailable() from None
            detail = f"no answer within {patience_s:g} s"
            return JoinOutcome(joined=False, problem=ChannelProblem.NOT_CONFIRMED, detail=detail)

    def keep(self, channels: Collection[str]) -> None:
        """Join these too, as the limits allow."""
        self._joining.want(channels)

    async def part(self, channel: str) -> bool:
        """Leave a channel and keep it no more; False if it was not kept."""
        is_kept = self._joining.forget(channel)
        if is_kept:
            self._account.forget(channel)
            if self._link.session is not None:
                self._link.session.connection.part_channel(channel)
        return is_kept

    async def send(
        self, channel: str, text: str, patience_s: float, reply_to: str = ""
    ) -> SendOutcome:
        """Say something and return what Twitch made of it.

        All within `patience_s`, and never later than it would still be of use.
        """
        self._check_may_send(channel)

        def write() -> None:
            session = self._check_may_send(channel)
            session.connection.say(channel, text, reply_to)

        return await self._outbox.send(
            channel,
            text,
            min(patience_s, self._settings.send_max_age_s),
            privileged=self._account.is_privileged(channel),
            write=write,
        )

    def status(self) -> ChatStatus:
        """Describe the connection now."""
        link, session = self._link, self._link.session
        is_guest = session is not None and session.credentials is None
        return ChatStatus(
            connected=session is not None,
            authenticated=session is not None and not is_guest,
            anonymous=is_guest,
            login=self._account.login,
            user_id=self._account.user_id,
            connected_since=link.connected_since,
            last_error=link.last_error,
            lines_received=link.counts.received,
            reconnects=max(0, link.logins - 1),
            channels=self._joining.statuses(),
        )

    def on_connected(self, session: ChatSession) -> None:
        """Act as the account that Twitch let in."""
        self._account = session.account

    def on_disconnected(self) -> None:
        """Everything is to be joined again; what was sent gets no answer any more."""
        self._joining.disconnected()
        self._outbox.disconnected()

    async def work(self, session: ChatSession) -> None:
        """Join what is to be joined, for as long as the session lives."""
        await self._joining.work(session.connection.join_channel)

    def on_line(self, channel: bytes, line: bytes, received_us: int) -> None:
        """Hand on a chat line of a channel that we want."""
        if self._joining.hears(channel):
            self._on_message(line, received_us)
        else:
            self._link.counts.unwanted += 1

    def on_event(self, event: ChatEvent) -> None:
        """Take what Twitch says of a channel or of our account."""
        match event:
            case Joined():
                self._joining.note_joined(event)
            case Parted():
                if self._joining.note_removed(event.channel):
                    self._account.forget(event.channel)
            case Notice():
                if not self._joining.note_notice(event) and event.code in BLOCKING_CODES:
                    self._outbox.refused(event.channel, event.code, event.text)
            case OwnState():
                self._note_own_state(event)

    def _note_own_state(self, event: OwnState) -> None:
        """Learn how we stand; unless that came with the join, a message of ours was accepted."""
        status = self._joining.status(event.channel)
        if status is None or self._account.learn_state(event):
            return
        text = self._outbox.delivered(event.channel)
        if text is not None:
            now = self._clock.now()
            said = self._account.message(event.channel, status.channel_id, text, now)
            self._on_own_message(said)

    def _check_may_send(self, channel: str) -> ChatSession:
        """Return the session if a message can go to a channel now, else raise why not."""
        if self._joining.status(channel) is None:
            raise ChannelNotJoinedError(f"not in {channel}: join it first", channel=channel)
        session = self._link.session
        if session is None:
            raise self._unavailable()
        if session.credentials is None:
            raise NotLoggedInError("a guest can't send: log in, or set TWITCH_ACCESS_TOKEN")
        scopes = session.credentials.scopes
        if scopes is not None and CHAT_EDIT not in scopes:
            raise MissingScopeError(f"the token lacks the scope {CHAT_EDIT}", scope=CHAT_EDIT)
        if not self._joining.is_joined(channel):
            raise ChannelNotJoinedError(f"not in {channel} yet", channel=channel)
        return session

    def _unavailable(self) -> ChatUnavailableError:
        reason = self._link.last_error or "connecting"
        return ChatUnavailableError(f"no connection to Twitch chat: {reason}")
