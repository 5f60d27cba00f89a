"""Socket to message: the real chat connection, read by a process of its own that sends its fastest."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.irc_server import HOST, irc_server
from benchmarks.lab import Lab
from benchmarks.timing import in_turn
from twitchbot.adapters.twitch.chat.parser import addressed_channel
from twitchbot.adapters.twitch.chat.settings import ChatSettings
from twitchbot.adapters.twitch.chat.source import TwitchChatSource
from twitchbot.adapters.twitch.chat.translate import translate
from twitchbot.bootstrap.clock import SystemClock

DEADLINE_S = 120.0

_LOGIN = b"CAP REQ :twitch.tv/tags twitch.tv/commands\r\nNICK justinfan1\r\nJOIN #any\r\n"


def run(lab: Lab) -> Iterator[Figure]:
    """Measure the source with and without TLS, beside protocols that do nothing but split."""
    path = lab.file_of(lab.lines)
    channels = list(lab.corpus.rooms)
    messages = sum(bool(addressed_channel(line)) for line in lab.lines)
    for tls in (False, True):
        with irc_server(path, tls=tls) as (port, ca_file):
            bare = partial(_receive, port, ca_file, len(lab.lines))
            found = in_turn(
                lab.sizes.repeat,
                {
                    "protocol + split": partial(bare, _drop),
                    "ours": partial(_hear, port, ca_file, channels, messages),
                    "protocol + our parser": partial(bare, _translate),
                },
            )
        for baseline, goal in (("protocol + split", ""), ("protocol + our parser", "≥ 0.75")):
            yield Figure(
                benchmark="hear",
                subject=f"socket to message, {'TLS' if tls else 'no TLS'}",
                unit="lines/s",
                ours=found["ours"].times(len(lab.lines) / messages),
                baseline=baseline,
                theirs=found[baseline],
                goal=goal,
            )


def _hear(port: int, ca_file: Path | None, channels: list[str], messages: int) -> float:
    """Return how many messages per second come out of the source."""
    return asyncio.run(_listen(port, ca_file, channels, messages))


async def _listen(port: int, ca_file: Path | None, channels: list[str], messages: int) -> float:
    progress = _Progress(messages)

    def receive(line: bytes, received_us: int) -> None:
        if translate(line, received_us) is not None:
            progress.add(1)

    source = a_source(receive, port, ca_file)
    source.keep(channels)
    running = asyncio.create_task(source.run())
    try:
        return await progress.rate()
    finally:
        await source.stop()
        await running


def a_source(
    on_message: Callable[[bytes, int], None], port: int = 0, ca_file: Path | None = None
) -> TwitchChatSource:
    """Build the chat source of a guest; with a certificate it speaks TLS."""
    return TwitchChatSource(
        ChatSettings(host=HOST, port=port, tls=ca_file is not None, ca_file=ca_file),
        clock=SystemClock(),
        credentials=_no_credentials,
        on_message=on_message,
        on_own_message=lambda _: None,
        on_joined=lambda _channel, _channel_id: None,
        on_refused=lambda _channel, _problem, _detail: None,
        on_login_failed=_never,
    )


async def _no_credentials() -> None:
    return None


async def _never(_: str) -> bool:
    return False


class _Progress:
    """Counts, and tells the rate from the first to the last."""

    def __init__(self, wanted: int) -> None:
        self._wanted = wanted
        self._count = 0
        self._started = 0.0
        self._finished = asyncio.get_running_loop().create_future()

    def add(self, count: int) -> None:
        if not self._count:
            self._started = time.perf_counter()
        self._count += count
        if self._count >= self._wanted and not self._finished.done():
            self._finished.set_result(time.perf_counter())

    async def rate(self) -> float:
        finished: float = await asyncio.wait_for(self._finished, DEADLINE_S)
        return self._count / (finished - self._started)


class _Splitter(asyncio.Protocol):
    """Cuts what comes into lines."""

    def __init__(self, progress: _Progress, take: Callable[[list[bytes]], None]) -> None:
        self._progress = progress
        self._take = take
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(_LOGIN)

    def data_received(self, data: bytes) -> None:
        *lines, self._rest = (self._rest + data).split(b"\r\n")
        self._take(lines)
        self._progress.add(len(lines))


def _receive(
    port: int, ca_file: Path | None, lines: int, take: Callable[[list[bytes]], None]
) -> float:
    """Return how many lines per second a bare protocol receives."""
    return asyncio.run(_split(port, ca_file, lines, take))


async def _split(
    port: int, ca_file: Path | None, lines: int, take: Callable[[list[bytes]], None]
) -> float:
    progress = _Progress(lines)
    tls = ssl.create_default_context(cafile=ca_file) if ca_file else None
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_connection(
        lambda: _Splitter(progress, take), HOST, port, ssl=tls
    )
    try:
        return await progress.rate()
    finally:
        with suppress(OSError):
            transport.abort()


def _drop(_: list[bytes]) -> None:
    pass


def _translate(lines: list[bytes]) -> None:
    received_us = time.time_ns() // 1000
    for line in lines:
        translate(line, received_us)
