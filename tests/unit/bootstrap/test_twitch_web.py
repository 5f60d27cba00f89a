"""Twitch's web side, as the jobs and the chat are given it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.support.fakes import FixedClock
from tests.support.simulated_twitch import a_twitch, an_oauth
from tests.unit.usecases.accounts.acting import Acting
from twitchbot.bootstrap.settings import TwitchSettings
from twitchbot.bootstrap.twitch_web import open_twitch_web
from twitchbot.usecases.ports.unit_of_work import Database


@pytest.fixture
async def acting(sqlite_database: Database) -> AsyncIterator[Acting]:
    async with a_twitch() as sim, an_oauth(sim) as oauth:
        yield Acting(sim, oauth, sqlite_database, FixedClock())


def settings_for(acting: Acting, **more: str) -> TwitchSettings:
    sim = acting.sim
    addresses = {"TWITCH_HELIX_URL": sim.helix_url, "TWITCH_OAUTH_URL": sim.oauth_url}
    return TwitchSettings.model_validate(addresses | more)


async def helix_is_asked(acting: Acting, **more: str) -> bool:
    asked = []

    async def ask(channel: str) -> None:
        asked.append(channel)

    settings = settings_for(acting, **more)
    async with open_twitch_web(settings, acting.database, acting.clock) as twitch:
        await twitch.keeper.start()
        await twitch.unless_guest(ask)("chan")
    return asked == ["chan"]


async def test_a_guest_asks_helix_nothing(acting: Acting) -> None:
    assert not await helix_is_asked(acting)


async def test_an_account_or_an_app_asks_helix(acting: Acting) -> None:
    client = {"TWITCH_CLIENT_ID": acting.sim.client_id}
    secret = {"TWITCH_CLIENT_SECRET": acting.sim.client_secret}
    assert await helix_is_asked(acting, **client, **secret)

    await acting.stored()

    assert await helix_is_asked(acting, **client)


async def test_anonymous_asks_helix_as_an_app_or_not_at_all(acting: Acting) -> None:
    anonymous = {"TWITCH_CLIENT_ID": acting.sim.client_id, "TWITCH_ANONYMOUS": "true"}
    await acting.stored()

    assert not await helix_is_asked(acting, **anonymous)
    assert await helix_is_asked(acting, TWITCH_CLIENT_SECRET=acting.sim.client_secret, **anonymous)


async def test_who_has_a_dead_token_asks_helix_to_hear_what_is_wrong(acting: Acting) -> None:
    assert await helix_is_asked(acting, TWITCH_ACCESS_TOKEN="dead")


async def test_whose_token_is_not_known_yet_asks_helix_to_hear_what_is_wrong(
    acting: Acting,
) -> None:
    acting.sim.fail_http("/oauth2/validate", status=503, times=2)

    assert await helix_is_asked(acting, TWITCH_ACCESS_TOKEN="given")
