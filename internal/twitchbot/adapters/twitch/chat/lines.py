"""Bytes from a socket cut into lines."""

from __future__ import annotations

from dataclasses import dataclass

MAX_LINE_BYTES = 16_384


@dataclass(slots=True, kw_only=True)
class LineCounts:
    """What became of the lines of all connections; only too long ones are not among the received.

    Unreadable are those that somebody failed to handle, unwanted those of channels we left.
    """

    received: int = 0
    too_long: int = 0
    unreadable: int = 0
    unwanted: int = 0


class LineSplitter:
    """Keeps the unfinished rest between chunks, and drops a line that grows too long."""

    def __init__(self) -> None:
        self.dropped = 0
        self._rest = b""
        self._is_dropping = False

    def feed(self, data: bytes) -> list[bytes]:
        """Return the lines that are complete now, without their ends and without empty ones.

        A chunk is split once; a character that was cut in two is whole again in its line.
        """
        *lines, self._rest = (self._rest + data).split(b"\n")
        if lines and self._is_dropping:
            del lines[0]
            self._is_dropping = False
        if len(self._rest) > MAX_LINE_BYTES:
            if not self._is_dropping:
                self.dropped += 1
            self._is_dropping = True
            self._rest = b""
        if lines and len(max(lines, key=len)) > MAX_LINE_BYTES:
            self.dropped += sum(len(line) > MAX_LINE_BYTES for line in lines)
            lines = [line for line in lines if len(line) <= MAX_LINE_BYTES]
        return [line for raw in lines if (line := raw.rstrip(b"\r"))]
