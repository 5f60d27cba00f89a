"""Callers that do nothing but call: requests and answers stay bytes."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

import grpc.aio

_TIMEOUT_S = 20.0
_WARM_UP_S = 0.2


@dataclass(slots=True, frozen=True)
class Load:
    """What a server did under a load."""

    calls: int
    seconds: float
    p99_ms: float


def apply_load(port: int, method: str, request: bytes, callers: int, seconds: float) -> Load:
    """Let callers call one after the other for some time; meant for a process of its own."""
    return asyncio.run(_apply(port, method, request, callers, seconds))


async def answer_of(port: int, method: str, request: bytes) -> bytes:
    """Return the answer of one call."""
    async with _channel(port) as channel:
        answer: bytes = await _method(channel, method)(request, timeout=_TIMEOUT_S)
        return answer


async def _apply(port: int, method: str, request: bytes, callers: int, seconds: float) -> Load:
    async with _channel(port) as channel:
        await _call(channel, method, request, callers, _WARM_UP_S)
        started = time.perf_counter()
        times_s = await _call(channel, method, request, callers, seconds)
        lasted_s = time.perf_counter() - started
    times_s.sort()
    return Load(len(times_s), lasted_s, times_s[len(times_s) * 99 // 100] * 1000)


async def _call(
    channel: grpc.aio.Channel, method: str, request: bytes, callers: int, seconds: float
) -> list[float]:
    """Return how long each call took."""
    call = _method(channel, method)
    until = time.perf_counter() + seconds
    times_s: list[float] = []

    async def work() -> None:
        while (started := time.perf_counter()) < until:
            await call(request, timeout=_TIMEOUT_S)
            times_s.append(time.perf_counter() - started)

    async with asyncio.TaskGroup() as group:
        for _ in range(callers):
            group.create_task(work())
    return times_s


def _channel(port: int) -> grpc.aio.Channel:
    return grpc.aio.insecure_channel(f"127.0.0.1:{port}")


def _method(
    channel: grpc.aio.Channel, method: str
) -> grpc.aio.UnaryUnaryMultiCallable[bytes, bytes]:
    return channel.unary_unary(method, None, None)
