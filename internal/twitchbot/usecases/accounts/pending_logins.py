"""Device logins under way, in memory: a restart forgets them, and the person begins again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from twitchbot.domain.account import Account, TokenPair
from twitchbot.domain.device_login import DeviceLogin, DeviceLoginState
from twitchbot.domain.errors import LoginNotFoundError, QueueFullError
from twitchbot.usecases.ports.authorizer import DeviceCode

MAX_LOGINS = 100
# The outcome stays readable for a while after the code has ended.
KEPT_AFTER_END = timedelta(minutes=10)


@dataclass(slots=True, kw_only=True)
class PendingLogin:
    """A device login with what its caller must not see; `pair` is granted, but not stored yet."""

    login: DeviceLogin
    code: DeviceCode = field(repr=False)
    poll_at: datetime
    interval: timedelta
    unknown_code_answers: int = 0
    pair: TokenPair | None = field(default=None, repr=False)

    @property
    def is_open(self) -> bool:
        """Whether nothing is decided yet."""
        return self.login.state is DeviceLoginState.PENDING

    def close(self, state: DeviceLoginState, account: Account | None = None) -> None:
        """Write down how it ended."""
        self.login = replace(self.login, state=state, account=account)
        self.pair = None


class PendingLogins:
    """A bounded number of logins by id."""

    def __init__(self, max_logins: int = MAX_LOGINS) -> None:
        self._max_logins = max_logins
        self._by_id: dict[str, PendingLogin] = {}

    def make_room(self, now: datetime) -> None:
        """Forget what is over; QueueFullError when too many are under way."""
        for login_id, pending in list(self._by_id.items()):
            if pending.login.expires_at + KEPT_AFTER_END <= now:
                del self._by_id[login_id]
        if len(self._by_id) >= self._max_logins:
            first_end = min(pending.login.expires_at for pending in self._by_id.values())
            wait = first_end + KEPT_AFTER_END - now
            raise QueueFullError(
                "too many logins are under way", retry_after_s=wait.total_seconds()
            )

    def add(self, pending: PendingLogin) -> None:
        """Remember a login."""
        self._by_id[pending.login.login_id] = pending

    def get(self, login_id: str) -> PendingLogin:
        """Return a login; LoginNotFoundError when there is none with this id."""
        pending = self._by_id.get(login_id)
        if pending is None:
            raise LoginNotFoundError.of(login_id)
        return pending
