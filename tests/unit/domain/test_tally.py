from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tests.support.builders import CHANNEL_ID, USER_ID, a_new_message
from twitchbot.domain.message import NewMessage
from twitchbot.domain.tally import ChannelSighting, ViewerSighting, tally

STREAMS = [UUID(int=number) for number in (3, 1, 2)]

MESSAGES = st.lists(
    st.builds(
        a_new_message,
        stream_id=st.sampled_from(STREAMS),
        channel_id=st.sampled_from(["", "10", "9"]),
        user_id=st.sampled_from(["", "10", "9", "8"]),
        username=st.sampled_from(["ronni", "ronni_renamed"]),
        is_moderator=st.booleans(),
        is_vip=st.booleans(),
        source_channel_id=st.sampled_from(["", "", "", "77"]),
        sent_ms=st.integers(0, 5),
    ),
    max_size=20,
)


def counted(messages: list[NewMessage]) -> list[NewMessage]:
    return [new for new in messages if not new.message.source_channel_id]


@given(MESSAGES)
def test_streams_get_one_for_each_message_that_counts(messages: list[NewMessage]) -> None:
    sums = tally(messages).streams

    streams = [new.stream_id for new in counted(messages)]
    assert sums == {stream: streams.count(stream) for stream in streams}
    assert list(sums) == sorted(sums)


@given(MESSAGES)
def test_viewers_get_what_they_wrote(messages: list[NewMessage]) -> None:
    sightings = tally(messages).viewers

    for sighting in sightings:
        theirs = [new for new in counted(messages) if new.message.user_id == sighting.twitch_id]
        streams = [new.stream_id for new in theirs]
        times = [new.message.sent_ms for new in theirs]
        assert sighting.streams == {stream: streams.count(stream) for stream in streams}
        assert (sighting.first_ms, sighting.last_ms) == (min(times), max(times))
        last = [new.message for new in theirs if new.message.sent_ms == max(times)][-1]
        assert sighting.username == last.username
    everybody = {new.message.user_id for new in counted(messages)} - {""}
    assert [sighting.twitch_id for sighting in sightings] == sorted(everybody)


@given(MESSAGES)
def test_channel_viewers_get_the_roles_they_had_last(messages: list[NewMessage]) -> None:
    sightings = tally(messages).channel_viewers

    for sighting in sightings:
        key = (sighting.channel_id, sighting.twitch_id)
        theirs = [
            new.message
            for new in counted(messages)
            if (new.message.channel_id, new.message.user_id) == key
        ]
        last_ms = max(message.sent_ms for message in theirs)
        last = [message for message in theirs if message.sent_ms == last_ms][-1]
        assert sighting == ChannelSighting(
            channel_id=last.channel_id,
            twitch_id=last.user_id,
            username=last.username,
            display_name=last.display_name,
            first_ms=min(message.sent_ms for message in theirs),
            last_ms=last_ms,
            is_moderator=last.is_moderator,
            is_vip=last.is_vip,
        )
    keys = [(sighting.channel_id, sighting.twitch_id) for sighting in sightings]
    places = {(new.message.channel_id, new.message.user_id) for new in counted(messages)}
    assert keys == sorted(key for key in places if all(key))


def test_names_are_those_of_the_last_message_whatever_the_order() -> None:
    old = a_new_message(username="old", display_name="Old", sent_ms=1)
    new = a_new_message(username="new", display_name="New", sent_ms=2)

    sums = tally([new, old])

    expected = ViewerSighting(
        twitch_id=USER_ID,
        username="new",
        display_name="New",
        first_ms=1,
        last_ms=2,
        streams={new.stream_id: 2},
    )
    assert sums.viewers == [expected]


def test_a_copy_of_shared_chat_counts_nowhere() -> None:
    sums = tally([a_new_message(source_channel_id="71092938")])

    assert not sums.viewers
    assert not sums.channel_viewers
    assert not sums.streams


def test_a_message_without_an_author_counts_for_its_stream_only() -> None:
    new = a_new_message(user_id="")

    sums = tally([new])

    assert sums.streams == {new.stream_id: 1}
    assert not sums.viewers
    assert not sums.channel_viewers


def test_a_message_of_an_unknown_channel_counts_for_its_author_but_for_no_channel() -> None:
    sums = tally([a_new_message(channel_id=""), a_new_message()])

    assert [sum(sighting.streams.values()) for sighting in sums.viewers] == [2]
    assert [sighting.channel_id for sighting in sums.channel_viewers] == [CHANNEL_ID]
