"""Add a viewer."""

from __future__ import annotations

from dataclasses import dataclass

from twitchbot.domain.ids import new_id
from twitchbot.domain.unix_time import unix_ms
from twitchbot.domain.viewer import Viewer
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class CreateViewer:
    """Add a viewer, seen now for the first time as far as we know.

    What somebody wrote whose viewer was deleted still counts.
    """

    database: Database
    clock: Clock

    async def __call__(self, *, twitch_id: str, username: str, display_name: str) -> Viewer:
        now = self.clock.now()
        async with self.database.write() as uow:
            messages, streams = await uow.viewers.messages_and_streams(twitch_id)
            viewer = Viewer(
                id=new_id(unix_ms(now)),
                twitch_id=twitch_id,
                username=username,
                display_name=display_name,
                total_messages=messages,
                total_streams_watched=streams,
                first_seen=now,
                last_seen=now,
                created_at=now,
                updated_at=now,
            )
            await uow.viewers.add(viewer)
        return viewer
