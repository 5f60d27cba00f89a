"""The channels we want, and how far each one is; no I/O, time is handed in.

Twitch answers a JOIN with an echo and the room's state, with a refusal, or, for a channel that
does not exist, with nothing at all. So each wanted channel has a moment at which something is due:
its JOIN, or the end of our patience with the last one. A channel never costs the connection.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import heappop, heappush

from twitchbot.adapters.twitch.chat.settings import ChatSettings
from twitchbot.domain.channel import ChannelProblem, ChannelState, ChannelStatus
from twitchbot.usecases.ports.clock import Clock

_URGENT = float("-inf")


@dataclass(slots=True)
class _Room:
    login: str
    state: ChannelState = ChannelState.JOINING
    channel_id: str = ""
    joined_at: datetime | None = None
    problem: ChannelProblem | None = None
    detail: str = ""
    attempts: int = 0
    is_asked: bool = False
    ticket: int = 0

    def status(self) -> ChannelStatus:
        return ChannelStatus(
            channel=self.login,
            state=self.state,
            channel_id=self.channel_id,
            joined_at=self.joined_at,
            problem=self.problem,
            detail=self.detail,
        )


class Membership:
    """Decides which JOIN is due next, and keeps what became of those before.

    `on_unconfirmed` hears of a channel whose JOINs met silence.
    """

    def __init__(
        self,
        settings: ChatSettings,
        clock: Clock,
        monotonic: Callable[[], float],
        on_unconfirmed: Callable[[ChannelStatus], None],
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._monotonic = monotonic
        self._on_unconfirmed = on_unconfirmed
        self._rooms: dict[str, _Room] = {}
        self._heard: set[bytes] = set()
        self._agenda: list[tuple[float, int, str]] = []
        self._tickets = itertools.count(1)

    def __contains__(self, channel: str) -> bool:
        return channel in self._rooms

    def hears(self, channel: bytes) -> bool:
        """Tell whether lines of this channel are wanted."""
        return channel in self._heard

    def status(self, channel: str) -> ChannelStatus | None:
        """Return how far a channel is, None if it is not wanted."""
        room = self._rooms.get(channel)
        return None if room is None else room.status()

    def statuses(self) -> list[ChannelStatus]:
        """Return how far each wanted channel is, in the order they were asked for."""
        return [room.status() for room in self._rooms.values()]

    def want(self, channel: str, *, urgently: bool = False) -> None:
        """Want a channel; urgently: before all others, and even if it was refused before."""
        room = self._rooms.get(channel)
        if room is None:
            room = self._rooms[channel] = _Room(channel)
            self._heard.add(channel.encode())
        elif room.state is ChannelState.JOINED or room.is_asked or not urgently:
            return
        room.state, room.attempts = ChannelState.JOINING, 0
        self._plan(room, _URGENT if urgently else self._monotonic())

    def forget(self, channel: str) -> bool:
        """Want a channel no more; False if it was not wanted."""
        self._heard.discard(channel.encode())
        return self._rooms.pop(channel, None) is not None

    def due_in_s(self) -> float | None:
        """Return how long until something is due, None if nothing ever is."""
        while self._agenda and not self._is_valid(self._agenda[0]):
            heappop(self._agenda)
        return max(0.0, self._agenda[0][0] - self._monotonic()) if self._agenda else None

    def next_join(self) -> str | None:
        """Return a channel whose JOIN is due; it leaves the agenda until `asked`."""
        for room in self._due():
            if not room.is_asked:
                room.ticket = 0
                return room.login
            self._give_up(room)
        return None

    def asked(self, channel: str) -> None:
        """Note that the JOIN was sent."""
        room = self._rooms[channel]
        room.is_asked = True
        room.attempts += 1
        self._plan(room, self._monotonic() + self._settings.join_timeout_s)

    def confirmed(self, channel: str, channel_id: str) -> bool:
        """Note that we are in a channel (the id may follow); True if that is news."""
        room = self._rooms.get(channel)
        if room is None:
            return False
        is_news = room.state is not ChannelState.JOINED or room.channel_id != channel_id != ""
        if room.state is not ChannelState.JOINED:
            room.state, room.joined_at = ChannelState.JOINED, self._clock.now()
        room.channel_id = channel_id or room.channel_id
        room.problem, room.detail = None, ""
        room.attempts, room.is_asked, room.ticket = 0, False, 0
        return is_news

    def refused(self, channel: str, problem: ChannelProblem, detail: str) -> bool:
        """Note that we may not be in a channel, and come back to it later; True if that is news."""
        room = self._rooms.get(channel)
        if room is None:
            return False
        is_news = (room.state, room.problem) != (ChannelState.REFUSED, problem)
        room.state, room.problem, room.detail = ChannelState.REFUSED, problem, detail
        room.joined_at, room.is_asked = None, False
        is_limit = problem is ChannelProblem.CHANNEL_LIMIT
        settings = self._settings
        delay_s = settings.channel_limit_retry_s if is_limit else settings.join_retry_s
        self._plan(room, self._monotonic() + delay_s)
        return is_news

    def disconnected(self) -> None:
        """Note that we are nowhere: what was joined or asked for is due again."""
        for room in self._rooms.values():
            if room.state in (ChannelState.JOINED, ChannelState.JOINING) or room.is_asked:
                self._start_over(room)

    def _start_over(self, room: _Room) -> None:
        if room.state is ChannelState.JOINED:
            room.state = ChannelState.JOINING
        room.joined_at, room.is_asked, room.attempts = None, False, 0
        self._plan(room, self._monotonic())

    def _give_up(self, room: _Room) -> None:
        """End our patience with a JOIN: repeat it, or come back to the channel much later."""
        room.is_asked = False
        if room.attempts < self._settings.join_attempts:
            self._plan(room, self._monotonic())
            return
        is_news = room.state is not ChannelState.UNCONFIRMED
        room.state, room.problem = ChannelState.UNCONFIRMED, ChannelProblem.NOT_CONFIRMED
        room.detail = f"no answer to {room.attempts} JOINs: does the channel exist?"
        self._plan(room, self._monotonic() + self._settings.join_retry_s)
        if is_news:
            self._on_unconfirmed(room.status())

    def _plan(self, room: _Room, at: float) -> None:
        room.ticket = next(self._tickets)
        heappush(self._agenda, (at, room.ticket, room.login))

    def _due(self) -> Iterator[_Room]:
        while self._agenda and self._agenda[0][0] <= self._monotonic():
            entry = heappop(self._agenda)
            if self._is_valid(entry):
                yield self._rooms[entry[2]]

    def _is_valid(self, entry: tuple[float, int, str]) -> bool:
        room = self._rooms.get(entry[2])
        return room is not None and room.ticket == entry[1]
