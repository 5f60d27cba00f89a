"""Rows of `chat_messages`: what they hold, and which of them are meant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Row

from twitchbot.adapters.sql.dialect import Dialect, MessageScope
from twitchbot.adapters.sql.tables import chat_messages as t
from twitchbot.domain.errors import BadRowError
from twitchbot.domain.message import NO_TAGS, ChatMessage, NewMessage, StoredMessage
from twitchbot.domain.unix_time import unix_ms, unix_us

_COLUMNS = tuple(str(column.name) for column in t.columns)
# The order in which `values_of` gives the values.
STORED_COLUMNS = tuple(name for name in _COLUMNS if name not in {"deleted_at", "deleted_by"})


def values_of(new: NewMessage) -> tuple[Any, ...]:
    """Return the values of a new row, in the order of `STORED_COLUMNS`."""
    message = new.message
    return (
        new.key,
        new.stream_id.bytes,
        message.platform,
        message.message_id,
        message.channel_id,
        message.channel,
        message.user_id,
        message.username,
        message.display_name,
        message.text,
        message.is_action,
        message.is_broadcaster,
        message.is_lead_moderator,
        message.is_moderator,
        message.is_vip,
        message.is_subscriber,
        message.badges,
        message.badge_info,
        message.color,
        message.emotes,
        message.bits,
        message.reply_parent_message_id,
        message.reply_thread_message_id,
        message.source_channel_id,
        message.source_message_id,
        _tags_text(message),
        message.sent_ms * 1000,
        message.sent_ms_estimated,
        message.received_us,
    )


def to_domain(row: Row[Any]) -> StoredMessage:
    """Return the message of a row, which may have more at its end.

    Taking the values one by one out of a row, by name, takes twice as long.
    """
    said = dict(zip(_COLUMNS, row, strict=False))
    tags = said.pop("tags")
    return StoredMessage(
        id=said.pop("id"),
        stream_id=said.pop("stream_id"),
        deleted_at=said.pop("deleted_at"),
        deleted_by=said.pop("deleted_by"),
        message=ChatMessage(
            tags=orjson.loads(tags) if tags else NO_TAGS,
            sent_ms=unix_ms(said.pop("sent_at")),
            sent_ms_estimated=said.pop("sent_at_estimated"),
            received_us=unix_us(said.pop("received_at")),
            **said,
        ),
    )


def conditions(scope: MessageScope, dialect: Dialect) -> Iterator[ColumnElement[bool]]:
    """Build what the columns of the wanted messages must fulfil."""
    chosen = scope.chosen
    if chosen.stream_id is not None:
        yield t.c.stream_id == chosen.stream_id
    if chosen.user_id:
        yield t.c.user_id == chosen.user_id
    if scope.channel_id is not None:
        yield t.c.channel_id == scope.channel_id
        if not scope.channel_id:
            yield t.c.channel == chosen.channel
    if not chosen.include_shared:
        yield t.c.source_channel_id == ""
    if chosen.sent_from is not None:
        yield dialect.sent_since(first_ms(chosen.sent_from))
    if chosen.sent_to is not None:
        yield ~dialect.sent_since(first_ms(chosen.sent_to))


def first_ms(at: datetime) -> int:
    """Return the first whole ms that is not before an instant."""
    return -(-unix_us(at) // 1000)


def _tags_text(message: ChatMessage) -> str:
    if not message.tags:
        return ""
    try:
        return orjson.dumps(message.tags).decode()
    except TypeError as error:
        raise BadRowError("the message's tags are no text") from error
