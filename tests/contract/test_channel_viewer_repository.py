"""What every store of people per channel does, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tests.support.builders import CHANNEL, CHANNEL_ID, NOON, USER_ID, a_channel_viewer
from tests.support.rows import add_joined_channel
from twitchbot.domain.page import PageRequest
from twitchbot.domain.tally import ChannelSighting
from twitchbot.domain.unix_time import unix_ms
from twitchbot.domain.viewer import ChannelViewer
from twitchbot.usecases.ports.unit_of_work import Database

LATER = NOON + timedelta(hours=1)


def a_sighting(at: datetime = NOON, **changes: object) -> ChannelSighting:
    sighting = ChannelSighting(
        channel_id=CHANNEL_ID,
        twitch_id=USER_ID,
        username="ronni",
        display_name="Ronni",
        first_ms=unix_ms(at),
        last_ms=unix_ms(at),
        is_moderator=None,
        is_vip=None,
    )
    return replace(sighting, **changes)  # type: ignore[arg-type] # any field


async def record(database: Database, *sightings: ChannelSighting) -> None:
    async with database.write() as uow:
        await uow.channel_viewers.record(sightings)


async def ronni(database: Database) -> ChannelViewer:
    async with database.read() as uow:
        viewer = await uow.channel_viewers.get(CHANNEL_ID, USER_ID)
    assert viewer is not None
    return viewer


async def roles(database: Database) -> tuple[bool, bool]:
    viewer = await ronni(database)
    return viewer.is_moderator, viewer.is_vip


async def test_a_first_sighting_makes_the_row(database: Database) -> None:
    await add_joined_channel(database)

    await record(database, a_sighting(is_moderator=True, is_vip=False))

    viewer = await ronni(database)
    assert viewer == a_channel_viewer(id=viewer.id, is_moderator=True)


async def test_a_channel_that_nobody_joined_has_no_name(database: Database) -> None:
    await record(database, a_sighting())

    assert (await ronni(database)).channel == ""


async def test_after_a_rename_the_channels_newer_name_is_told(database: Database) -> None:
    await add_joined_channel(database, "forsen_old")
    async with database.write() as uow:
        await uow.channels.want(CHANNEL, LATER)
        await uow.channels.record_joined(CHANNEL, CHANNEL_ID, LATER)

    await record(database, a_sighting())

    assert (await ronni(database)).channel == CHANNEL


async def test_unknown_roles_leave_the_known_ones(database: Database) -> None:
    await record(database, a_sighting())
    assert await roles(database) == (False, False)

    await record(database, a_sighting(is_moderator=True, is_vip=False))
    await record(database, a_sighting(LATER))

    assert await roles(database) == (True, False)


async def test_an_older_sighting_tells_only_what_was_unknown(database: Database) -> None:
    await record(database, a_sighting(LATER, username="new", is_moderator=False))

    await record(database, a_sighting(username="old", is_moderator=True, is_vip=True))

    viewer = await ronni(database)
    assert (viewer.username, viewer.is_moderator, viewer.is_vip) == ("new", False, True)
    assert (viewer.first_seen, viewer.last_seen) == (NOON, LATER)


async def test_people_of_a_channel_come_last_seen_first(database: Database) -> None:
    await record(
        database,
        a_sighting(NOON, twitch_id="1"),
        a_sighting(LATER, twitch_id="2"),
        a_sighting(LATER, channel_id="9", twitch_id="3"),
    )

    async with database.read() as uow:
        page = await uow.channel_viewers.list(CHANNEL_ID, PageRequest())
        number = await uow.channel_viewers.count(CHANNEL_ID)
        nobody = await uow.channel_viewers.list("unknown", PageRequest())

    assert [viewer.twitch_id for viewer in page.items] == ["2", "1"]
    assert (page.total, number, nobody.total) == (2, 2, 0)


async def test_removing_says_whether_somebody_was_there(database: Database) -> None:
    await record(database, a_sighting())

    async with database.write() as uow:
        assert await uow.channel_viewers.remove(CHANNEL_ID, USER_ID)
        assert not await uow.channel_viewers.remove(CHANNEL_ID, USER_ID)
        assert await uow.channel_viewers.get(CHANNEL_ID, USER_ID) is None


async def test_no_sightings_are_fine(database: Database) -> None:
    await record(database)
