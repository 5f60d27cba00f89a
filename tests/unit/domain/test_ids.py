import time
from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from twitchbot.domain.ids import (
    first_id_at,
    message_key,
    new_id,
    new_keys,
    unix_ms_of,
    uuid7_int,
)
from twitchbot.domain.platforms import TWITCH

MOMENTS = st.integers(0, (1 << 48) - 1)
RANDOMNESS = st.integers(0, (1 << 80) - 1)
MESSAGE_IDS = st.text(st.characters(exclude_categories=["Cs"]))


@given(MOMENTS, RANDOMNESS)
def test_an_id_is_a_uuid_of_version_7_that_carries_its_time(unix_ms: int, randomness: int) -> None:
    made = UUID(int=uuid7_int(unix_ms, randomness))

    assert made.version == 7
    assert made.variant == RFC_4122
    assert unix_ms_of(made) == unix_ms


@given(st.sets(MOMENTS, min_size=2, max_size=2), RANDOMNESS, RANDOMNESS)
def test_ids_sort_like_their_times(moments: set[int], one: int, other: int) -> None:
    earlier, later = sorted(moments)

    assert uuid7_int(earlier, one) < uuid7_int(later, other)


@given(MOMENTS, RANDOMNESS)
def test_the_first_id_of_a_millisecond_bounds_its_ids_from_below(
    unix_ms: int, randomness: int
) -> None:
    bound = first_id_at(unix_ms).int

    assert bound <= uuid7_int(unix_ms, randomness)
    assert unix_ms == 0 or bound > uuid7_int(unix_ms - 1, randomness)


def test_nothing_is_older_than_the_first_id_of_the_epoch() -> None:
    assert first_id_at(-1) == first_id_at(0)


@given(MESSAGE_IDS, MOMENTS)
def test_a_message_key_is_the_same_each_time(message_id: str, sent_ms: int) -> None:
    key = message_key(TWITCH, message_id, sent_ms)

    assert key == message_key(TWITCH, message_id, sent_ms)
    assert unix_ms_of(UUID(bytes=key)) == sent_ms


@given(st.sets(MESSAGE_IDS, min_size=2), MOMENTS)
def test_messages_of_one_millisecond_have_different_keys(ids: set[str], sent_ms: int) -> None:
    keys = {message_key(TWITCH, message_id, sent_ms) for message_id in ids}

    assert len(keys) == len(ids)


def test_messages_of_two_platforms_have_different_keys() -> None:
    assert message_key(TWITCH, "abc", 1) != message_key("youtube", "abc", 1)


def test_stored_keys_stay_what_they_are_over_releases() -> None:
    key = message_key(TWITCH, "885196de-cb67-427a-baa8-82f9b0fcd05f", 1_594_556_083_000)

    assert UUID(bytes=key) == UUID("017342f2-eb38-752b-a2ec-95df80d7ffdb")


def test_a_new_id_is_of_the_present_moment() -> None:
    before_ms = time.time_ns() // 1_000_000

    made = new_id()

    assert before_ms <= unix_ms_of(made) <= time.time_ns() // 1_000_000


def test_many_keys_at_once_are_fresh_ids_of_the_present_moment() -> None:
    before_ms = time.time_ns() // 1_000_000

    made = {UUID(bytes=key) for key in new_keys(1000)}

    assert len(made) == 1000
    assert {one.version for one in made} == {7}
    assert before_ms <= min(map(unix_ms_of, made))
    assert max(map(unix_ms_of, made)) <= time.time_ns() // 1_000_000


def test_new_ids_of_one_millisecond_differ() -> None:
    made = {new_id(1) for _ in range(1000)}

    assert len(made) == 1000
    assert {unix_ms_of(one) for one in made} == {1}
