"""First schema.

Revision: 0001
Follows: nothing
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

CHAT_ONLY = UUID("00000000-0000-0000-0000-000000000001")

KEY = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")
TIME = sa.TIMESTAMP(timezone=True).with_variant(sa.Integer(), "sqlite")
SORTED_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _create_streams()
    _create_people()
    _create_clips_and_commands()
    _create_channels_and_accounts()
    if op.get_context().dialect.name == "sqlite":
        _create_messages_on_sqlite()
    else:
        _create_messages_on_postgresql()
    _insert_chat_only_stream()


def downgrade() -> None:
    op.execute("DROP VIEW v_last_messages")
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP TABLE chat_search")
    for table in (
        "chat_messages",
        "accounts",
        "channels",
        "commands",
        "clips",
        "channel_viewers",
        "viewer_totals",
        "viewer_streams",
        "viewers",
        "viewer_samples",
        "stream_changes",
        "streams",
    ):
        op.drop_table(table)


def _text(*names: str) -> Sequence[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False, server_default="") for name in names]


def _counts(*names: str) -> Sequence[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger(), nullable=False, server_default="0") for name in names]


def _flags(*names: str) -> Sequence[sa.Column[bool]]:
    return [sa.Column(name, sa.Boolean(), nullable=False) for name in names]


def _times(*names: str) -> Sequence[sa.Column[datetime]]:
    return [sa.Column(name, TIME, nullable=False) for name in names]


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)


def _unique_where(name: str, table: str, column: str, condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, [column], unique=True, sqlite_where=where, postgresql_where=where)


def _primary_key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _to_streams(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["stream_id"], ["streams.id"], name=f"fk_{table}_stream_id")


def _create_streams() -> None:
    op.create_table(
        "streams",
        sa.Column("id", KEY, nullable=False),
        *_text("channel_id", "channel", "twitch_stream_id"),
        *_text("title", "game_name", "game_key", "game_id"),
        *_times("started_at"),
        sa.Column("ended_at", TIME),
        sa.Column("ended_reason", sa.Text()),
        sa.Column("offline_since", TIME),
        *_counts("peak_viewers", "average_viewers", "total_messages"),
        *_times("created_at", "updated_at"),
        sa.Column("deleted_at", TIME),
        _primary_key("streams", "id"),
    )
    _index("streams", "started_at", "id")
    _index("streams", "channel_id", "started_at")
    _unique_where(
        "uq_streams_active_channel_id",
        "streams",
        "channel_id",
        "ended_at IS NULL AND deleted_at IS NULL AND channel_id <> ''",
    )
    op.create_table(
        "stream_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stream_id", KEY, nullable=False),
        *_times("changed_at"),
        *_text("title", "game_name", "game_id"),
        _primary_key("stream_changes", "id"),
        _to_streams("stream_changes"),
    )
    _index("stream_changes", "stream_id", "id")
    op.create_table(
        "viewer_samples",
        sa.Column("stream_id", KEY, nullable=False),
        *_times("at"),
        sa.Column("viewers", sa.Integer(), nullable=False),
        _primary_key("viewer_samples", "stream_id", "at"),
        _to_streams("viewer_samples"),
    )


def _create_people() -> None:
    op.create_table(
        "viewers",
        sa.Column("id", KEY, nullable=False),
        sa.Column("twitch_id", sa.Text(), nullable=False),
        *_text("username", "display_name"),
        *_counts("total_messages", "total_streams_watched"),
        *_times("first_seen", "last_seen", "created_at", "updated_at"),
        sa.Column("deleted_at", TIME),
        _primary_key("viewers", "id"),
    )
    for column in ("last_seen", "first_seen", "total_messages", "total_streams_watched"):
        _index("viewers", column, "id")
    _unique_where("uq_viewers_twitch_id", "viewers", "twitch_id", "deleted_at IS NULL")
    op.create_table(
        "viewer_streams",
        sa.Column("twitch_id", SORTED_TEXT, nullable=False),
        sa.Column("stream_id", KEY, nullable=False),
        sa.Column("messages", sa.BigInteger(), nullable=False),
        _primary_key("viewer_streams", "twitch_id", "stream_id"),
        sqlite_with_rowid=False,
    )
    _index("viewer_streams", "stream_id")
    op.create_table(
        "viewer_totals",
        sa.Column("twitch_id", SORTED_TEXT, nullable=False),
        sa.Column("messages", sa.BigInteger(), nullable=False),
        _primary_key("viewer_totals", "twitch_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "channel_viewers",
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("twitch_id", sa.Text(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        *_text("username", "display_name"),
        sa.Column("is_moderator", sa.Boolean()),
        sa.Column("is_vip", sa.Boolean()),
        *_times("first_seen", "last_seen", "created_at", "updated_at"),
        _primary_key("channel_viewers", "channel_id", "twitch_id"),
        sqlite_with_rowid=False,
    )
    _index("channel_viewers", "channel_id", "last_seen", "id")


def _create_clips_and_commands() -> None:
    op.create_table(
        "clips",
        sa.Column("id", KEY, nullable=False),
        sa.Column("stream_id", KEY),
        sa.Column("twitch_clip_id", sa.Text(), nullable=False),
        *_text("title", "url", "embed_url", "thumbnail_url", "creator_name", "creator_id"),
        *_counts("view_count", "duration_seconds"),
        sa.Column("created_at_twitch", TIME),
        *_times("created_at", "updated_at"),
        sa.Column("deleted_at", TIME),
        _primary_key("clips", "id"),
        _to_streams("clips"),
    )
    _index("clips", "stream_id")
    _unique_where("uq_clips_twitch_clip_id", "clips", "twitch_clip_id", "deleted_at IS NULL")
    op.create_table(
        "commands",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", SORTED_TEXT, nullable=False),
        *_text("description", "response"),
        *_flags("is_active", "moderator_only", "subscriber_only"),
        *_counts("cooldown_seconds", "usage_count"),
        sa.Column("last_used", TIME),
        *_times("created_at", "updated_at"),
        sa.Column("deleted_at", TIME),
        _primary_key("commands", "id"),
    )
    _index("commands", "name_key", "id")
    _unique_where("uq_commands_name_key", "commands", "name_key", "deleted_at IS NULL")


def _create_channels_and_accounts() -> None:
    op.create_table(
        "channels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        *_text("channel_id"),
        *_flags("wanted"),
        sa.Column("joined_at", TIME),
        *_text("last_error"),
        *_times("created_at", "updated_at"),
        _primary_key("channels", "id"),
        sa.UniqueConstraint("login", name="uq_channels_login"),
    )
    _index("channels", "channel_id")
    op.create_table(
        "accounts",
        sa.Column("user_id", sa.Text(), nullable=False),
        *_text("login"),
        sa.Column("sealed_tokens", sa.LargeBinary(), nullable=False),
        *_text("scopes"),
        sa.Column("expires_at", TIME),
        *_flags("need_reauth"),
        *_text("last_error"),
        *_times("created_at", "updated_at"),
        sa.Column("refreshed_at", TIME),
        _primary_key("accounts", "user_id"),
    )


def _message_columns() -> Sequence[sa.Column[Any]]:
    return [
        sa.Column("id", KEY, nullable=False),
        sa.Column("stream_id", KEY, nullable=False),
        *_text("platform", "message_id", "channel_id", "channel"),
        *_text("user_id", "username", "display_name", "text"),
        *_flags("is_action", "is_broadcaster", "is_lead_moderator"),
        *_flags("is_moderator", "is_vip", "is_subscriber"),
        *_text("badges", "badge_info", "color", "emotes"),
        sa.Column("bits", sa.Integer(), nullable=False, server_default="0"),
        *_text("reply_parent_message_id", "reply_thread_message_id"),
        *_text("source_channel_id", "source_message_id", "tags"),
        *_times("sent_at"),
        *_flags("sent_at_estimated"),
        *_times("received_at"),
        sa.Column("deleted_at", TIME),
        *_text("deleted_by"),
    ]


def _create_messages_on_sqlite() -> None:
    # The position is the row id, so every index ends with it and lists come out in its order.
    op.create_table(
        "chat_messages",
        sa.Column("pos", sa.Integer(), nullable=False),
        *_message_columns(),
        _primary_key("chat_messages", "pos"),
    )
    op.create_index("uq_chat_messages_id", "chat_messages", ["id"], unique=True)
    for column in ("channel_id", "stream_id", "user_id"):
        op.create_index(f"ix_chat_messages_{column}", "chat_messages", [column])
    # Words come in ready made. This tokenizer only cuts them at the spaces between: to it, all
    # that is not ASCII is part of a word.
    op.execute(
        "CREATE VIRTUAL TABLE chat_search"
        " USING fts5(text, scope, content='', columnsize=0, tokenize='ascii')"
    )
    op.execute(
        """
        CREATE VIEW v_last_messages AS
        SELECT lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-'
            || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-'
            || substr(hex(id), 21)) AS id,
            strftime('%Y-%m-%d %H:%M:%f', sent_at / 1000000.0, 'unixepoch') AS sent_at,
            strftime('%Y-%m-%d %H:%M:%f', received_at / 1000000.0, 'unixepoch') AS received_at,
            channel, username, display_name, text, badges, color, bits,
            is_moderator, is_subscriber, is_vip, is_broadcaster,
            lower(substr(hex(stream_id), 1, 8) || '-' || substr(hex(stream_id), 9, 4) || '-'
            || substr(hex(stream_id), 13, 4) || '-' || substr(hex(stream_id), 17, 4) || '-'
            || substr(hex(stream_id), 21)) AS stream_id,
            strftime('%Y-%m-%d %H:%M:%f', deleted_at / 1000000.0, 'unixepoch') AS deleted_at
        FROM chat_messages ORDER BY pos DESC
        """
    )


def _create_messages_on_postgresql() -> None:
    op.create_table(
        "chat_messages",
        *_message_columns(),
        sa.Column("search", sa.dialects.postgresql.TSVECTOR()),
        _primary_key("chat_messages", "id"),
        postgresql_partition_by="RANGE (id)",
    )
    op.execute("CREATE TABLE chat_messages_default PARTITION OF chat_messages DEFAULT")
    for column in ("channel_id", "stream_id", "user_id"):
        _index("chat_messages", column, "id")
    op.execute("CREATE INDEX ix_chat_messages_search ON chat_messages USING gin (search)")
    op.execute(
        """
        CREATE VIEW v_last_messages AS
        SELECT id, sent_at, received_at, channel, username, display_name, text, badges, color,
            bits, is_moderator, is_subscriber, is_vip, is_broadcaster, stream_id, deleted_at
        FROM chat_messages ORDER BY id DESC
        """
    )


def _insert_chat_only_stream() -> None:
    now = datetime.now(UTC)
    sqlite = op.get_context().dialect.name == "sqlite"
    at = int(now.timestamp() * 1_000_000) if sqlite else now
    op.get_bind().execute(
        sa.text(
            "INSERT INTO streams (id, title, game_name, game_key, game_id,"
            " started_at, created_at, updated_at)"
            " VALUES (:id, :title, :game_name, :game_key, :game_id, :at, :at, :at)"
        ),
        {
            "id": CHAT_ONLY.bytes if sqlite else CHAT_ONLY,
            "title": "Chat-Only Messages",
            "game_name": "Just Chatting",
            "game_key": "just chatting",
            "game_id": "509658",
            "at": at,
        },
    )
