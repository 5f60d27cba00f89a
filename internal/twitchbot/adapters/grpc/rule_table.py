"""The rule of every field of every request.

Booleans need none, and neither do messages inside a request that hold nothing else. A field that
is missing here fails a test that walks the descriptors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from google.protobuf.message import Message

from twitchbot.adapters.grpc.field_rules import (
    CHAT_LINE,
    channel,
    chat_text,
    command_name,
    entity_id,
    login,
    search_text,
    timestamp,
    twitch_id,
    url,
)
from twitchbot.adapters.grpc.paging import MAX_TOKEN_CHARACTERS
from twitchbot.adapters.grpc.rules import Choice, Each, OrEmpty, Rule, Text, Token, Whole
from twitchbot.api import account_service_pb2 as accounts
from twitchbot.api import bot_service_pb2 as bot
from twitchbot.api import channel_viewer_service_pb2 as channel_viewers
from twitchbot.api import clip_service_pb2 as clips
from twitchbot.api import command_service_pb2 as commands
from twitchbot.api import common_pb2 as common
from twitchbot.api import message_service_pb2 as messages
from twitchbot.api import stream_service_pb2 as streams
from twitchbot.api import viewer_service_pb2 as viewers
from twitchbot.domain.page import CLIP_ORDERS, VIEWER_ORDERS

Rules = Mapping[str, Rule]

MAX_COOLDOWN_S = 30 * 24 * 3600

_COUNT = Whole()
_COOLDOWN = Whole(highest=MAX_COOLDOWN_S)
_TITLE = Text(max_characters=500)
_NAME = Text(max_characters=64)
_DESCRIPTION = Text(max_characters=500)
_CATEGORY_NAME = Text(max_characters=128)
_CATEGORY_ID = Token(pattern=re.compile(r"[A-Za-z0-9_-]{1,64}"), meaning="an id of a category")
_CLIP_ID = Token(
    pattern=re.compile(r"[A-Za-z0-9_-]{1,100}"), meaning="a Twitch clip id", required=True
)
_REPLY_ID = Token(pattern=re.compile(r"[A-Za-z0-9_-]{1,64}"), meaning="a Twitch message id")
_LOGIN_ID = Token(
    pattern=re.compile(r"[A-Za-z0-9_-]{1,64}"), meaning="an id of a login", required=True
)
_SCOPE = Token(pattern=re.compile(r"[a-z0-9_:]{1,64}"), meaning="a Twitch scope", required=True)
_SCOPES = Each(rule=_SCOPE, max_items=50)

_PAGE: Rules = {
    "limit": _COUNT,
    "offset": _COUNT,
    "page_token": Text(max_characters=MAX_TOKEN_CHARACTERS),
}
_MESSAGE_FILTER: Rules = {
    "stream_id": OrEmpty(rule=entity_id),
    "user_id": OrEmpty(rule=twitch_id),
    "channel": OrEmpty(rule=channel),
    "sent_from": timestamp,
    "sent_to": timestamp,
}
_CATEGORY: Rules = {"title": _TITLE, "game_name": _CATEGORY_NAME, "game_id": _CATEGORY_ID}

_STREAMS: Mapping[type[Message], Rules] = {
    streams.CreateStreamRequest: {**_CATEGORY, "channel": OrEmpty(rule=channel)},
    streams.ListStreamsRequest: {
        **_PAGE,
        "game_name": _CATEGORY_NAME,
        "channel": OrEmpty(rule=channel),
    },
    streams.UpdateStreamRequest: {
        "id": entity_id,
        **_CATEGORY,
        "peak_viewers": _COUNT,
        "average_viewers": _COUNT,
    },
    streams.EndStreamRequest: {"id": entity_id},
    streams.GetActiveStreamRequest: {"channel": OrEmpty(rule=channel)},
}

_MESSAGES: Mapping[type[Message], Rules] = {
    messages.CreateMessageRequest: {
        "stream_id": OrEmpty(rule=entity_id),
        "user_id": twitch_id,
        "username": login,
        "display_name": _NAME,
        "message": CHAT_LINE,
        "channel": OrEmpty(rule=channel),
    },
    messages.ListMessagesRequest: {**_PAGE, **_MESSAGE_FILTER},
    messages.SearchMessagesRequest: {**_PAGE, **_MESSAGE_FILTER, "query": search_text},
    messages.GetMessageStatsRequest: {"stream_id": OrEmpty(rule=entity_id)},
}

_VIEWERS: Mapping[type[Message], Rules] = {
    viewers.CreateViewerRequest: {
        "twitch_id": twitch_id,
        "username": login,
        "display_name": _NAME,
    },
    viewers.ListViewersRequest: {**_PAGE, "order_by": Choice(values=VIEWER_ORDERS)},
    viewers.UpdateViewerRequest: {
        "id": entity_id,
        "username": login,
        "display_name": _NAME,
        "total_messages": _COUNT,
        "total_streams_watched": _COUNT,
    },
    viewers.GetViewerByTwitchIdRequest: {"twitch_id": twitch_id},
}

_CLIPS: Mapping[type[Message], Rules] = {
    clips.CreateClipRequest: {
        "stream_id": OrEmpty(rule=entity_id),
        "twitch_clip_id": _CLIP_ID,
        "title": _TITLE,
        "url": url,
        "embed_url": url,
        "thumbnail_url": url,
        "creator_name": _NAME,
        "creator_id": OrEmpty(rule=twitch_id),
        "view_count": _COUNT,
        "duration_seconds": _COUNT,
        "created_at_twitch": timestamp,
    },
    clips.ListClipsRequest: {
        **_PAGE,
        "stream_id": OrEmpty(rule=entity_id),
        "order_by": Choice(values=CLIP_ORDERS),
    },
    clips.UpdateClipRequest: {"id": entity_id, "title": _TITLE, "view_count": _COUNT},
    clips.GetClipByTwitchIdRequest: {"twitch_clip_id": _CLIP_ID},
}

_COMMANDS: Mapping[type[Message], Rules] = {
    commands.CreateCommandRequest: {
        "name": command_name,
        "description": _DESCRIPTION,
        "response": CHAT_LINE,
        "cooldown_seconds": _COOLDOWN,
    },
    commands.ListCommandsRequest: _PAGE,
    commands.UpdateCommandRequest: {
        "id": entity_id,
        "name": command_name,
        "description": _DESCRIPTION,
        "response": CHAT_LINE,
        "cooldown_seconds": _COOLDOWN,
    },
    commands.GetCommandByNameRequest: {"name": command_name},
    commands.ExecuteCommandRequest: {
        "command_name": command_name,
        "user_id": twitch_id,
        "username": OrEmpty(rule=login),
    },
}

_CHANNEL_VIEWERS: Mapping[type[Message], Rules] = {
    channel_viewers.GetChannelViewerRequest: {"channel": channel, "twitch_id": twitch_id},
    channel_viewers.ListChannelViewersRequest: {**_PAGE, "channel": channel},
    channel_viewers.CountChannelViewersRequest: {"channel": channel},
    channel_viewers.RemoveChannelViewerRequest: {"channel": channel, "twitch_id": twitch_id},
}

_BOT: Mapping[type[Message], Rules] = {
    bot.JoinChannelRequest: {"channel": channel},
    bot.LeaveChannelRequest: {"channel": channel},
    bot.ListChannelsRequest: {},
    bot.GetBotStatusRequest: {},
    bot.SendMessageRequest: {
        "channel": OrEmpty(rule=channel),
        "message": chat_text,
        "reply_to_message_id": _REPLY_ID,
    },
}

_ACCOUNTS: Mapping[type[Message], Rules] = {
    accounts.StartDeviceLoginRequest: {"scopes": _SCOPES},
    accounts.GetDeviceLoginRequest: {"login_id": _LOGIN_ID},
    accounts.ListAccountsRequest: {},
    accounts.RemoveAccountRequest: {"user_id": twitch_id},
}

RULES: Mapping[type[Message], Rules] = {
    common.IdRequest: {"id": entity_id},
    **_STREAMS,
    **_MESSAGES,
    **_VIEWERS,
    **_CLIPS,
    **_COMMANDS,
    **_CHANNEL_VIEWERS,
    **_BOT,
    **_ACCOUNTS,
}
