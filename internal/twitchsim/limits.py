"""Counters per account, across all its connections."""

from collections import deque
from dataclasses import dataclass, field

from twitchsim.clock import Clock


class SlidingWindow:
    """Counts what happened within the last seconds."""

    def __init__(self) -> None:
        self._hits: deque[float] = deque()

    def hit(self, now: float, limit: int, window_s: float) -> bool:
        """Count one more; tell whether the limit still holds."""
        while self._hits and self._hits[0] <= now - window_s:
            self._hits.popleft()
        self._hits.append(now)
        return len(self._hits) <= limit


@dataclass(slots=True, eq=False)
class AccountLimits:
    """What one account did lately; times are monotonic seconds."""

    joins: SlidingWindow = field(default_factory=SlidingWindow)
    logins: SlidingWindow = field(default_factory=SlidingWindow)
    messages: SlidingWindow = field(default_factory=SlidingWindow)
    moderator_messages: SlidingWindow = field(default_factory=SlidingWindow)
    muted_until: float = 0.0
    last_sent: dict[str, float] = field(default_factory=dict)
    last_text: dict[str, tuple[str, float]] = field(default_factory=dict)
    seats: dict[str, int] = field(default_factory=dict)
    released: dict[str, float] = field(default_factory=dict)


class LimitBook:
    """The counters of every account, kept while connections come and go."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._accounts: dict[str, AccountLimits] = {}

    def of(self, account: str) -> AccountLimits:
        """Return an account's counters."""
        return self._accounts.setdefault(account, AccountLimits())

    def take_seat(self, account: str, room_id: str) -> None:
        """Count a connection of the account in a room."""
        seats = self.of(account).seats
        seats[room_id] = seats.get(room_id, 0) + 1

    def leave_seat(self, account: str, room_id: str, release_s: float) -> None:
        """Free a seat, at once or after the time in which Twitch still counts it."""
        limits = self.of(account)
        left = limits.seats.get(room_id, 0) - 1
        if left > 0:
            limits.seats[room_id] = left
            return
        limits.seats.pop(room_id, None)
        if release_s > 0:
            limits.released[room_id] = self._clock.monotonic() + release_s

    def seats_taken(self, account: str) -> set[str]:
        """Return the rooms that count against the account's channel limit."""
        limits = self.of(account)
        now = self._clock.monotonic()
        limits.released = {room: at for room, at in limits.released.items() if at > now}
        return {*limits.seats, *limits.released}


class PointBucket:
    """Helix's bucket of points, which refills continuously."""

    def __init__(self, now: float, capacity: int) -> None:
        self._points = float(capacity)
        self._at = now

    def take(self, now: float, capacity: int, per_minute: float) -> bool:
        """Spend a point if there is one."""
        self._points = min(capacity, self._points + max(now - self._at, 0) * per_minute / 60)
        self._at = now
        if self._points < 1:
            return False
        self._points -= 1
        return True

    def drain(self) -> None:
        """Spend everything."""
        self._points = 0.0

    def remaining(self) -> int:
        """Return the whole points left."""
        return int(self._points)

    def full_in_s(self, capacity: int, per_minute: float) -> float:
        """Return the seconds until the bucket is full again."""
        return (capacity - self._points) * 60 / per_minute
