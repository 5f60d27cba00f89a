"""Store the record of a clip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from twitchbot.domain.clip import Clip
from twitchbot.domain.errors import StreamNotFoundError
from twitchbot.domain.ids import new_id
from twitchbot.domain.unix_time import unix_ms
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database


@dataclass(slots=True, frozen=True)
class CreateClip:
    """Store the record of a clip; without a stream it belongs to none that we know."""

    database: Database
    clock: Clock

    async def __call__(
        self,
        *,
        stream_id: UUID | None,
        twitch_clip_id: str,
        title: str,
        url: str,
        embed_url: str,
        thumbnail_url: str,
        creator_name: str,
        creator_id: str,
        view_count: int,
        duration_seconds: int,
        created_at_twitch: datetime | None,
    ) -> Clip:
        now = self.clock.now()
        clip = Clip(
            id=new_id(unix_ms(now)),
            stream_id=stream_id,
            twitch_clip_id=twitch_clip_id,
            title=title,
            url=url,
            embed_url=embed_url,
            thumbnail_url=thumbnail_url,
            creator_name=creator_name,
            creator_id=creator_id,
            view_count=view_count,
            duration_seconds=duration_seconds,
            created_at_twitch=created_at_twitch,
            created_at=now,
            updated_at=now,
        )
        async with self.database.write() as uow:
            if stream_id is not None and await uow.streams.get(stream_id) is None:
                raise StreamNotFoundError.of(stream_id)
            await uow.clips.add(clip)
        return clip
