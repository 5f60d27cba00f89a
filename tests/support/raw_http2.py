"""HTTP/2 by hand (RFC 9113), for what no client library would send."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, SETTINGS, PING, GOAWAY = 0, 1, 4, 6, 7
END_STREAM, END_HEADERS = 1, 4
PATIENCE_S = 5.0


def frame(kind: int, payload: bytes = b"", *, flags: int = 0, stream: int = 0) -> bytes:
    """Return the bytes of a frame."""
    return len(payload).to_bytes(3) + bytes((kind, flags)) + stream.to_bytes(4) + payload


def header_block(headers: Sequence[tuple[str, str]]) -> bytes:
    """Encode headers (RFC 7541) as literals that no table remembers; each below 127 bytes."""
    parts = (
        bytes((0, len(name))) + name.encode() + bytes((len(value),)) + value.encode()
        for name, value in headers
    )
    return b"".join(parts)


def grpc_message(body: bytes, *, compressed: bool = False) -> bytes:
    """Put a message into the envelope that gRPC expects in the data of a stream."""
    return struct.pack(">BI", compressed, len(body)) + body


@dataclass(frozen=True)
class RawConnection:
    """A connection whose preface and settings are sent."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, *frames: bytes) -> None:
        """Send frames as they are."""
        self.writer.write(b"".join(frames))
        await self.writer.drain()

    async def call(self, path: str, data: bytes, *more: tuple[str, str]) -> None:
        """Open stream 1 with a gRPC call of a path, with these bytes as its data."""
        headers = [
            (":method", "POST"),
            (":scheme", "http"),
            (":path", path),
            (":authority", "test"),
            ("te", "trailers"),
            ("content-type", "application/grpc"),
            *more,
        ]
        await self.send(
            frame(HEADERS, header_block(headers), flags=END_HEADERS, stream=1),
            frame(DATA, data, flags=END_STREAM, stream=1),
        )

    async def first(self, kind: int) -> bytes:
        """Return the payload of the next frame of a kind, skipping all others."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                head = await self.reader.readexactly(9)
                payload = await self.reader.readexactly(int.from_bytes(head[:3]))
                if head[3] == kind:
                    return payload


@asynccontextmanager
async def raw_connection(port: int) -> AsyncIterator[RawConnection]:
    """Connect, and introduce ourselves as HTTP/2 demands."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        connection = RawConnection(reader, writer)
        await connection.send(PREFACE, frame(SETTINGS))
        yield connection
    finally:
        writer.close()
        await asyncio.gather(writer.wait_closed(), return_exceptions=True)
