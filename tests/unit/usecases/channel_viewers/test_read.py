import pytest

from tests.support.builders import CHANNEL, CHANNEL_ID, NOON, USER_ID, a_new_message
from tests.support.rows import add_joined_channel, add_messages
from twitchbot.domain.errors import ChannelNotFoundError, ChannelViewerNotFoundError
from twitchbot.domain.page import PageRequest
from twitchbot.usecases.channel_viewers.read import (
    CountChannelViewers,
    GetChannelViewer,
    ListChannelViewers,
)
from twitchbot.usecases.ports.unit_of_work import Database


async def test_a_person_is_found_in_a_channel_with_the_roles_there(database: Database) -> None:
    await add_joined_channel(database)
    await add_messages(database, a_new_message(is_moderator=True))

    viewer = await GetChannelViewer(database)(CHANNEL, USER_ID)

    assert (viewer.channel, viewer.channel_id) == (CHANNEL, CHANNEL_ID)
    assert (viewer.twitch_id, viewer.username) == (USER_ID, "ronni")
    assert (viewer.is_moderator, viewer.is_vip) == (True, False)
    assert (viewer.first_seen, viewer.last_seen) == (NOON, NOON)


async def test_a_channel_that_was_never_joined_is_not_found(database: Database) -> None:
    with pytest.raises(ChannelNotFoundError, match=CHANNEL):
        await GetChannelViewer(database)(CHANNEL, USER_ID)


async def test_a_person_who_was_never_in_a_channel_is_not_found_there(database: Database) -> None:
    await add_joined_channel(database)
    await add_joined_channel(database, "pokimane", "44445592")
    await add_messages(database, a_new_message(channel="pokimane", channel_id="44445592"))

    with pytest.raises(ChannelViewerNotFoundError, match=USER_ID):
        await GetChannelViewer(database)(CHANNEL, USER_ID)


async def test_people_are_listed_last_seen_first(database: Database) -> None:
    await add_joined_channel(database)
    await add_messages(
        database,
        a_new_message(user_id="1", sent_ms=3),
        a_new_message(user_id="2", sent_ms=1),
        a_new_message(user_id="3", sent_ms=2),
    )

    page = await ListChannelViewers(database)(CHANNEL, PageRequest(limit=2))

    assert [viewer.twitch_id for viewer in page.items] == ["1", "3"]
    assert page.total == 3
    assert await CountChannelViewers(database)(CHANNEL) == 3


async def test_nobody_is_in_a_channel_that_was_never_joined(database: Database) -> None:
    page = await ListChannelViewers(database)(CHANNEL, PageRequest())

    assert (list(page.items), page.total, page.next) == ([], 0, None)
    assert await CountChannelViewers(database)(CHANNEL) == 0
