"""Calls a gRPC server with messages or raw bytes, and reads the details of its refusals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import grpc
import grpc.aio
import pytest
from google.protobuf import descriptor_pool
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, ResourceInfo, RetryInfo
from google.rpc.status_pb2 import Status

PACKAGE = "twitchbot"
TIMEOUT_S = 20.0


@dataclass(slots=True, frozen=True, kw_only=True)
class Refusal:
    """What a failed call told its caller."""

    code: grpc.StatusCode
    text: str
    reason: str = ""
    domain: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    violations: Mapping[str, str] = field(default_factory=dict)
    retry_after_s: float | None = None
    resource: str = ""
    trailers: Mapping[str, str | bytes] = field(default_factory=dict)


class Caller:
    """A client of one server; methods are named as in `StreamService/GetStream`."""

    def __init__(self, port: int, options: Sequence[tuple[str, Any]] = ()) -> None:
        # Without its own pool of connections a second client would share the first one's.
        local = ("grpc.use_local_subchannel_pool", 1)
        self.channel = grpc.aio.insecure_channel(f"127.0.0.1:{port}", options=(local, *options))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.channel.close()

    def start(
        self,
        method: str,
        request: Message | bytes = b"",
        *,
        metadata: Sequence[tuple[str, str]] = (),
        timeout_s: float | None = TIMEOUT_S,
        compression: grpc.Compression | None = None,
    ) -> grpc.aio.UnaryUnaryCall[bytes, Any]:
        """Begin a call of a unary method."""
        service, _, name = method.partition("/")
        pool = descriptor_pool.Default()
        descriptor = pool.FindServiceByName(f"{PACKAGE}.{service}").methods_by_name[name]
        answer = GetMessageClass(descriptor.output_type)
        multicallable: grpc.aio.UnaryUnaryMultiCallable[bytes, Any] = self.channel.unary_unary(
            f"/{PACKAGE}.{method}", None, answer.FromString
        )
        body = request if isinstance(request, bytes) else request.SerializeToString()
        return multicallable(
            body, metadata=tuple(metadata), timeout=timeout_s, compression=compression
        )

    async def __call__(self, method: str, request: Message | bytes = b"", **options: Any) -> Any:
        """Return the answer of a call that succeeds."""
        return await self.start(method, request, **options)

    async def refused(self, method: str, request: Message | bytes = b"", **options: Any) -> Refusal:
        """Return what a call was told that fails."""
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await self.start(method, request, **options)
        return refusal_of(caught.value)

    async def outcome(
        self, method: str, request: Message | bytes = b"", **options: Any
    ) -> Refusal | Message:
        """Return the answer or the refusal, whichever comes."""
        try:
            answer: Message = await self.start(method, request, **options)
        except grpc.aio.AioRpcError as error:
            return refusal_of(error)
        return answer


def refusal_of(error: grpc.aio.AioRpcError) -> Refusal:
    """Read the details out of an error's trailing metadata."""
    trailers: dict[str, Any] = dict(error.trailing_metadata() or ())
    told: dict[str, Any] = {}
    status = Status.FromString(trailers.get("grpc-status-details-bin", b""))
    for detail in status.details:
        told |= _read(detail)
    return Refusal(code=error.code(), text=error.details() or "", trailers=trailers, **told)


def _read(detail: Any) -> dict[str, Any]:
    info, bad, retry, resource = ErrorInfo(), BadRequest(), RetryInfo(), ResourceInfo()
    if detail.Unpack(info):
        return {"reason": info.reason, "domain": info.domain, "metadata": dict(info.metadata)}
    if detail.Unpack(bad):
        return {"violations": {one.field: one.description for one in bad.field_violations}}
    if detail.Unpack(retry):
        return {"retry_after_s": retry.retry_delay.seconds + retry.retry_delay.nanos / 1e9}
    assert detail.Unpack(resource), detail.type_url
    return {"resource": f"{resource.resource_type} {resource.resource_name}"}
