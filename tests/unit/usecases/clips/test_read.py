from datetime import timedelta

import pytest

from tests.support.builders import NOON, a_clip, a_stream
from tests.support.rows import add_clips, add_streams
from twitchbot.domain.errors import ClipNotFoundError
from twitchbot.domain.ids import new_id
from twitchbot.domain.page import DeletedFilter, PageRequest
from twitchbot.usecases.clips.read import GetClip, GetClipByTwitchId, ListClips
from twitchbot.usecases.ports.unit_of_work import Database


async def test_a_clip_is_found_by_our_id_and_by_twitchs(database: Database) -> None:
    clip = a_clip(created_at_twitch=None)
    await add_clips(database, clip)

    assert await GetClip(database)(clip.id) == clip
    assert await GetClipByTwitchId(database)(clip.twitch_clip_id) == clip


async def test_a_clip_that_is_not_there_is_not_found(database: Database) -> None:
    unknown = new_id()

    with pytest.raises(ClipNotFoundError, match=str(unknown)):
        await GetClip(database)(unknown)
    with pytest.raises(ClipNotFoundError, match="NoSuchClip"):
        await GetClipByTwitchId(database)("NoSuchClip")


async def test_clips_are_listed_by_stream_in_the_order_asked_for(database: Database) -> None:
    stream = a_stream()
    popular = a_clip(stream_id=stream.id, view_count=99, created_at_twitch=NOON)
    newer = a_clip(stream_id=stream.id, view_count=1, created_at_twitch=NOON + timedelta(hours=1))
    await add_streams(database, stream)
    await add_clips(database, popular, newer, a_clip(view_count=50))
    list_clips = ListClips(database)

    newest = await list_clips(DeletedFilter(), PageRequest(), "created_at_twitch", stream.id)
    most_seen = await list_clips(DeletedFilter(), PageRequest(limit=1), "view_count", None)

    assert newest.items == [newer, popular]
    assert most_seen.items == [popular]
    assert most_seen.total == 3
