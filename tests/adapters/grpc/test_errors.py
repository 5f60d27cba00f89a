"""Every error that a caller is told about by name has a status, a reason, and details."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import grpc
import pytest
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, ResourceInfo, RetryInfo
from google.rpc.status_pb2 import Status

from twitchbot.adapters.grpc.errors import (
    CODES,
    Failure,
    InvalidRequestError,
    failure_of,
    internal_failure,
)
from twitchbot.api.error_reason_pb2 import ErrorReason
from twitchbot.domain.errors import (
    BadRowError,
    BotDisabledError,
    InvalidInputError,
    LimitReachedError,
    QueueFullError,
    SlashCommandError,
    StreamNotFoundError,
    TwitchbotError,
    UnavailableError,
)


def below(parent: type[TwitchbotError]) -> Iterator[type[TwitchbotError]]:
    for child in parent.__subclasses__():
        # Other tests may make up errors of their own.
        if child.__module__.startswith("twitchbot."):
            yield child
            yield from below(child)


# Kinds that are never raised as such: what they mean has always a more exact name.
ABSTRACT = {kind for kind in CODES if kind.reason == TwitchbotError.reason}
# Data that the database refuses is a matter between it and the batch writer.
INWARD = {BadRowError}
ERRORS = sorted(set(below(TwitchbotError)) - ABSTRACT - INWARD, key=lambda one: one.__name__)


def an_error(kind: type[TwitchbotError]) -> TwitchbotError:
    if issubclass(kind, InvalidInputError):
        return kind("field", "must be better")
    if issubclass(kind, LimitReachedError | UnavailableError):
        return kind("not now", retry_after_s=1.5)
    return kind("sorry")


def told(failure: Failure | None) -> Failure:
    assert failure is not None
    return failure


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_an_error_has_the_status_of_its_kind_and_a_reason_of_the_contract(
    kind: type[TwitchbotError],
) -> None:
    failure = told(failure_of(an_error(kind)))

    kinds = [code for parent, code in CODES.items() if issubclass(kind, parent)]
    assert kinds == [failure.code]
    assert f"ERROR_REASON_{kind.reason}" in ErrorReason.keys()  # noqa: SIM118 - no dict
    assert ErrorInfo(reason=kind.reason, domain="twitchbot") in failure.details


def test_no_two_errors_share_a_reason() -> None:
    reasons = Counter(kind.reason for kind in ERRORS)

    assert {reason for reason, times in reasons.items() if times > 1} == set()


def test_invalid_fields_are_listed_all_together() -> None:
    violations = [
        InvalidInputError("limit", "must not be negative"),
        SlashCommandError("message", "must not begin with '/'"),
    ]

    failure = told(failure_of(InvalidRequestError(violations)))

    assert failure.code is grpc.StatusCode.INVALID_ARGUMENT
    assert failure.text == "limit: must not be negative; message: must not begin with '/'"
    (bad,) = [detail for detail in failure.details if isinstance(detail, BadRequest)]
    assert [(one.field, one.description, one.reason) for one in bad.field_violations] == [
        ("limit", "must not be negative", "INVALID_ARGUMENT"),
        ("message", "must not begin with '/'", "SLASH_COMMAND"),
    ]


@pytest.mark.parametrize("kind", [QueueFullError, UnavailableError])
def test_limits_and_outages_say_when_to_come_back(kind: type[TwitchbotError]) -> None:
    failure = told(failure_of(an_error(kind)))

    (retry,) = [detail for detail in failure.details if isinstance(detail, RetryInfo)]
    assert (retry.retry_delay.seconds, retry.retry_delay.nanos) == (1, 500_000_000)


def test_what_was_not_found_is_named() -> None:
    failure = told(failure_of(StreamNotFoundError.of("x1")))

    (resource,) = [detail for detail in failure.details if isinstance(detail, ResourceInfo)]
    assert (resource.resource_type, resource.resource_name) == ("stream", "x1")
    assert ErrorInfo(reason="STREAM_NOT_FOUND", domain="twitchbot", metadata={"id": "x1"}) in (
        failure.details
    )


def test_a_timeout_is_an_exceeded_deadline() -> None:
    failure = told(failure_of(TimeoutError("psycopg waited")))

    assert failure.code is grpc.StatusCode.DEADLINE_EXCEEDED
    assert failure.text == "deadline exceeded"


@pytest.mark.parametrize("error", [ValueError("SELECT 1"), BadRowError("NUL in text")])
def test_anything_else_is_a_bug_whose_text_stays_inside(error: Exception) -> None:
    assert failure_of(error) is None
    failure = internal_failure("r-1")
    assert (failure.code, failure.text) == (grpc.StatusCode.INTERNAL, "internal error, ref r-1")


def test_the_details_travel_in_one_trailer() -> None:
    failure = told(failure_of(BotDisabledError("set TWITCH_CHANNEL")))

    name, value = failure.trailer()

    status = Status.FromString(value)
    assert name == "grpc-status-details-bin"
    assert (status.code, status.message) == (9, "set TWITCH_CHANNEL")
    assert [detail.TypeName() for detail in status.details] == ["google.rpc.ErrorInfo"]
