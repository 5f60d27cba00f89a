"""Chat messages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from twitchbot.adapters.sql.deleted import deleted_condition
from twitchbot.adapters.sql.dialect import Dialect, MessageScope
from twitchbot.adapters.sql.message_rows import conditions, to_domain
from twitchbot.adapters.sql.paging import Order, count, fetch_piece
from twitchbot.adapters.sql.tables import channels, streams, viewer_streams, viewer_totals, viewers
from twitchbot.adapters.sql.tables import chat_messages as t
from twitchbot.domain.message import MessageFilter, MessageStats, NewMessage, StoredMessage
from twitchbot.domain.page import DeletedFilter, Page, PageRequest
from twitchbot.domain.search import SearchQuery
from twitchbot.usecases.ports.repositories import MessageRepository

# Built once, because building it takes as long as running it.
_GET = select(t).where(t.c.id == bindparam("message_id"), t.c.deleted_at.is_(None))


@dataclass(slots=True, frozen=True)
class SqlMessageRepository(MessageRepository):
    """Messages in the table `chat_messages`, their figures in the counts per viewer."""

    connection: AsyncConnection
    dialect: Dialect

    async def add(self, messages: Sequence[NewMessage]) -> Collection[bytes]:
        """Insert what is not there yet."""
        return await self.dialect.insert_messages(self.connection, messages)

    async def get(self, message_id: UUID) -> StoredMessage | None:
        """Select by id."""
        row = (await self.connection.execute(_GET, {"message_id": message_id})).first()
        return to_domain(row) if row else None

    async def list(
        self, chosen: MessageFilter, deleted: DeletedFilter, page: PageRequest
    ) -> Page[StoredMessage]:
        """Select by what is given."""
        scope = await self._scope(chosen)
        rows = select(t).where(deleted_condition(t, deleted), *conditions(scope, self.dialect))
        total = await self._counted(chosen, deleted)
        if total is None:
            total = await count(self.connection, rows)
        order = Order((self.dialect.newest_first,))
        found, after = await fetch_piece(self.connection, rows, order, page)
        return Page(items=[to_domain(row) for row in found], total=total, next=after)

    async def search(
        self, query: SearchQuery, chosen: MessageFilter, page: PageRequest
    ) -> Page[StoredMessage]:
        """Ask the search index."""
        if query.matches_nothing:
            return Page(items=[], total=0)
        scope = await self._scope(chosen)
        found = await self.dialect.search(self.connection, query, scope, page)
        items = [to_domain(row) for row in found.rows]
        return Page(items=items, total=found.total, next=found.next)

    async def delete(self, message_id: UUID, at: datetime, by: str) -> StoredMessage | None:
        """Mark the row, and take its words out of the search index."""
        marked = update(t).where(t.c.id == message_id, t.c.deleted_at.is_(None))
        found = await self.connection.execute(
            marked.values(deleted_at=at, deleted_by=by).returning(t)
        )
        row = found.first()
        if row is None:
            return None
        message = to_domain(row)
        await self.dialect.forget_words(self.connection, message)
        return message

    async def stats(self, stream_id: UUID | None) -> MessageStats:
        """Read the counts per viewer, never the messages."""
        table = viewer_totals if stream_id is None else viewer_streams
        people = select(table.c.twitch_id, table.c.messages)
        if stream_id is not None:
            people = people.where(viewer_streams.c.stream_id == stream_id)
        busiest = people.order_by(table.c.messages.desc(), table.c.twitch_id).limit(1)
        top = (await self.connection.execute(busiest)).first()
        return MessageStats(
            total_messages=await self._number(_messages_in(stream_id)),
            unique_users=await count(self.connection, people),
            most_active_user=await self._name_of(top.twitch_id) if top else "",
            most_active_user_count=top.messages if top else 0,
        )

    async def _scope(self, chosen: MessageFilter) -> MessageScope:
        """Look up the channel's id; messages stored before it was known have none either."""
        if not chosen.channel:
            return MessageScope(chosen=chosen)
        known = select(channels.c.channel_id).where(channels.c.login == chosen.channel)
        channel_id = (await self.connection.execute(known)).scalar_one_or_none()
        return MessageScope(chosen=chosen, channel_id=channel_id or "")

    async def _counted(self, chosen: MessageFilter, deleted: DeletedFilter) -> int | None:
        """Return the total from the counters, which are exact, if they cover the filter."""
        if deleted != DeletedFilter() or chosen.include_shared or chosen.channel:
            return None
        if chosen.sent_from is not None or chosen.sent_to is not None:
            return None
        if not chosen.user_id:
            return await self._number(_messages_in(chosen.stream_id))
        table = viewer_totals if chosen.stream_id is None else viewer_streams
        own = select(func.coalesce(func.sum(table.c.messages), 0))
        own = own.where(table.c.twitch_id == chosen.user_id)
        if chosen.stream_id is not None:
            own = own.where(viewer_streams.c.stream_id == chosen.stream_id)
        return await self._number(own)

    async def _number(self, query: Select[int]) -> int:
        return int((await self.connection.execute(query)).scalar_one())

    async def _name_of(self, twitch_id: str) -> str:
        """Return somebody's login, or the id when no row tells it."""
        newest = select(viewers.c.username).where(viewers.c.twitch_id == twitch_id)
        newest = newest.order_by(viewers.c.last_seen.desc(), viewers.c.id.desc()).limit(1)
        return (await self.connection.execute(newest)).scalar_one_or_none() or twitch_id


def _messages_in(stream_id: UUID | None) -> Select[int]:
    total = select(func.coalesce(func.sum(streams.c.total_messages), 0))
    return total if stream_id is None else total.where(streams.c.id == stream_id)
