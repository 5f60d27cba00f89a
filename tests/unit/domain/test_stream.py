from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.support.builders import NOON, a_stream
from twitchbot.domain.errors import ChatOnlyStreamProtectedError, StreamAlreadyEndedError
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID
from twitchbot.domain.stream import EndedReason, StreamChange, StreamPatch

LATER = NOON + timedelta(hours=1)


def test_a_stream_is_active_until_it_ends() -> None:
    stream = a_stream(offline_since=NOON)

    ended = stream.ended(LATER, EndedReason.OFFLINE)

    assert stream.is_active
    assert not ended.is_active
    assert ended == replace(
        stream,
        ended_at=LATER,
        ended_reason=EndedReason.OFFLINE,
        offline_since=None,
        updated_at=LATER,
    )


def test_a_stream_begins_without_viewers_and_messages() -> None:
    stream = a_stream()

    assert (stream.peak_viewers, stream.average_viewers, stream.total_messages) == (0, 0, 0)


def test_a_stream_ends_once() -> None:
    ended = a_stream().ended(NOON, EndedReason.API)

    with pytest.raises(StreamAlreadyEndedError) as failure:
        ended.ended(LATER, EndedReason.API)

    assert failure.value.metadata == {"id": str(ended.id)}


def test_deleting_an_active_stream_ends_it() -> None:
    deleted = a_stream().deleted(LATER)

    assert (deleted.deleted_at, deleted.ended_at) == (LATER, LATER)
    assert deleted.ended_reason is EndedReason.DELETED
    assert deleted.updated_at == LATER


def test_deleting_an_ended_stream_leaves_its_end() -> None:
    ended = a_stream().ended(NOON, EndedReason.OFFLINE)

    deleted = ended.deleted(LATER)

    assert deleted == replace(ended, deleted_at=LATER, updated_at=LATER)


@pytest.mark.parametrize("ended_at", [None, NOON])
def test_the_chat_only_stream_can_neither_be_ended_nor_deleted(ended_at: datetime | None) -> None:
    chat_only = a_stream(id=CHAT_ONLY_STREAM_ID, ended_at=ended_at)

    with pytest.raises(ChatOnlyStreamProtectedError):
        chat_only.ended(LATER, EndedReason.API)
    with pytest.raises(ChatOnlyStreamProtectedError):
        chat_only.deleted(LATER)


def test_a_patch_changes_what_it_names() -> None:
    stream = a_stream(peak_viewers=10)

    patched = stream.patched(StreamPatch(title="", peak_viewers=0), LATER)

    assert patched == replace(stream, title="", peak_viewers=0, updated_at=LATER)


@pytest.mark.parametrize(
    "patch", [StreamPatch(title="x"), StreamPatch(game_name="x"), StreamPatch(game_id="x")]
)
def test_a_stream_reads_differently_with_another_title_or_category(patch: StreamPatch) -> None:
    stream = a_stream()

    assert not stream.patched(patch, LATER).reads_like(stream)


def test_a_stream_reads_the_same_with_other_viewers() -> None:
    stream = a_stream()

    assert stream.patched(StreamPatch(peak_viewers=5, average_viewers=3), LATER).reads_like(stream)


def test_the_history_says_since_when_title_and_category_are_so() -> None:
    stream = a_stream(title="Chess", game_name="Chess", game_id="743", updated_at=LATER)

    change = stream.as_change()

    assert change == StreamChange(changed_at=LATER, title="Chess", game_name="Chess", game_id="743")
