"""What tests ask a running service again and again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tests.support.service_process import ServiceProcess
from tests.support.waiting import eventually
from twitchbot.api import bot_service_pb2 as bot
from twitchbot.api.message_service_pb2 import ListMessagesRequest, Message
from twitchbot.api.stream_service_pb2 import GetActiveStreamRequest, ListStreamsRequest, Stream


async def messages_in(
    service: ServiceProcess, channel: str, *, include_shared: bool = False
) -> Sequence[Message]:
    """Return what was said in a channel, the oldest first."""
    asked = ListMessagesRequest(channel=channel, include_shared=include_shared, limit=1000)
    answer = await service.call("MessageService/ListMessages", asked)
    return list(reversed(answer.messages))


async def message_said(
    service: ServiceProcess, channel: str, text: str, *, include_shared: bool = False
) -> Message:
    """Wait until a text is stored in a channel, and return its message."""
    found: list[Message] = []

    async def is_stored() -> bool:
        messages = await messages_in(service, channel, include_shared=include_shared)
        found[:] = [message for message in messages if message.message == text]
        return bool(found)

    await eventually(is_stored)
    assert len(found) == 1, f"{text!r} is stored {len(found)} times"
    return found[0]


async def joined(service: ServiceProcess, channel: str) -> Any:
    """Ask for a channel, and return the answer."""
    return await service.call("BotService/JoinChannel", bot.JoinChannelRequest(channel=channel))


async def sent(service: ServiceProcess, channel: str, text: str, reply_to: str = "") -> Any:
    """Say something through the API, and return the answer."""
    asked = bot.SendMessageRequest(channel=channel, message=text, reply_to_message_id=reply_to)
    return await service.call("BotService/SendMessage", asked)


async def bot_status(service: ServiceProcess) -> Any:
    """Return how the bot is connected."""
    return await service.call("BotService/GetBotStatus", bot.GetBotStatusRequest())


async def channel_list(service: ServiceProcess) -> Any:
    """Return the channels that the bot wants to be in."""
    return await service.call("BotService/ListChannels", bot.ListChannelsRequest())


async def active_stream(service: ServiceProcess, channel: str = "") -> Stream:
    """Return the stream that is active in a channel, or in any."""
    asked = GetActiveStreamRequest(channel=channel)
    stream: Stream = (await service.call("StreamService/GetActiveStream", asked)).stream
    return stream


async def sessions_of(service: ServiceProcess, channel: str) -> Sequence[Stream]:
    """Return all sessions of a channel."""
    asked = ListStreamsRequest(channel=channel)
    streams: Sequence[Stream] = (await service.call("StreamService/ListStreams", asked)).streams
    return streams


async def until_session(
    service: ServiceProcess, channel: str, holds: Callable[[Stream], bool]
) -> Stream:
    """Wait until the newest session of a channel is as it should be, and return it."""
    found: list[Stream] = []

    async def is_so() -> bool:
        found[:] = (await sessions_of(service, channel))[:1]
        return bool(found) and holds(found[0])

    await eventually(is_so)
    return found[0]
