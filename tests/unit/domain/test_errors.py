import pytest

from twitchbot.domain.errors import (
    CommandNotFoundError,
    DatabaseUnavailableError,
    InvalidInputError,
    NoActiveStreamError,
    NotFoundError,
    PreconditionError,
    QueueFullError,
    StreamNotFoundError,
    TwitchbotError,
)


def test_a_failure_tells_people_its_message_and_programs_its_reason_and_ids() -> None:
    failure = PreconditionError("join the channel first", channel="forsen")

    assert str(failure) == failure.message == "join the channel first"
    assert failure.metadata == {"channel": "forsen"}
    assert failure.reason == TwitchbotError.reason


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (StreamNotFoundError, "stream 42 not found"),
        (CommandNotFoundError, "command 42 not found"),
        (NoActiveStreamError, "active stream of channel 42 not found"),
    ],
)
def test_what_was_not_found_is_named(kind: type[NotFoundError], message: str) -> None:
    failure = kind.of(42)

    assert isinstance(failure, kind)
    assert failure.message == message
    assert failure.metadata == {"id": "42"}


def test_invalid_input_names_the_field_and_the_rule() -> None:
    failure = InvalidInputError("limit", "must not be negative", given="-1")

    assert failure.message == "limit: must not be negative"
    assert (failure.field, failure.description) == ("limit", "must not be negative")
    assert failure.metadata == {"given": "-1"}


def test_limits_and_outages_say_when_to_come_back() -> None:
    full = QueueFullError("too many wait", retry_after_s=1.5, waiting="64")
    away = DatabaseUnavailableError("the database is away")

    assert (full.retry_after_s, full.metadata) == (1.5, {"waiting": "64"})
    assert away.retry_after_s == 5.0
