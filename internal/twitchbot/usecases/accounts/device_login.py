"""Log an account in without a browser on this machine."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

from twitchbot.domain.account import TokenPair
from twitchbot.domain.device_login import BOT_SCOPES, DeviceLogin, DeviceLoginState
from twitchbot.domain.errors import InvalidInputError, TokenRejectedError
from twitchbot.domain.ids import new_id
from twitchbot.domain.unix_time import unix_ms
from twitchbot.support.single_flight import SingleFlight
from twitchbot.usecases.accounts.pending_logins import PendingLogin, PendingLogins
from twitchbot.usecases.accounts.token_keeper import TokenKeeper
from twitchbot.usecases.ports.authorizer import Authorizer, DeviceAnswer
from twitchbot.usecases.ports.clock import Clock

MAX_SCOPES = 50
_SCOPE = re.compile(r"[a-z_]+(:[a-z_]+){0,3}", re.ASCII)

# Twitch was seen to say "invalid device code" of a good code now and then, while it is pending.
TOLERATED_UNKNOWN_CODE_ANSWERS = 5
SLOW_DOWN_BY = timedelta(seconds=5)


@dataclass(slots=True, frozen=True)
class StartDeviceLogin:
    """Get a code from Twitch that a person then enters in a browser anywhere."""

    authorizer: Authorizer
    clock: Clock
    logins: PendingLogins

    async def __call__(self, scopes: Collection[str]) -> DeviceLogin:
        """Begin a login for these scopes; for those that the bot needs when none is named."""
        asked = frozenset(scopes) or BOT_SCOPES
        _refuse_odd_scopes(asked)
        self.logins.make_room(self.clock.now())
        code = await self.authorizer.start_device(asked)
        now = self.clock.now()
        interval = timedelta(seconds=max(code.interval_s, 1))
        login = DeviceLogin(
            login_id=str(new_id(unix_ms(now))),
            user_code=code.user_code,
            verification_uri=code.verification_uri,
            expires_at=now + timedelta(seconds=code.expires_in_s),
            interval_seconds=max(code.interval_s, 1),
        )
        self.logins.add(
            PendingLogin(login=login, code=code, poll_at=now + interval, interval=interval)
        )
        return login


@dataclass(slots=True, frozen=True)
class GetDeviceLogin:
    """Return how far a login is, and see it through.

    Twitch is asked when somebody asks us, and not more often than it wants: so nothing runs for a
    login that nobody waits for any more.
    """

    authorizer: Authorizer
    clock: Clock
    logins: PendingLogins
    keeper: TokenKeeper
    _polls: SingleFlight[None] = field(default_factory=SingleFlight[None], init=False, repr=False)

    async def __call__(self, login_id: str) -> DeviceLogin:
        """Return the login; once it is granted, with the account that is stored by then."""
        pending = self.logins.get(login_id)
        if pending.is_open and (pending.pair or self.clock.now() >= pending.poll_at):
            await self._polls.run(login_id, lambda: self._poll(pending))
        return pending.login

    async def aclose(self) -> None:
        """Wait until what Twitch is being asked for is answered, and stored if it is granted."""
        await self._polls.drain()

    async def _poll(self, pending: PendingLogin) -> None:
        if pending.pair is None:
            pending.poll_at = self.clock.now() + pending.interval
            answer = await self.authorizer.poll_device(pending.code)
            if isinstance(answer, DeviceAnswer):
                self._note(pending, answer)
                return
            # Kept until it is stored: Twitch gives it out a single time.
            pending.pair = answer
        await self._grant(pending, pending.pair)

    async def _grant(self, pending: PendingLogin, pair: TokenPair) -> None:
        try:
            account = await self.keeper.accept(pair)
        except TokenRejectedError:
            pending.close(DeviceLoginState.DENIED)
            return
        pending.close(DeviceLoginState.GRANTED, account)

    def _note(self, pending: PendingLogin, answer: DeviceAnswer) -> None:
        if answer is DeviceAnswer.SLOW_DOWN:
            pending.interval += SLOW_DOWN_BY
            pending.poll_at += SLOW_DOWN_BY
        if answer is DeviceAnswer.UNKNOWN_CODE:
            pending.unknown_code_answers += 1
        else:
            pending.unknown_code_answers = 0
        if self.clock.now() >= pending.login.expires_at:
            pending.close(DeviceLoginState.EXPIRED)
        elif (
            answer is DeviceAnswer.DENIED
            or pending.unknown_code_answers > TOLERATED_UNKNOWN_CODE_ANSWERS
        ):
            pending.close(DeviceLoginState.DENIED)


def _refuse_odd_scopes(scopes: Collection[str]) -> None:
    if len(scopes) > MAX_SCOPES:
        raise InvalidInputError("scopes", f"must be at most {MAX_SCOPES}")
    for scope in scopes:
        if not _SCOPE.fullmatch(scope):
            raise InvalidInputError("scopes", f"no scope of Twitch looks like {scope[:64]!r}")
