"""Putting rows into a database before a test begins."""

from __future__ import annotations

from tests.support.builders import CHANNEL, CHANNEL_ID, NOON
from twitchbot.domain.clip import Clip
from twitchbot.domain.command import Command
from twitchbot.domain.message import NewMessage
from twitchbot.domain.stream import Stream
from twitchbot.domain.viewer import Viewer
from twitchbot.usecases.messages.store_messages import store_messages
from twitchbot.usecases.ports.unit_of_work import Database


async def add_streams(database: Database, *streams: Stream) -> None:
    """Store streams."""
    async with database.write() as uow:
        for stream in streams:
            await uow.streams.add(stream)


async def add_messages(database: Database, *messages: NewMessage) -> None:
    """Store messages with what is counted from them."""
    async with database.write() as uow:
        await store_messages(uow, messages)


async def add_viewers(database: Database, *viewers: Viewer) -> None:
    """Store viewers."""
    async with database.write() as uow:
        for viewer in viewers:
            await uow.viewers.add(viewer)


async def add_clips(database: Database, *clips: Clip) -> None:
    """Store clips."""
    async with database.write() as uow:
        for clip in clips:
            await uow.clips.add(clip)


async def add_commands(database: Database, *commands: Command) -> None:
    """Store commands."""
    async with database.write() as uow:
        for command in commands:
            await uow.commands.add(command)


async def add_joined_channel(
    database: Database, login: str = CHANNEL, channel_id: str = CHANNEL_ID
) -> None:
    """Store a channel as joined."""
    async with database.write() as uow:
        await uow.channels.want(login, NOON)
        await uow.channels.record_joined(login, channel_id, NOON)
