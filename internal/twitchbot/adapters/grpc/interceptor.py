"""Puts what must happen around every call into one interceptor: five would cost five times."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import grpc
import grpc.aio

from twitchbot.adapters.grpc.context import DEADLINES_S, UNARY_DEADLINE_S
from twitchbot.adapters.grpc.gate import Gate
from twitchbot.adapters.grpc.method import CallMetrics, Method
from twitchbot.adapters.grpc.services import CHECKS

Handler: TypeAlias = "grpc.RpcMethodHandler[Any, Any]"


class CallInterceptor(grpc.aio.ServerInterceptor):
    """Wraps each method when it is first called, and keeps it: gRPC asks again at every call."""

    def __init__(self, gate: Gate, metrics: CallMetrics) -> None:
        self._gate = gate
        self._metrics = metrics
        self._handlers: dict[str, Handler] = {}

    async def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], Awaitable[Handler | None]],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> Handler | None:
        """Return the wrapped handler of a method; None for a method that does not exist."""
        name = handler_call_details.method
        if name not in self._handlers:
            handler = await continuation(handler_call_details)
            if handler is None:
                return None
            self._handlers[name] = self._wrap(name, handler)
        return self._handlers[name]

    def _wrap(self, name: str, handler: Handler) -> Handler:
        is_ours = name in CHECKS
        lasts = handler.request_streaming or handler.response_streaming
        method = Method(
            name=name,
            decode=handler.request_deserializer or bytes,
            check=CHECKS.get(name),
            behaviour=_behaviour(handler),
            deadline_s=None if lasts else DEADLINES_S.get(name, UNARY_DEADLINE_S),
            gate=self._gate if is_ours else None,
            metrics=self._metrics,
        )
        return _SHAPES[handler.request_streaming, handler.response_streaming](
            method.serve, None, handler.response_serializer
        )


_SHAPES = {
    (False, False): grpc.unary_unary_rpc_method_handler,
    (False, True): grpc.unary_stream_rpc_method_handler,
    (True, False): grpc.stream_unary_rpc_method_handler,
    (True, True): grpc.stream_stream_rpc_method_handler,
}


def _behaviour(handler: Handler) -> Any:
    """Return the one of the four that a handler has."""
    return (
        handler.unary_unary or handler.unary_stream or handler.stream_unary or handler.stream_stream
    )
