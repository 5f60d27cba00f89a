"""Logging in by a code on another device."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from tests.support.simulated_twitch import an_oauth
from tests.support.waiting import eventually
from tests.unit.usecases.accounts.acting import Acting, UnsteadyDatabase
from twitchbot.domain.device_login import BOT_SCOPES, DeviceLogin, DeviceLoginState
from twitchbot.domain.errors import (
    ClientIdMissingError,
    DatabaseUnavailableError,
    InvalidInputError,
    LoginNotFoundError,
    QueueFullError,
    UnavailableError,
)
from twitchbot.usecases.accounts.device_login import GetDeviceLogin, StartDeviceLogin
from twitchbot.usecases.accounts.pending_logins import PendingLogins
from twitchbot.usecases.accounts.token_keeper import TokenKeeper

FIVE_SECONDS = timedelta(seconds=5)


class Logins:
    """The two use cases over the same memory."""

    def __init__(
        self, acting: Acting, keeper: TokenKeeper | None = None, max_logins: int = 100
    ) -> None:
        pending = PendingLogins(max_logins)
        self.acting = acting
        self.keeper = keeper or acting.keeper()
        self.start = StartDeviceLogin(acting.oauth, acting.clock, pending)
        self.get = GetDeviceLogin(acting.oauth, acting.clock, pending, self.keeper)

    async def get_later(self, login: DeviceLogin, after: timedelta = FIVE_SECONDS) -> DeviceLogin:
        """Ask for a login when Twitch may be asked again."""
        self.acting.pass_time(after)
        return await self.get(login.login_id)

    def polls(self) -> int:
        """Count how often Twitch was asked."""
        return self.acting.sim.state.counts["oauth.token.device_code"]


@pytest.fixture
def logins(acting: Acting) -> Logins:
    return Logins(acting)


async def test_a_login_shows_what_the_person_needs(acting: Acting, logins: Logins) -> None:
    login = await logins.start({"chat:read"})

    assert login.state is DeviceLoginState.PENDING
    assert login.user_code in login.verification_uri
    assert login.expires_at == acting.clock.now() + timedelta(minutes=30)
    assert login.interval_seconds == 5
    assert login.account is None


async def test_a_granted_login_stores_an_account_that_the_bot_acts_as(
    acting: Acting, logins: Logins
) -> None:
    login = await logins.start({"chat:read", "clips:edit"})
    assert (await logins.get_later(login)).state is DeviceLoginState.PENDING
    acting.sim.approve_device(login.user_code, "mybot")

    granted = await logins.get_later(login)

    assert granted.state is DeviceLoginState.GRANTED
    assert granted.account is not None
    assert granted.account == await acting.read(granted.account.user_id)
    assert granted.account == await logins.keeper.current()
    assert granted.account.login == "mybot"
    assert granted.account.scopes == {"chat:read", "clips:edit"}
    assert granted.account.refresh_token


async def test_a_login_without_scopes_asks_for_what_the_bot_needs(
    acting: Acting, logins: Logins
) -> None:
    login = await logins.start([])
    acting.sim.approve_device(login.user_code, "mybot")

    granted = await logins.get_later(login)

    assert granted.account is not None
    assert granted.account.scopes == BOT_SCOPES


async def test_twitch_is_not_asked_more_often_than_it_wants(acting: Acting, logins: Logins) -> None:
    login = await logins.start(())

    for _ in range(3):
        await logins.get(login.login_id)
    assert logins.polls() == 0

    acting.pass_time(FIVE_SECONDS)
    await asyncio.gather(*(logins.get(login.login_id) for _ in range(5)))
    assert logins.polls() == 1


async def test_being_told_to_slow_down_lengthens_the_interval(
    acting: Acting, logins: Logins
) -> None:
    acting.sim.configure(device_slow_down=True, device_interval_s=6.0)
    login = await logins.start(())
    await logins.get_later(login, timedelta(seconds=6))
    acting.sim.configure(device_interval_s=60.0)
    await logins.get_later(login, timedelta(seconds=6))
    asked = logins.polls()

    await logins.get_later(login, timedelta(seconds=10))
    assert logins.polls() == asked
    await logins.get_later(login, timedelta(seconds=1))
    assert logins.polls() == asked + 1


async def test_a_finished_login_is_not_asked_about_again(acting: Acting, logins: Logins) -> None:
    login = await logins.start(())
    acting.sim.approve_device(login.user_code, "mybot")
    granted = await logins.get_later(login)

    assert await logins.get_later(login) == granted
    assert logins.polls() == 1


async def test_an_unfounded_complaint_about_the_code_is_tolerated(
    acting: Acting, logins: Logins
) -> None:
    acting.sim.configure(spurious_device_errors=4)
    login = await logins.start(())

    states = {(await logins.get_later(login)).state for _ in range(6)}
    acting.sim.approve_device(login.user_code, "mybot")

    assert states == {DeviceLoginState.PENDING}
    assert (await logins.get_later(login)).state is DeviceLoginState.GRANTED


async def test_a_refused_login_is_denied_after_a_few_complaints(
    acting: Acting, logins: Logins
) -> None:
    login = await logins.start(())
    acting.sim.deny_device(login.user_code)

    states = [(await logins.get_later(login)).state for _ in range(7)]

    assert states == [DeviceLoginState.PENDING] * 5 + [DeviceLoginState.DENIED] * 2
    assert await acting.logins() == set()


async def test_a_code_that_nobody_entered_expires(acting: Acting, logins: Logins) -> None:
    login = await logins.start(())

    expired = await logins.get_later(login, timedelta(minutes=31))

    assert expired.state is DeviceLoginState.EXPIRED


async def test_a_login_survives_an_outage_of_twitch(acting: Acting, logins: Logins) -> None:
    login = await logins.start(())
    acting.sim.approve_device(login.user_code, "mybot")
    acting.sim.fail_http("/oauth2/token", status=503)

    with pytest.raises(UnavailableError):
        await logins.get_later(login)

    assert (await logins.get_later(login)).state is DeviceLoginState.GRANTED


async def test_a_granted_login_survives_an_outage_of_the_database(acting: Acting) -> None:
    database = UnsteadyDatabase(acting.database)
    logins = Logins(acting, acting.keeper(database=database))
    login = await logins.start(())
    acting.sim.approve_device(login.user_code, "mybot")
    database.is_writable = False
    with pytest.raises(DatabaseUnavailableError):
        await logins.get_later(login)

    database.is_writable = True
    granted = await logins.get(login.login_id)

    assert granted.state is DeviceLoginState.GRANTED
    assert logins.polls() == 1


async def test_a_grant_outlives_the_caller_who_asked(acting: Acting, logins: Logins) -> None:
    login = await logins.start(())
    acting.sim.approve_device(login.user_code, "mybot")
    acting.sim.fail_http("/oauth2/token", status=None, delay_s=0.1)
    acting.pass_time(FIVE_SECONDS)
    caller = asyncio.create_task(logins.get(login.login_id))
    await acting.sim.until(lambda: acting.sim.state.counts["oauth.POST /oauth2/token"] > 0)
    caller.cancel()

    async def is_granted() -> bool:
        return (await logins.get(login.login_id)).state is DeviceLoginState.GRANTED

    await eventually(is_granted)
    assert await acting.logins() == {"mybot"}


async def test_closing_waits_until_a_grant_is_stored(acting: Acting, logins: Logins) -> None:
    login = await logins.start(())
    acting.sim.approve_device(login.user_code, "mybot")
    acting.sim.fail_http("/oauth2/token", status=None, delay_s=0.1)
    acting.pass_time(FIVE_SECONDS)
    caller = asyncio.create_task(logins.get(login.login_id))
    await acting.sim.until(lambda: acting.sim.state.counts["oauth.POST /oauth2/token"] > 0)
    caller.cancel()

    await logins.get.aclose()

    assert await acting.logins() == {"mybot"}


async def test_tokens_that_twitch_takes_back_at_once_are_not_stored(
    acting: Acting, logins: Logins
) -> None:
    login = await logins.start(())
    acting.sim.approve_device(login.user_code, "mybot")
    acting.sim.fail_http("/oauth2/validate", status=401, message="invalid access token")

    assert (await logins.get_later(login)).state is DeviceLoginState.DENIED
    assert await acting.logins() == set()


async def test_an_unknown_login_is_not_found(logins: Logins) -> None:
    with pytest.raises(LoginNotFoundError):
        await logins.get("00000000-0000-7000-8000-000000000000")


async def test_the_number_of_logins_is_bounded_and_old_ones_make_room(acting: Acting) -> None:
    logins = Logins(acting, max_logins=2)
    first = await logins.start(())
    await logins.start(())

    with pytest.raises(QueueFullError) as full:
        await logins.start(())
    acting.pass_time(timedelta(seconds=full.value.retry_after_s))
    await logins.start(())

    assert full.value.retry_after_s == 40 * 60
    with pytest.raises(LoginNotFoundError):
        await logins.get(first.login_id)


@pytest.mark.parametrize(
    "scopes",
    [
        {"chat read"},
        {"CHAT:READ"},
        {""},
        {"a\nb"},
        {"x" * 10 + ":é"},
        {f"a:{'b' * n}" for n in range(1, 60)},
    ],
)
async def test_odd_scopes_are_refused_before_twitch_is_asked(
    acting: Acting, logins: Logins, scopes: set[str]
) -> None:
    with pytest.raises(InvalidInputError) as refused:
        await logins.start(scopes)

    assert refused.value.field == "scopes"
    assert acting.sim.state.counts["oauth.POST /oauth2/device"] == 0


async def test_a_login_needs_a_client_id(acting: Acting) -> None:
    async with an_oauth(acting.sim, client_id="") as oauth:
        start = StartDeviceLogin(oauth, acting.clock, PendingLogins())

        with pytest.raises(ClientIdMissingError, match="TWITCH_CLIENT_ID"):
            await start(())


async def test_what_is_kept_of_a_login_does_not_show_its_secrets(
    acting: Acting, logins: Logins
) -> None:
    login = await logins.start(())
    (device,) = acting.sim.consent.devices.values()
    acting.sim.approve_device(login.user_code, "mybot")
    granted = await logins.get_later(login)

    assert granted.account is not None
    shown = repr(granted) + repr(logins.get.logins.get(login.login_id)) + repr(logins.get)
    assert device.device_code not in shown
    assert granted.account.access_token not in shown
    assert granted.account.refresh_token not in shown
