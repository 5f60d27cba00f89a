"""The outgoing half of a connection: chunks, freezes, torn writes and cuts."""

import asyncio
import socket
import struct
import sys
from collections import deque
from collections.abc import Callable

from twitchsim.ledger import ConnectionRecord

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
_SIOCOUTQ = 0x5411  # Linux: bytes in the send queue that the peer has not acknowledged


class Wire:
    """Writes what was queued in one chunk per turn of the loop, and keeps the books."""

    def __init__(
        self,
        transport: asyncio.Transport,
        record: ConnectionRecord,
        now: Callable[[], float],
        max_bytes: int,
    ) -> None:
        self._transport = transport
        self._record = record
        self._now = now
        self._max_bytes = max_bytes
        self._loop = asyncio.get_running_loop()
        self._pending: deque[bytes] = deque()
        self._pending_bytes = 0
        self._next: asyncio.Handle | None = None
        self._slice_bytes = 0
        self._slice_pause_s = 0.0
        self.is_closing = False
        self.is_frozen = False

    def write(self, data: bytes, seq: int | None = None) -> None:
        """Queue bytes; once the wire is closing they are booked but never leave."""
        self._record.queue(len(data), seq)
        if self.is_closing:
            return
        self._pending.append(data)
        self._pending_bytes += len(data)
        if self._pending_bytes > self._max_bytes:
            self.reset("send buffer full")
        elif self._next is None and not self.is_frozen:
            self._next = self._loop.call_soon(self.flush)

    def flush(self) -> None:
        """Hand everything queued to the socket now, or the next slice of it."""
        self._next = None
        if self.is_closing or self.is_frozen or not self._pending:
            return
        chunk = b"".join(self._pending)
        self._pending.clear()
        if 0 < self._slice_bytes < len(chunk):
            self._pending.append(chunk[self._slice_bytes :])
            chunk = chunk[: self._slice_bytes]
            self._next = self._loop.call_later(self._slice_pause_s, self.flush)
        self._pending_bytes -= len(chunk)
        self._transport.write(chunk)
        self._record.mark_written(len(chunk), self._now())
        if self._transport.get_write_buffer_size() > self._max_bytes:
            self.reset("send buffer full")

    def slice(self, size: int, pause_s: float) -> None:
        """Write at most this many bytes at a time from now on; 0 means whole chunks again."""
        self._slice_bytes = size
        self._slice_pause_s = pause_s

    def freeze(self) -> None:
        """Stop reading and writing without closing: to the peer the line seems dead."""
        self.is_frozen = True
        self._transport.pause_reading()

    def thaw(self) -> None:
        """Read again, and send what was held back."""
        self.is_frozen = False
        if not self.is_closing:
            self._transport.resume_reading()
            self.flush()

    def close(self, reason: str) -> None:
        """Send what is queued, then FIN; the kernel delivers all of it to a peer that reads on."""
        self.flush()
        self._start_closing(reason)
        self._transport.close()

    def reset(self, reason: str) -> None:
        """Break the connection with an RST; what is queued never leaves."""
        found = self._transport.get_extra_info("socket")
        self._start_closing(reason)
        self._count_acknowledged()
        if found is not None:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self._transport.abort()

    def tear(self, reason: str) -> None:
        """Send about half of what is queued, so that a line breaks off, then FIN."""
        queued = b"".join(self._pending)
        self._pending = deque([queued[: len(queued) // 2]])
        self.close(reason)

    def closed(self, error: Exception | None) -> None:
        """Close the books once the connection is gone."""
        was_closed_by_us = self.is_closing
        self._start_closing("closed by the client" if error is None else type(error).__name__)
        if error is not None or not was_closed_by_us:
            self._count_acknowledged()

    def _start_closing(self, reason: str) -> None:
        if self.is_closing:
            return
        self.is_closing = True
        if self._next is not None:
            self._next.cancel()
        self._record.closed_at = self._now()
        self._record.close_reason = reason

    def _count_acknowledged(self) -> None:
        if self._record.acknowledged_bytes is None:
            unsent = self._transport.get_write_buffer_size() + self._unacknowledged()
            self._record.acknowledged_bytes = max(self._record.written_bytes - unsent, 0)

    def _unacknowledged(self) -> int:
        """Ask the kernel; elsewhere than on Linux all bytes it took count as arrived."""
        found = self._transport.get_extra_info("socket")
        if sys.platform != "linux" or found is None or found.fileno() < 0:
            return 0
        import fcntl  # noqa: PLC0415 - exists on Unix only

        buffer = bytearray(4)
        try:
            fcntl.ioctl(found.fileno(), _SIOCOUTQ, buffer)
        except OSError:
            return 0
        return int(struct.unpack("i", buffer)[0])
