import pytest

from tests.support.builders import CHANNEL, CHANNEL_ID, USER_ID, a_new_message
from tests.support.rows import add_joined_channel, add_messages
from twitchbot.domain.errors import ChannelNotFoundError, ChannelViewerNotFoundError
from twitchbot.usecases.channel_viewers.remove_channel_viewer import RemoveChannelViewer
from twitchbot.usecases.ports.unit_of_work import Database


@pytest.fixture
def remove(database: Database) -> RemoveChannelViewer:
    return RemoveChannelViewer(database)


async def test_a_removed_person_is_gone_from_that_channel_only(
    remove: RemoveChannelViewer, database: Database
) -> None:
    await add_joined_channel(database)
    await add_messages(database, a_new_message(), a_new_message(channel_id="44445592"))

    await remove(CHANNEL, USER_ID)

    async with database.read() as uow:
        assert await uow.channel_viewers.get(CHANNEL_ID, USER_ID) is None
        assert await uow.channel_viewers.get("44445592", USER_ID) is not None
        assert await uow.viewers.get_by_twitch_id(USER_ID) is not None


async def test_the_next_message_adds_a_removed_person_again(
    remove: RemoveChannelViewer, database: Database
) -> None:
    await add_joined_channel(database)
    await add_messages(database, a_new_message())
    await remove(CHANNEL, USER_ID)

    await add_messages(database, a_new_message())

    async with database.read() as uow:
        assert await uow.channel_viewers.get(CHANNEL_ID, USER_ID) is not None


async def test_a_person_is_removed_once(remove: RemoveChannelViewer, database: Database) -> None:
    await add_joined_channel(database)
    await add_messages(database, a_new_message())
    await remove(CHANNEL, USER_ID)

    with pytest.raises(ChannelViewerNotFoundError, match=USER_ID):
        await remove(CHANNEL, USER_ID)


async def test_nobody_can_be_removed_from_a_channel_that_was_never_joined(
    remove: RemoveChannelViewer,
) -> None:
    with pytest.raises(ChannelNotFoundError, match=CHANNEL):
        await remove(CHANNEL, USER_ID)
