from datetime import datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tests.support.builders import NOON, a_message
from twitchbot.domain.ids import message_key, unix_ms_of
from twitchbot.domain.unix_time import EPOCH, unix_ms, unix_us

INSTANTS = st.integers(0, 2**33 * 10**6).map(lambda us: EPOCH + timedelta(microseconds=us))


@given(INSTANTS)
def test_the_sent_time_is_exact_to_the_millisecond(at: datetime) -> None:
    message = a_message(sent_ms=unix_ms(at))

    assert timedelta(0) <= at - message.sent_at < timedelta(milliseconds=1)
    assert message.sent_at.microsecond % 1000 == 0


@given(INSTANTS)
def test_the_received_time_is_exact_to_the_microsecond(at: datetime) -> None:
    message = a_message(received_us=unix_us(at))

    assert message.received_at == at


def test_a_message_has_one_key_whenever_it_is_heard() -> None:
    heard = a_message(message_id="abc")
    heard_again = a_message(message_id="abc", received_us=unix_us(NOON + timedelta(minutes=5)))

    assert heard.key() == heard_again.key() == message_key("twitch", "abc", heard.sent_ms)


def test_messages_without_an_id_of_the_platform_are_all_different() -> None:
    message = a_message(message_id="")

    keys = {message.key(), message.key()}

    assert len(keys) == 2
    assert {unix_ms_of(UUID(bytes=key)) for key in keys} == {message.sent_ms}


def test_what_nobody_said_of_a_message_is_absent() -> None:
    message = a_message()

    assert not message.is_action
    assert not message.is_broadcaster
    assert not message.is_lead_moderator
    assert not message.is_moderator
    assert not message.is_vip
    assert not message.is_subscriber
    assert not message.sent_ms_estimated
    assert (message.bits, message.tags) == (0, {})


def test_a_message_with_a_source_channel_is_a_copy_from_there() -> None:
    assert a_message(source_channel_id="71092938").is_shared_copy
    assert not a_message().is_shared_copy
