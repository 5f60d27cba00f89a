"""What every store of channels does, on both databases."""

from __future__ import annotations

from datetime import timedelta

from tests.support.builders import CHANNEL, CHANNEL_ID, NOON, a_channel
from twitchbot.domain.channel import Channel
from twitchbot.usecases.ports.unit_of_work import Database

LATER = NOON + timedelta(hours=1)


async def get(database: Database, login: str = CHANNEL) -> Channel | None:
    async with database.read() as uow:
        return await uow.channels.get(login)


async def test_a_channel_is_wanted_then_joined(database: Database) -> None:
    async with database.write() as uow:
        await uow.channels.want(CHANNEL, NOON)
    assert await get(database) == a_channel(channel_id="", joined_at=None)

    async with database.write() as uow:
        await uow.channels.record_error(CHANNEL, "suspended", NOON)
        await uow.channels.record_joined(CHANNEL, CHANNEL_ID, LATER)
    assert await get(database) == a_channel(joined_at=LATER, updated_at=LATER)


async def test_a_join_without_an_id_leaves_the_known_one(database: Database) -> None:
    async with database.write() as uow:
        await uow.channels.want(CHANNEL, NOON)
        await uow.channels.record_id(CHANNEL, CHANNEL_ID, NOON)
        await uow.channels.record_joined(CHANNEL, "", NOON)

    assert await get(database) == a_channel()


async def test_an_error_is_written_down(database: Database) -> None:
    async with database.write() as uow:
        await uow.channels.want(CHANNEL, NOON)
        await uow.channels.record_error(CHANNEL, "banned", LATER)

    channel = await get(database)
    assert channel is not None
    assert (channel.last_error, channel.updated_at) == ("banned", LATER)


async def test_what_becomes_of_a_channel_that_is_not_wanted_is_not_written_down(
    database: Database,
) -> None:
    async with database.write() as uow:
        await uow.channels.want(CHANNEL, NOON)
        await uow.channels.unwant(CHANNEL, NOON)
        await uow.channels.record_error(CHANNEL, "banned", LATER)
        await uow.channels.record_joined(CHANNEL, CHANNEL_ID, LATER)
        await uow.channels.record_joined("nobody", CHANNEL_ID, LATER)

    assert await get(database) == a_channel(wanted=False, channel_id="", joined_at=None)
    assert await get(database, "nobody") is None


async def test_wanting_twice_changes_nothing(database: Database) -> None:
    async with database.write() as uow:
        await uow.channels.want(CHANNEL, NOON)
        await uow.channels.want(CHANNEL, LATER)

    channel = await get(database)
    assert channel is not None
    assert channel.updated_at == NOON


async def test_an_unwanted_channel_keeps_its_id_and_can_be_wanted_again(
    database: Database,
) -> None:
    async with database.write() as uow:
        await uow.channels.want(CHANNEL, NOON)
        await uow.channels.record_joined(CHANNEL, CHANNEL_ID, NOON)
        assert await uow.channels.unwant(CHANNEL, LATER)
        assert not await uow.channels.unwant(CHANNEL, LATER)
        assert not await uow.channels.unwant("nobody", LATER)
        assert await uow.channels.wanted() == []

    channel = await get(database)
    assert channel == a_channel(wanted=False, updated_at=LATER)

    async with database.write() as uow:
        await uow.channels.want(CHANNEL, LATER)
        assert [wanted.login for wanted in await uow.channels.wanted()] == [CHANNEL]


async def test_wanted_channels_come_in_the_order_they_were_first_wanted(
    database: Database,
) -> None:
    async with database.write() as uow:
        for login in ("zoe", "adam", "mia"):
            await uow.channels.want(login, NOON)
        await uow.channels.unwant("zoe", LATER)
        await uow.channels.want("zoe", LATER)

        assert [channel.login for channel in await uow.channels.wanted()] == ["zoe", "adam", "mia"]


async def test_an_unknown_channel_is_none(database: Database) -> None:
    assert await get(database, "nobody") is None
