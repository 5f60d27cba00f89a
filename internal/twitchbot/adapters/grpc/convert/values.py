"""What all nouns are made of: times, counts, ids, and the fields of a patch."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from twitchbot.api.common_pb2 import DeletedFilter as DeletedFilterMessage
from twitchbot.domain.page import DeletedFilter
from twitchbot.domain.unix_time import EPOCH, unix_us

_MIN_INT32, _MAX_INT32 = -(2**31), 2**31 - 1


def to_int32(count: int) -> int:
    """Return a count as the contract can hold it: beyond 32 bits the nearest number counts."""
    return min(max(count, _MIN_INT32), _MAX_INT32)


def to_timestamp(at: datetime) -> Timestamp:
    """Convert an aware moment."""
    return us_to_timestamp(unix_us(at))


def to_timestamp_or_none(at: datetime | None) -> Timestamp | None:
    """Convert a moment that may be absent."""
    return None if at is None else to_timestamp(at)


def us_to_timestamp(unix_us: int) -> Timestamp:
    """Convert microseconds since the epoch, without the detour over a datetime."""
    return Timestamp(seconds=unix_us // 1_000_000, nanos=unix_us % 1_000_000 * 1000)


def ms_to_timestamp(unix_ms: int) -> Timestamp:
    """Convert milliseconds since the epoch, without the detour over a datetime."""
    return Timestamp(seconds=unix_ms // 1000, nanos=unix_ms % 1000 * 1_000_000)


def moment_of(request: Message, field: str) -> datetime | None:
    """Return the aware moment in a field, cut to microseconds; None when it is absent."""
    if not request.HasField(field):
        return None
    sent: Timestamp = getattr(request, field)
    return EPOCH + timedelta(seconds=sent.seconds, microseconds=sent.nanos // 1000)


def id_or_none(text: str) -> UUID | None:
    """Return an id that may be left out by being empty."""
    return UUID(text) if text else None


def patch_of(request: Message) -> dict[str, Any]:
    """Return the fields that an update names, beside the id of what it updates."""
    return {field.name: value for field, value in request.ListFields() if field.name != "id"}


def to_deleted_filter(sent: DeletedFilterMessage) -> DeletedFilter:
    """Convert the filter; absent means that deleted rows stay hidden."""
    return DeletedFilter(sent.include_deleted, sent.only_deleted)
