"""The wanted channels at work: JOINs as they fall due, and their outcomes to those who wait."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Collection

import structlog

from twitchbot.adapters.twitch.chat.events import Joined, Notice
from twitchbot.adapters.twitch.chat.limits import WindowLimiter
from twitchbot.adapters.twitch.chat.membership import Membership
from twitchbot.adapters.twitch.chat.settings import ChatSettings
from twitchbot.domain.channel import LOGIN, ChannelProblem, ChannelState, ChannelStatus
from twitchbot.domain.errors import InvalidInputError
from twitchbot.usecases.ports.chat_source import JoinOutcome
from twitchbot.usecases.ports.clock import Clock

log = structlog.get_logger(__name__)

_PROBLEMS = {
    "msg_banned": ChannelProblem.BANNED,
    "msg_channel_suspended": ChannelProblem.SUSPENDED,
    "msg_concurrent_channel_limit_reached": ChannelProblem.CHANNEL_LIMIT,
    "msg_room_not_found": ChannelProblem.SUSPENDED,
    "tos_ban": ChannelProblem.SUSPENDED,
}
# Of this notice, only the text is certain.
_TOO_MANY_CHANNELS = "too many chat channels"


class Joining:
    """Joins channels within the account's limit, and tells who waits what became of it."""

    def __init__(
        self,
        settings: ChatSettings,
        clock: Clock,
        monotonic: Callable[[], float],
        limiter: WindowLimiter,
        *,
        on_joined: Callable[[str, str], None],
        on_refused: Callable[[str, ChannelProblem, str], None],
    ) -> None:
        self._limiter = limiter
        self._on_joined = on_joined
        self._on_refused = on_refused
        self._membership = Membership(settings, clock, monotonic, self._note_unconfirmed)
        self._waiting: dict[str, list[asyncio.Future[JoinOutcome]]] = {}
        self._changed = asyncio.Event()

    def hears(self, channel: bytes) -> bool:
        """Tell whether lines of this channel are wanted."""
        return self._membership.hears(channel)

    def status(self, channel: str) -> ChannelStatus | None:
        """Return how far a channel is, None if it is not wanted."""
        return self._membership.status(channel)

    def statuses(self) -> list[ChannelStatus]:
        """Return how far each wanted channel is."""
        return self._membership.statuses()

    def is_joined(self, channel: str) -> bool:
        """Tell whether we are in a channel."""
        status = self._membership.status(channel)
        return status is not None and status.state is ChannelState.JOINED

    def want(self, channels: Collection[str]) -> None:
        """Join these too, as the limit allows.

        Raises:
            InvalidInputError: one of them is no channel name.
        """
        for channel in channels:
            self._membership.want(_checked(channel))
        self._changed.set()

    async def join(self, channel: str, patience_s: float) -> JoinOutcome:
        """Join a channel before all others and return what became of it.

        Raises:
            InvalidInputError: it is no channel name.
            TimeoutError: the outcome was not known within `patience_s`.
        """
        self._membership.want(_checked(channel), urgently=True)
        self._changed.set()
        if self.is_joined(channel):
            return JoinOutcome(joined=True)
        outcome: asyncio.Future[JoinOutcome] = asyncio.get_running_loop().create_future()
        waiting = self._waiting.setdefault(channel, [])
        waiting.append(outcome)
        try:
            async with asyncio.timeout(patience_s):
                return await outcome
        finally:
            waiting.remove(outcome)
            if not waiting:
                del self._waiting[channel]

    def forget(self, channel: str) -> bool:
        """Want a channel no more; False if it was not wanted."""
        is_wanted = self._membership.forget(channel)
        if is_wanted:
            self._resolve(channel, JoinOutcome(joined=False, detail="left again"))
        return is_wanted

    def disconnected(self) -> None:
        """Note that we are in no channel any more."""
        self._membership.disconnected()

    async def work(self, send_join: Callable[[str], None]) -> None:
        """Send the JOINs that are due, for as long as there is a connection."""
        while True:
            channel = self._membership.next_join()
            if channel is None:
                await self._wait_for_change()
                continue
            await self._limiter.acquire()
            if self._membership.status(channel) is not None:
                send_join(channel)
                self._membership.asked(channel)

    def note_joined(self, event: Joined) -> None:
        """Take note that we are in a channel, and later of its id."""
        if self._membership.status(event.channel) is None:
            log.warning("in a channel that nobody asked for", channel=event.channel)
        elif self._membership.confirmed(event.channel, event.channel_id):
            self._on_joined(event.channel, event.channel_id)
            self._resolve(event.channel, JoinOutcome(joined=True))

    def note_removed(self, channel: str) -> bool:
        """Take note that Twitch put us out, as it does with the banned; False if we had left."""
        is_removed = self.is_joined(channel)
        if is_removed:
            detail = "Twitch removed us from the channel"
            self._note_refused(channel, ChannelProblem.BANNED, detail)
        return is_removed

    def note_notice(self, notice: Notice) -> bool:
        """Take note of a refused JOIN; False if the notice is about something else."""
        problem = _PROBLEMS.get(notice.code)
        if not notice.code and _TOO_MANY_CHANNELS in notice.text.lower():
            problem = ChannelProblem.CHANNEL_LIMIT
        status = self._membership.status(notice.channel)
        if problem is None or status is None or status.state is ChannelState.JOINED:
            return False
        self._note_refused(notice.channel, problem, notice.text)
        return True

    def _note_refused(self, channel: str, problem: ChannelProblem, detail: str) -> None:
        if self._membership.refused(channel, problem, detail):
            self._report(channel, problem, detail)
        self._changed.set()
        self._resolve(channel, JoinOutcome(joined=False, problem=problem, detail=detail))

    def _note_unconfirmed(self, status: ChannelStatus) -> None:
        problem = ChannelProblem.NOT_CONFIRMED
        self._report(status.channel, problem, status.detail)
        outcome = JoinOutcome(joined=False, problem=problem, detail=status.detail)
        self._resolve(status.channel, outcome)

    def _report(self, channel: str, problem: ChannelProblem, detail: str) -> None:
        log.warning("channel not joined", channel=channel, problem=problem, detail=detail)
        self._on_refused(channel, problem, detail)

    def _resolve(self, channel: str, outcome: JoinOutcome) -> None:
        for waiting in self._waiting.get(channel, ()):
            if not waiting.done():
                waiting.set_result(outcome)

    async def _wait_for_change(self) -> None:
        self._changed.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._membership.due_in_s()):
                await self._changed.wait()


def _checked(channel: str) -> str:
    if not LOGIN.fullmatch(channel):
        raise InvalidInputError("channel", "must be 1 to 25 characters a-z, 0-9 or _")
    return channel
