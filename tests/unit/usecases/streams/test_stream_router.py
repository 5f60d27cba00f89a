from tests.support.builders import CHANNEL_ID, a_stream
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID
from twitchbot.usecases.streams.stream_router import StreamRouter


def test_messages_of_a_channel_that_is_offline_go_to_chat_only(router: StreamRouter) -> None:
    assert router.stream_of(CHANNEL_ID) == CHAT_ONLY_STREAM_ID


def test_messages_of_a_channel_go_to_its_open_stream(router: StreamRouter) -> None:
    stream = a_stream(channel_id=CHANNEL_ID)

    router.open(stream)

    assert router.stream_of(CHANNEL_ID) == stream.id
    assert router.stream_of("44445592") == CHAT_ONLY_STREAM_ID


def test_closing_an_old_stream_leaves_the_new_one_open(router: StreamRouter) -> None:
    old, new = a_stream(channel_id=CHANNEL_ID), a_stream(channel_id=CHANNEL_ID)
    router.open(old)
    router.open(new)

    router.close(old)

    assert router.stream_of(CHANNEL_ID) == new.id


def test_a_stream_of_no_channel_gets_no_messages(router: StreamRouter) -> None:
    router.open(a_stream())
    router.replace([a_stream()])

    assert router.stream_of("") == CHAT_ONLY_STREAM_ID


def test_the_state_of_the_database_replaces_what_was_known(router: StreamRouter) -> None:
    router.open(a_stream(channel_id="44445592"))
    stream = a_stream(channel_id=CHANNEL_ID)

    router.replace([stream], router.revision)

    assert router.stream_of(CHANNEL_ID) == stream.id
    assert router.stream_of("44445592") == CHAT_ONLY_STREAM_ID


def test_a_state_read_before_a_stream_was_opened_or_closed_is_out_of_date(
    router: StreamRouter,
) -> None:
    stream = a_stream(channel_id=CHANNEL_ID)
    before_opening = router.revision
    router.open(stream)
    router.replace([], before_opening)
    after_opening = router.stream_of(CHANNEL_ID)

    before_closing = router.revision
    router.close(stream)
    router.replace([stream], before_closing)

    assert after_opening == stream.id
    assert router.stream_of(CHANNEL_ID) == CHAT_ONLY_STREAM_ID
