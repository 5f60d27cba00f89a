"""The tables as both databases have them.

What one database has alone (the position of a message and the search table on SQLite; partitions,
the search column and the indexes of messages) is written in the migrations and used in its folder.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

from twitchbot.adapters.sql.types import Key, SortedText, UtcTime

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _count(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default="0")


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


def _time(name: str) -> Column[object]:
    return Column(name, UtcTime, nullable=False)


def _unique_where(name: str, column: Column[str], condition: str) -> Index:
    where = text(condition)
    return Index(name, column, unique=True, sqlite_where=where, postgresql_where=where)


streams = Table(
    "streams",
    metadata,
    Column("id", Key, primary_key=True),
    _text("channel_id"),
    _text("channel"),
    _text("twitch_stream_id"),
    _text("title"),
    _text("game_name"),
    _text("game_key"),
    _text("game_id"),
    _time("started_at"),
    Column("ended_at", UtcTime),
    Column("ended_reason", Text),
    Column("offline_since", UtcTime),
    _count("peak_viewers"),
    _count("average_viewers"),
    _count("total_messages"),
    _time("created_at"),
    _time("updated_at"),
    Column("deleted_at", UtcTime),
    Index(None, "started_at", "id"),
    Index(None, "channel_id", "started_at"),
)
_unique_where(
    "uq_streams_active_channel_id",
    streams.c.channel_id,
    "ended_at IS NULL AND deleted_at IS NULL AND channel_id <> ''",
)

stream_changes = Table(
    "stream_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("stream_id", Key, ForeignKey("streams.id"), nullable=False),
    _time("changed_at"),
    _text("title"),
    _text("game_name"),
    _text("game_id"),
    Index(None, "stream_id", "id"),
)

viewer_samples = Table(
    "viewer_samples",
    metadata,
    Column("stream_id", Key, ForeignKey("streams.id"), primary_key=True),
    Column("at", UtcTime, primary_key=True),
    Column("viewers", Integer, nullable=False),
)

# No foreign key to streams: it would be checked row by row, and a stream's row is never removed.
chat_messages = Table(
    "chat_messages",
    metadata,
    Column("id", Key, primary_key=True),
    Column("stream_id", Key, nullable=False),
    _text("platform"),
    _text("message_id"),
    _text("channel_id"),
    _text("channel"),
    _text("user_id"),
    _text("username"),
    _text("display_name"),
    _text("text"),
    _flag("is_action"),
    _flag("is_broadcaster"),
    _flag("is_lead_moderator"),
    _flag("is_moderator"),
    _flag("is_vip"),
    _flag("is_subscriber"),
    _text("badges"),
    _text("badge_info"),
    _text("color"),
    _text("emotes"),
    Column("bits", Integer, nullable=False, server_default="0"),
    _text("reply_parent_message_id"),
    _text("reply_thread_message_id"),
    _text("source_channel_id"),
    _text("source_message_id"),
    _text("tags"),
    _time("sent_at"),
    _flag("sent_at_estimated"),
    _time("received_at"),
    Column("deleted_at", UtcTime),
    _text("deleted_by"),
)

viewers = Table(
    "viewers",
    metadata,
    Column("id", Key, primary_key=True),
    Column("twitch_id", Text, nullable=False),
    _text("username"),
    _text("display_name"),
    _count("total_messages"),
    _count("total_streams_watched"),
    _time("first_seen"),
    _time("last_seen"),
    _time("created_at"),
    _time("updated_at"),
    Column("deleted_at", UtcTime),
    Index(None, "last_seen", "id"),
    Index(None, "first_seen", "id"),
    Index(None, "total_messages", "id"),
    Index(None, "total_streams_watched", "id"),
)
_unique_where("uq_viewers_twitch_id", viewers.c.twitch_id, "deleted_at IS NULL")

# How many stored messages each person has, per stream and in all: deleted messages and copies of
# shared chat are not counted. All figures come from here, so none of them reads the messages.
viewer_streams = Table(
    "viewer_streams",
    metadata,
    Column("twitch_id", SortedText, primary_key=True),
    Column("stream_id", Key, primary_key=True),
    Column("messages", BigInteger, nullable=False),
    Index(None, "stream_id"),
    sqlite_with_rowid=False,
)

viewer_totals = Table(
    "viewer_totals",
    metadata,
    Column("twitch_id", SortedText, primary_key=True),
    Column("messages", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# A role is NULL until a badge told it.
channel_viewers = Table(
    "channel_viewers",
    metadata,
    Column("channel_id", Text, primary_key=True),
    Column("twitch_id", Text, primary_key=True),
    Column("id", Key, nullable=False),
    _text("username"),
    _text("display_name"),
    Column("is_moderator", Boolean),
    Column("is_vip", Boolean),
    _time("first_seen"),
    _time("last_seen"),
    _time("created_at"),
    _time("updated_at"),
    Index(None, "channel_id", "last_seen", "id"),
    sqlite_with_rowid=False,
)

clips = Table(
    "clips",
    metadata,
    Column("id", Key, primary_key=True),
    Column("stream_id", Key, ForeignKey("streams.id")),
    Column("twitch_clip_id", Text, nullable=False),
    _text("title"),
    _text("url"),
    _text("embed_url"),
    _text("thumbnail_url"),
    _text("creator_name"),
    _text("creator_id"),
    _count("view_count"),
    _count("duration_seconds"),
    Column("created_at_twitch", UtcTime),
    _time("created_at"),
    _time("updated_at"),
    Column("deleted_at", UtcTime),
    Index(None, "stream_id"),
)
_unique_where("uq_clips_twitch_clip_id", clips.c.twitch_clip_id, "deleted_at IS NULL")

commands = Table(
    "commands",
    metadata,
    Column("id", Key, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_key", SortedText, nullable=False),
    _text("description"),
    _text("response"),
    _flag("is_active"),
    _flag("moderator_only"),
    _flag("subscriber_only"),
    _count("cooldown_seconds"),
    _count("usage_count"),
    Column("last_used", UtcTime),
    _time("created_at"),
    _time("updated_at"),
    Column("deleted_at", UtcTime),
    Index(None, "name_key", "id"),
)
_unique_where("uq_commands_name_key", commands.c.name_key, "deleted_at IS NULL")

channels = Table(
    "channels",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("login", Text, nullable=False, unique=True),
    _text("channel_id"),
    _flag("wanted"),
    Column("joined_at", UtcTime),
    _text("last_error"),
    _time("created_at"),
    _time("updated_at"),
    Index(None, "channel_id"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("user_id", Text, primary_key=True),
    _text("login"),
    Column("sealed_tokens", LargeBinary, nullable=False),
    _text("scopes"),
    Column("expires_at", UtcTime),
    _flag("need_reauth"),
    _text("last_error"),
    _time("created_at"),
    _time("updated_at"),
    Column("refreshed_at", UtcTime),
)
