"""What is read to be written back stays as it was read, whoever else wants to write."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

from tests.support.builders import NOON, USER_ID, a_new_message, a_stream
from tests.support.fakes import FixedClock
from tests.support.rows import add_messages, add_streams
from twitchbot.domain.stream import EndedReason, StreamPatch
from twitchbot.domain.viewer import ViewerPatch
from twitchbot.usecases.messages.store_messages import store_messages
from twitchbot.usecases.ports.unit_of_work import Database
from twitchbot.usecases.streams.end_stream import EndStream
from twitchbot.usecases.streams.stream_router import StreamRouter
from twitchbot.usecases.streams.update_stream import UpdateStream
from twitchbot.usecases.viewers.update_viewer import UpdateViewer

# Long enough for the other one to finish if nothing holds it up.
HEAD_START_S = 0.3


async def begun(work: Coroutine[Any, Any, object]) -> asyncio.Task[object]:
    """Start something and let it get as far as it can."""
    task = asyncio.create_task(work)
    await asyncio.wait([task], timeout=HEAD_START_S)
    return task


async def test_the_end_of_a_stream_does_not_undo_a_change_of_it(database: Database) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    end = EndStream(database, FixedClock(), StreamRouter())

    async with database.write() as uow:
        held = await uow.streams.get(stream.id, for_update=True)
        assert held is not None
        ending = await begun(end(stream.id))
        await uow.streams.update(replace(held, title="Any%"))
    await ending

    async with database.read() as uow:
        ended = await uow.streams.get(stream.id)
    assert ended is not None
    assert (ended.title, ended.ended_reason) == ("Any%", EndedReason.API)


async def test_a_change_of_a_stream_does_not_undo_its_end(database: Database) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    update = UpdateStream(database, FixedClock())

    async with database.write() as uow:
        held = await uow.streams.get(stream.id, for_update=True)
        assert held is not None
        changing = await begun(update(stream.id, StreamPatch(title="Any%")))
        await uow.streams.update(held.ended(NOON, EndedReason.OFFLINE))
    await changing

    async with database.read() as uow:
        changed = await uow.streams.get(stream.id)
    assert changed is not None
    assert (changed.title, changed.ended_reason) == ("Any%", EndedReason.OFFLINE)


async def test_a_change_of_a_viewer_does_not_undo_what_was_counted(database: Database) -> None:
    await add_messages(database, a_new_message())

    async with database.read() as uow:
        viewer = await uow.viewers.get_by_twitch_id(USER_ID)
    assert viewer is not None
    update = UpdateViewer(database, FixedClock())

    async with database.write() as uow:
        await store_messages(uow, [a_new_message()])
        changing = await begun(update(viewer.id, ViewerPatch(display_name="RONNI")))
    await changing

    async with database.read() as uow:
        changed = await uow.viewers.get(viewer.id)
    assert changed is not None
    assert (changed.display_name, changed.total_messages) == ("RONNI", 2)


async def test_a_row_that_is_only_read_holds_nobody_up(database: Database) -> None:
    stream = a_stream()
    await add_streams(database, stream)
    end = EndStream(database, FixedClock(), StreamRouter())

    async with database.read() as uow:
        await uow.streams.get(stream.id)
        ended = await asyncio.wait_for(end(stream.id), timeout=10)

    assert not ended.is_active
