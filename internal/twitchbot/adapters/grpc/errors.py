"""The one place where an error becomes a gRPC status.

Every failure carries `google.rpc.ErrorInfo`, whose reason is a name of `error_reason.proto`.
An error that has no kind here is a bug: its text stays in our log.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import grpc
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, ResourceInfo, RetryInfo
from google.rpc.status_pb2 import Status

from twitchbot.domain.errors import (
    AlreadyExistsError,
    InvalidInputError,
    LimitReachedError,
    NotFoundError,
    PreconditionError,
    TwitchbotError,
    UnavailableError,
)

DOMAIN = "twitchbot"
STATUS_TRAILER = "grpc-status-details-bin"

CODES: Mapping[type[TwitchbotError], grpc.StatusCode] = {
    InvalidInputError: grpc.StatusCode.INVALID_ARGUMENT,
    NotFoundError: grpc.StatusCode.NOT_FOUND,
    AlreadyExistsError: grpc.StatusCode.ALREADY_EXISTS,
    PreconditionError: grpc.StatusCode.FAILED_PRECONDITION,
    LimitReachedError: grpc.StatusCode.RESOURCE_EXHAUSTED,
    UnavailableError: grpc.StatusCode.UNAVAILABLE,
}


class MalformedMessageError(InvalidInputError):
    """The bytes of a request are no message of the method's type."""

    reason = "MALFORMED_MESSAGE"


class TooManyCallsError(LimitReachedError):
    """As many calls are under way as the server takes."""

    reason = "TOO_MANY_CALLS"


class InvalidRequestError(Exception):
    """A request breaks rules; it carries all of them, so that a caller can repair it at once."""

    def __init__(self, violations: Sequence[InvalidInputError]) -> None:
        super().__init__("; ".join(error.message for error in violations))
        self.violations = violations


@dataclass(slots=True, frozen=True)
class Failure:
    """What a caller is told of a failed call."""

    code: grpc.StatusCode
    text: str
    details: Sequence[Message]

    def trailer(self) -> tuple[str, bytes]:
        """Return the trailing metadata that carries the details."""
        status = Status(code=self.code.value[0], message=self.text)
        for detail in self.details:
            status.details.add().Pack(detail)
        return STATUS_TRAILER, status.SerializeToString()


def failure_of(error: Exception) -> Failure | None:
    """Say what to tell the caller of an error; None when the error is a bug of ours."""
    if isinstance(error, InvalidRequestError):
        return _invalid(error.violations)
    if isinstance(error, InvalidInputError):
        return _invalid([error])
    if isinstance(error, TwitchbotError):
        return _known(error)
    if isinstance(error, TimeoutError):
        return _plain(grpc.StatusCode.DEADLINE_EXCEEDED, "deadline exceeded", "DEADLINE_EXCEEDED")
    return None


def internal_failure(request_id: str) -> Failure:
    """Say that there is a bug, and under which id our log explains it."""
    return _plain(grpc.StatusCode.INTERNAL, f"internal error, ref {request_id}", "INTERNAL")


def _known(error: TwitchbotError) -> Failure | None:
    code = next((CODES[kind] for kind in type(error).__mro__ if kind in CODES), None)
    if code is None:
        return None
    return Failure(code, error.message, [_info(error.reason, error.metadata), *_extras(error)])


def _invalid(violations: Sequence[InvalidInputError]) -> Failure:
    bad_request = BadRequest(
        field_violations=[
            BadRequest.FieldViolation(
                field=error.field, description=error.description, reason=error.reason
            )
            for error in violations
        ]
    )
    metadata = {key: value for error in violations for key, value in error.metadata.items()}
    return Failure(
        grpc.StatusCode.INVALID_ARGUMENT,
        "; ".join(error.message for error in violations),
        [_info(violations[0].reason, metadata), bad_request],
    )


def _plain(code: grpc.StatusCode, text: str, reason: str) -> Failure:
    return Failure(code, text, [_info(reason, {})])


def _info(reason: str, metadata: Mapping[str, str]) -> Message:
    info: Message = ErrorInfo(reason=reason, domain=DOMAIN, metadata=metadata)
    return info


def _extras(error: TwitchbotError) -> list[Message]:
    if isinstance(error, LimitReachedError | UnavailableError):
        milliseconds = max(0, round(error.retry_after_s * 1000))
        delay = Duration(seconds=milliseconds // 1000, nanos=milliseconds % 1000 * 1_000_000)
        return [RetryInfo(retry_delay=delay)]
    if isinstance(error, NotFoundError):
        return [
            ResourceInfo(
                resource_type=error.noun,
                resource_name=error.metadata.get("id", ""),
                description=error.message,
            )
        ]
    return []
