"""One method as it is really served: its handler, and what happens around it.

In this order: request id, gate, deadline, bytes to message, validation, handler; and whatever
comes of it: error to status, log line, metrics. gRPC answers UNKNOWN with the text of the
exception when it fails to decode a request itself, so a method takes bytes and decodes them where
an error is still ours to name.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias, cast

import grpc
import grpc.aio
import structlog
from google.protobuf.message import DecodeError

from twitchbot.adapters.grpc.context import REQUEST_ID, Context, request_id_of, time_remaining_s
from twitchbot.adapters.grpc.errors import (
    Failure,
    InvalidRequestError,
    MalformedMessageError,
    failure_of,
    internal_failure,
)
from twitchbot.adapters.grpc.gate import Gate
from twitchbot.adapters.grpc.validation import Check

log = structlog.get_logger(__name__)

Behaviour: TypeAlias = Callable[[Any, Context], "Awaitable[object] | AsyncIterable[object]"]

# A call that takes so long is worth a line in the log even if it goes well.
SLOW_S = 1.0

_CODES = {code.value[0]: code for code in grpc.StatusCode}


class CallMetrics(Protocol):
    """Counts calls."""

    def call_finished(self, method: str, code: str, seconds: float) -> None:
        """Count a call by method and status code, with its duration."""

    def bug_found(self) -> None:
        """Count a call that failed for a reason nobody planned."""


@dataclass(slots=True, frozen=True, kw_only=True)
class Method:
    """A method of a service.

    `check` is None for methods that are not ours, `deadline_s` for those that may last; `gate` is
    None for those that answer even while the server is full or closing, such as health checks.
    """

    name: str
    decode: Callable[[bytes], Any]
    check: Check | None
    behaviour: Behaviour
    deadline_s: float | None
    gate: Gate | None
    metrics: CallMetrics

    async def serve(self, raw: bytes | AsyncIterator[bytes], context: Context) -> object:
        """Answer a call; a caller that streams comes with an iterator."""
        started = time.perf_counter()
        request_id, is_wanted = request_id_of(context)
        code = grpc.StatusCode.OK
        try:
            # A call runs in a task of its own, so that this ends with it.
            structlog.contextvars.bind_contextvars(request_id=request_id)
            context.set_trailing_metadata(((REQUEST_ID, request_id),))
            if is_wanted:
                await context.send_initial_metadata(((REQUEST_ID, request_id),))
            return await self._enter(raw, context)
        except asyncio.CancelledError:
            is_late = time_remaining_s(context) == 0
            code = grpc.StatusCode.DEADLINE_EXCEEDED if is_late else grpc.StatusCode.CANCELLED
            raise
        except grpc.aio.AbortError:
            # The library keeps the number of a code, whatever the type hints say.
            code = _CODES[cast("int", context.code())]
            raise
        except Exception as error:  # noqa: BLE001 - the last frame that can hide its text
            failure = failure_of(error) or self._bug(error, request_id)
            code = failure.code
            await context.abort(code, failure.text, (failure.trailer(), (REQUEST_ID, request_id)))
        finally:
            self._finish(code, request_id, time.perf_counter() - started)

    async def _enter(self, raw: bytes | AsyncIterator[bytes], context: Context) -> object:
        if self.gate is None:
            return await self._answer(raw, context)
        self.gate.enter()
        try:
            return await self._answer(raw, context)
        finally:
            self.gate.leave()

    async def _answer(self, raw: bytes | AsyncIterator[bytes], context: Context) -> object:
        remaining_s = time_remaining_s(context)
        if remaining_s == 0:
            raise TimeoutError
        request = self._request(raw) if isinstance(raw, bytes) else self._requests(raw)
        async with asyncio.timeout(self.deadline_s if remaining_s is None else None):
            answer = self.behaviour(request, context)
            if not isinstance(answer, AsyncIterable):
                return await answer
            async for part in answer:
                await context.write(part)
            return None

    async def _requests(self, raw: AsyncIterator[bytes]) -> AsyncIterator[object]:
        async for message in raw:
            yield self._request(message)

    def _request(self, raw: bytes) -> object:
        try:
            request = self.decode(raw)
        except DecodeError as error:
            raise MalformedMessageError("request", "is no message of this method") from error
        if self.check is not None and (violations := self.check(request)):
            raise InvalidRequestError(violations)
        return request

    def _bug(self, error: Exception, request_id: str) -> Failure:
        self.metrics.bug_found()
        log.error(
            "call failed for a reason nobody planned",
            method=self.name,
            request_id=request_id,
            exc_info=error,
        )
        return internal_failure(request_id)

    def _finish(self, code: grpc.StatusCode, request_id: str, seconds: float) -> None:
        self.metrics.call_finished(self.name, code.name, seconds)
        # A line that is written costs a fifth of a call: what went well is said on request only.
        is_notable = code is not grpc.StatusCode.OK or seconds >= SLOW_S
        write = log.info if is_notable and self.gate is not None else log.debug
        write(
            "call answered",
            method=self.name,
            code=code.name,
            ms=round(seconds * 1000, 2),
            request_id=request_id,
        )
