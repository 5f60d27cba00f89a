from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.builders import NOON, a_new_message, a_stream
from tests.support.fakes import FixedClock
from tests.support.rows import add_messages, add_streams
from twitchbot.domain.errors import StreamNotFoundError
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID, new_id
from twitchbot.domain.stream import Stream, StreamChange, StreamPatch
from twitchbot.usecases.ports.unit_of_work import Database
from twitchbot.usecases.streams.update_stream import UpdateStream

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def update(database: Database, clock: FixedClock) -> UpdateStream:
    clock.move(timedelta(hours=1))
    return UpdateStream(database, clock)


async def stored(database: Database, stream: Stream) -> tuple[Stream | None, list[StreamChange]]:
    async with database.read() as uow:
        return await uow.streams.get(stream.id), list(await uow.streams.changes(stream.id))


async def test_only_what_the_patch_names_is_changed(
    update: UpdateStream, database: Database
) -> None:
    stream = a_stream(peak_viewers=10, average_viewers=5)
    await add_streams(database, stream)

    patched = await update(stream.id, StreamPatch(peak_viewers=0))

    assert patched == replace(stream, peak_viewers=0, updated_at=LATER)
    assert await stored(database, stream) == (patched, [])


async def test_a_new_title_goes_into_the_history(update: UpdateStream, database: Database) -> None:
    stream = a_stream()
    await add_streams(database, stream)

    await update(stream.id, StreamPatch(title="Any%"))

    _, changes = await stored(database, stream)
    assert changes == [
        StreamChange(changed_at=LATER, title="Any%", game_name="Celeste", game_id="504461")
    ]


async def test_the_same_title_again_is_no_change(update: UpdateStream, database: Database) -> None:
    stream = a_stream()
    await add_streams(database, stream)

    patched = await update(stream.id, StreamPatch(title=stream.title))

    assert await stored(database, stream) == (patched, [])


async def test_a_change_leaves_the_message_count_alone(
    update: UpdateStream, database: Database
) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    await add_messages(database, a_new_message(stream.id))

    patched = await update(stream.id, StreamPatch(title="Any%"))

    assert patched.total_messages == 1
    assert (await stored(database, stream))[0] == patched


async def test_the_chat_only_stream_may_be_changed(update: UpdateStream) -> None:
    patched = await update(CHAT_ONLY_STREAM_ID, StreamPatch(title="Off air"))

    assert patched.title == "Off air"


async def test_a_stream_that_is_not_there_cannot_be_changed(update: UpdateStream) -> None:
    unknown = new_id()

    with pytest.raises(StreamNotFoundError, match=str(unknown)):
        await update(unknown, StreamPatch())
