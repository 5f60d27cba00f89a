"""What was said, what was offered to which connection, and how far it got.

Every chat line gets a running number when it comes into being.
A connection's record lists the numbers offered to it and where each ends in its byte stream,
so that one byte count tells which lines were written and which had reached the peer's kernel.
Lines are kept in arrays: about 30 bytes for a line and 16 for each connection it is offered to.
"""

import secrets
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from zlib import crc32


class LineKind(IntEnum):
    """The kinds of numbered lines."""

    PRIVMSG = 1
    USERNOTICE = 2
    CLEARCHAT = 3
    CLEARMSG = 4
    NOTICE = 5
    ROOMSTATE = 6
    RAW = 7


_WITH_ID = frozenset({LineKind.PRIVMSG, LineKind.USERNOTICE})


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One numbered line; ``text_crc`` is the CRC-32 of its UTF-8 text."""

    seq: int
    kind: LineKind
    room_id: int
    message_id: str | None
    sent_ts: int
    text_crc: int


@dataclass(slots=True, kw_only=True)
class ConnectionRecord:
    """What one IRC connection was offered; byte counts are of the stream before encryption."""

    number: int
    opened_at: float
    login: str = ""
    closed_at: float | None = None
    close_reason: str = ""
    queued_bytes: int = 0
    written_bytes: int = 0
    acknowledged_bytes: int | None = None
    _seqs: "array[int]" = field(default_factory=lambda: array("Q"), repr=False)
    _ends: "array[int]" = field(default_factory=lambda: array("Q"), repr=False)
    _mark_bytes: "array[int]" = field(default_factory=lambda: array("Q"), repr=False)
    _mark_times: "array[float]" = field(default_factory=lambda: array("d"), repr=False)

    def queue(self, size: int, seq: int | None) -> None:
        """Count bytes that join the stream, and the number of the line they hold."""
        self.queued_bytes += size
        if seq is not None:
            self._seqs.append(seq)
            self._ends.append(self.queued_bytes)

    def mark_written(self, size: int, at: float) -> None:
        """Count bytes handed to the socket."""
        self.written_bytes += size
        self._mark_bytes.append(self.written_bytes)
        self._mark_times.append(at)

    def offered(self) -> list[int]:
        """Return the numbers of all lines meant for this connection, written or not."""
        return list(self._seqs)

    def written(self) -> list[int]:
        """Return the numbers of the lines that were handed to the socket completely."""
        return self._up_to(self.written_bytes)

    def acknowledged(self) -> list[int]:
        """Return the numbers of the lines that the peer's kernel had confirmed at the end.

        While the connection is open, and after an orderly end by the server, everything
        written counts; after a cut or an end by the peer the kernel's own count decides.
        """
        if self.acknowledged_bytes is None:
            return self.written()
        return self._up_to(self.acknowledged_bytes)

    def unwritten(self) -> list[int]:
        """Return the numbers of the lines that never (or not yet) left whole."""
        return list(self._seqs[bisect_right(self._ends, self.written_bytes) :])

    def written_at(self, seq: int) -> float | None:
        """Return the epoch time at which a line was written, or None if it was not."""
        index = bisect_left(self._seqs, seq)
        if index == len(self._seqs) or self._seqs[index] != seq:
            return None
        mark = bisect_left(self._mark_bytes, self._ends[index])
        return self._mark_times[mark] if mark < len(self._mark_times) else None

    def _up_to(self, size: int) -> list[int]:
        return list(self._seqs[: bisect_right(self._ends, size)])


class Ledger:
    """All numbered lines of one run, and all connections."""

    def __init__(self) -> None:
        run = secrets.token_hex(9)
        self._id_prefix = f"{run[:8]}-{run[8:12]}-4{run[12:15]}-8{run[15:18]}-"
        self._kinds = array("B")
        self._rooms = array("Q")
        self._times = array("Q")
        self._texts = array("I")
        self._other_ids: dict[int, str | None] = {}
        self.connections: list[ConnectionRecord] = []

    def __len__(self) -> int:
        return len(self._kinds)

    def record(self, kind: LineKind, room_id: int, sent_ts: int, text: bytes) -> int:
        """Number a new line; numbers start at 1 and have no holes."""
        self._kinds.append(kind)
        self._rooms.append(room_id)
        self._times.append(max(sent_ts, 0))
        self._texts.append(crc32(text))
        return len(self._kinds)

    def set_message_id(self, seq: int, message_id: str | None) -> None:
        """Note that a line carries another message id than the one made for it, or none."""
        self._other_ids[seq] = message_id

    def new_message_id(self, seq: int) -> str:
        """Return the UUID made for a line: its last twelve digits are the number."""
        return f"{self._id_prefix}{seq:012x}"

    def message_id(self, seq: int) -> str | None:
        """Return the message id that a line carries, or None for kinds without one."""
        if seq in self._other_ids:
            return self._other_ids[seq]
        return self.new_message_id(seq) if self._kinds[seq - 1] in _WITH_ID else None

    def seq_of(self, message_id: str) -> int | None:
        """Return the number in a message id of this run, or None for a foreign id."""
        if not message_id.startswith(self._id_prefix):
            return None
        return int(message_id[len(self._id_prefix) :], 16)

    def line(self, seq: int) -> LedgerLine:
        """Return one line by its number."""
        index = seq - 1
        return LedgerLine(
            seq=seq,
            kind=LineKind(self._kinds[index]),
            room_id=self._rooms[index],
            message_id=self.message_id(seq),
            sent_ts=self._times[index],
            text_crc=self._texts[index],
        )

    def lines(self, *, room_id: int | None = None, after: int = 0) -> Iterator[LedgerLine]:
        """Yield the lines numbered above ``after``, of one room or of all."""
        for seq in range(after + 1, len(self._kinds) + 1):
            if room_id is None or self._rooms[seq - 1] == room_id:
                yield self.line(seq)

    def message_ids(
        self, *, room_id: int | None = None, after: int = 0, kinds: Collection[LineKind] = _WITH_ID
    ) -> set[str]:
        """Return the ids of the messages said, which is what a perfect listener would store."""
        return {
            line.message_id
            for line in self.lines(room_id=room_id, after=after)
            if line.message_id is not None and line.kind in kinds
        }

    def open_connection(self, at: float) -> ConnectionRecord:
        """Start the record of a new connection."""
        record = ConnectionRecord(number=len(self.connections) + 1, opened_at=at)
        self.connections.append(record)
        return record

    def written_ids(self) -> set[str]:
        """Return the message ids that were handed to at least one connection completely."""
        seqs = {seq for record in self.connections for seq in record.written()}
        return {found for seq in seqs if (found := self.message_id(seq)) is not None}
