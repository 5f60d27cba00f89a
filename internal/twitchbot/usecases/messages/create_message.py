"""Store a message that a caller heard."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from twitchbot.domain.errors import StreamNotFoundError
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID
from twitchbot.domain.message import ChatMessage, NewMessage, StoredMessage
from twitchbot.domain.stream import Stream
from twitchbot.domain.unix_time import unix_ms, unix_us
from twitchbot.usecases.channel_ids import channel_id_of
from twitchbot.usecases.messages.store_messages import store_messages
from twitchbot.usecases.ports.clock import Clock
from twitchbot.usecases.ports.unit_of_work import Database, Repositories


@dataclass(slots=True, frozen=True)
class CreateMessage:
    """Store a message as said now, with its viewer and counters; None means Chat-Only.

    Without a channel it was said in the stream's channel.
    """

    database: Database
    clock: Clock

    async def __call__(
        self,
        *,
        stream_id: UUID | None,
        channel: str,
        user_id: str,
        username: str,
        display_name: str,
        text: str,
        is_moderator: bool,
        is_subscriber: bool,
        is_vip: bool,
        is_broadcaster: bool,
    ) -> StoredMessage:
        now = self.clock.now()
        async with self.database.write() as uow:
            stream = await _stream(uow, stream_id or CHAT_ONLY_STREAM_ID)
            message = ChatMessage(
                message_id="",
                channel_id=await _channel_id(uow, stream, channel),
                channel=channel or stream.channel,
                user_id=user_id,
                username=username,
                display_name=display_name,
                text=text,
                is_moderator=is_moderator,
                is_subscriber=is_subscriber,
                is_vip=is_vip,
                is_broadcaster=is_broadcaster,
                sent_ms=unix_ms(now),
                received_us=unix_us(now),
            )
            new = NewMessage(message.key(), stream.id, message)
            await store_messages(uow, [new])
        return StoredMessage(id=UUID(bytes=new.key), stream_id=stream.id, message=message)


async def _stream(uow: Repositories, stream_id: UUID) -> Stream:
    stream = await uow.streams.get(stream_id)
    if stream is None:
        raise StreamNotFoundError.of(stream_id)
    return stream


async def _channel_id(uow: Repositories, stream: Stream, channel: str) -> str:
    if channel in {"", stream.channel}:
        return stream.channel_id
    return await channel_id_of(uow, channel)
