"""What benchmarks share: sizes, the corpus in its forms, and databases. Made when first needed."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.corpus import Corpus
from benchmarks.databases import Lender, lender
from twitchbot.adapters.twitch.chat.translate import translate
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID
from twitchbot.domain.message import NewMessage


def new_messages(lines: Iterable[bytes]) -> list[NewMessage]:
    """Return what lines say, ready to be stored."""
    received_us = time.time_ns() // 1000
    found = (translate(line, received_us) for line in lines)
    return [
        NewMessage(message.key(), CHAT_ONLY_STREAM_ID, message)
        for message in found
        if message is not None
    ]


@dataclass(slots=True, frozen=True, kw_only=True)
class Sizes:
    """How much is measured, and how often."""

    lines: int
    rows: int
    search_rows: int
    seconds: float
    repeat: int
    databases: tuple[str, ...]


class Lab:
    """Lends things to benchmarks, and clears up in the end."""

    def __init__(self, sizes: Sizes) -> None:
        self.sizes = sizes
        self._stack = ExitStack()
        self._lenders: dict[str, Lender] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    @cached_property
    def directory(self) -> Path:
        """A directory for the time of the run."""
        path = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="twitchbot-bench-"))
        return Path(path)

    @cached_property
    def corpus(self) -> Corpus:
        """The maker of the lines; its channels are those in the lines."""
        return Corpus(start_ms=int(time.time() * 1000) - self.sizes.lines)

    @cached_property
    def lines(self) -> list[bytes]:
        """Chat lines up to now, without their ends."""
        return list(self.corpus.lines(self.sizes.lines))

    @cached_property
    def messages(self) -> list[NewMessage]:
        """The messages of the lines, at most as many as rows are wanted."""
        return new_messages(self.lines)[: self.sizes.rows]

    def file_of(self, lines: list[bytes]) -> Path:
        """Write lines into a file, as they go over the wire."""
        path = self.directory / f"{len(lines)}.lines"
        path.write_bytes(b"".join(line + b"\r\n" for line in lines))
        return path

    def database(self, kind: str) -> Lender:
        """Return what lends databases of a kind."""
        if kind not in self._lenders:
            self._lenders[kind] = self._stack.enter_context(lender(kind, self.directory))
        return self._lenders[kind]
