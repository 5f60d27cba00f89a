"""Bytes to a message, without a socket."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

from irc.client_aio import AioReactor  # type: ignore[import-untyped]  # the library has no types

from benchmarks.figures import Figure
from benchmarks.lab import Lab
from benchmarks.timing import in_turn, per_second
from twitchbot.adapters.twitch.chat.parser import addressed_channel
from twitchbot.adapters.twitch.chat.translate import translate

_CHUNK_LINES = 128


def run(lab: Lab) -> Iterator[Figure]:
    """Measure our parser, bare splitting, and the stock library."""
    lines = lab.lines
    chunks = [
        b"".join(line + b"\r\n" for line in lines[start : start + _CHUNK_LINES])
        for start in range(0, len(lines), _CHUNK_LINES)
    ]
    found = in_turn(
        lab.sizes.repeat,
        {
            "cut at ; only": lambda: per_second(len(lines), lambda: _cut(lines)),
            "tags to a dict by split": lambda: per_second(len(lines), lambda: _cut_tags(lines)),
            "ours": lambda: per_second(len(lines), lambda: _translate(lines)),
            "stock irc library": lambda: per_second(len(lines), lambda: _stock(chunks)),
        },
    )
    goals = {"cut at ; only": "≥ 0.30", "stock irc library": "≥ 4"}
    for baseline, theirs in found.items():
        if baseline != "ours":
            yield Figure(
                benchmark="parse",
                subject="line to message",
                unit="lines/s",
                ours=found["ours"],
                baseline=baseline,
                theirs=theirs,
                goal=goals.get(baseline, ""),
            )


def _translate(lines: list[bytes]) -> None:
    """Do what the connection and the pipeline do with a line: is it for us, and what does it say?"""
    received_us = time.time_ns() // 1000
    for line in lines:
        if addressed_channel(line):
            translate(line, received_us)


def _cut(lines: list[bytes]) -> None:
    for line in lines:
        line.split(b";")


def _cut_tags(lines: list[bytes]) -> None:
    for line in lines:
        tags, *_ = line.decode().split(" ", 4)
        dict([tag.split("=", 1) for tag in tags.split(";")])


def _stock(chunks: list[bytes]) -> None:
    """Let the library read what a socket would give it, with a handler that does nothing."""
    loop = asyncio.new_event_loop()
    try:
        reactor = AioReactor(loop=loop)
        reactor.add_global_handler("pubmsg", lambda _connection, _event: None)
        connection = reactor.server()
        connection.buffer = connection.buffer_class()
        connection.real_nickname = connection.real_server_name = "tmi.twitch.tv"
        connection.handlers = {}
        for chunk in chunks:
            connection.process_data(chunk)
    finally:
        loop.close()
