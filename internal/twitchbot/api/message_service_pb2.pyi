import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from twitchbot.api import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Message(_message.Message):
    __slots__ = ("id", "stream_id", "user_id", "username", "display_name", "message", "is_moderator", "is_subscriber", "is_vip", "is_broadcaster", "sent_at", "created_at", "deleted_at", "twitch_message_id", "channel_id", "channel", "platform", "received_at", "badges", "badge_info", "color", "emotes", "bits", "is_action", "is_lead_moderator", "reply_parent_message_id", "reply_thread_message_id", "source_channel_id", "source_message_id", "tags", "sent_at_estimated", "deleted_by")
    class TagsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    ID_FIELD_NUMBER: _ClassVar[int]
    STREAM_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    USERNAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    IS_MODERATOR_FIELD_NUMBER: _ClassVar[int]
    IS_SUBSCRIBER_FIELD_NUMBER: _ClassVar[int]
    IS_VIP_FIELD_NUMBER: _ClassVar[int]
    IS_BROADCASTER_FIELD_NUMBER: _ClassVar[int]
    SENT_AT_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_FIELD_NUMBER: _ClassVar[int]
    DELETED_AT_FIELD_NUMBER: _ClassVar[int]
    TWITCH_MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    PLATFORM_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_AT_FIELD_NUMBER: _ClassVar[int]
    BADGES_FIELD_NUMBER: _ClassVar[int]
    BADGE_INFO_FIELD_NUMBER: _ClassVar[int]
    COLOR_FIELD_NUMBER: _ClassVar[int]
    EMOTES_FIELD_NUMBER: _ClassVar[int]
    BITS_FIELD_NUMBER: _ClassVar[int]
    IS_ACTION_FIELD_NUMBER: _ClassVar[int]
    IS_LEAD_MODERATOR_FIELD_NUMBER: _ClassVar[int]
    REPLY_PARENT_MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    REPLY_THREAD_MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    SOURCE_CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    SOURCE_MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    TAGS_FIELD_NUMBER: _ClassVar[int]
    SENT_AT_ESTIMATED_FIELD_NUMBER: _ClassVar[int]
    DELETED_BY_FIELD_NUMBER: _ClassVar[int]
    id: str
    stream_id: str
    user_id: str
    username: str
    display_name: str
    message: str
    is_moderator: bool
    is_subscriber: bool
    is_vip: bool
    is_broadcaster: bool
    sent_at: _timestamp_pb2.Timestamp
    created_at: _timestamp_pb2.Timestamp
    deleted_at: _timestamp_pb2.Timestamp
    twitch_message_id: str
    channel_id: str
    channel: str
    platform: str
    received_at: _timestamp_pb2.Timestamp
    badges: str
    badge_info: str
    color: str
    emotes: str
    bits: int
    is_action: bool
    is_lead_moderator: bool
    reply_parent_message_id: str
    reply_thread_message_id: str
    source_channel_id: str
    source_message_id: str
    tags: _containers.ScalarMap[str, str]
    sent_at_estimated: bool
    deleted_by: str
    def __init__(self, id: _Optional[str] = ..., stream_id: _Optional[str] = ..., user_id: _Optional[str] = ..., username: _Optional[str] = ..., display_name: _Optional[str] = ..., message: _Optional[str] = ..., is_moderator: _Optional[bool] = ..., is_subscriber: _Optional[bool] = ..., is_vip: _Optional[bool] = ..., is_broadcaster: _Optional[bool] = ..., sent_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., created_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., deleted_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., twitch_message_id: _Optional[str] = ..., channel_id: _Optional[str] = ..., channel: _Optional[str] = ..., platform: _Optional[str] = ..., received_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., badges: _Optional[str] = ..., badge_info: _Optional[str] = ..., color: _Optional[str] = ..., emotes: _Optional[str] = ..., bits: _Optional[int] = ..., is_action: _Optional[bool] = ..., is_lead_moderator: _Optional[bool] = ..., reply_parent_message_id: _Optional[str] = ..., reply_thread_message_id: _Optional[str] = ..., source_channel_id: _Optional[str] = ..., source_message_id: _Optional[str] = ..., tags: _Optional[_Mapping[str, str]] = ..., sent_at_estimated: _Optional[bool] = ..., deleted_by: _Optional[str] = ...) -> None: ...

class CreateMessageRequest(_message.Message):
    __slots__ = ("stream_id", "user_id", "username", "display_name", "message", "is_moderator", "is_subscriber", "is_vip", "is_broadcaster", "channel")
    STREAM_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    USERNAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    IS_MODERATOR_FIELD_NUMBER: _ClassVar[int]
    IS_SUBSCRIBER_FIELD_NUMBER: _ClassVar[int]
    IS_VIP_FIELD_NUMBER: _ClassVar[int]
    IS_BROADCASTER_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    stream_id: str
    user_id: str
    username: str
    display_name: str
    message: str
    is_moderator: bool
    is_subscriber: bool
    is_vip: bool
    is_broadcaster: bool
    channel: str
    def __init__(self, stream_id: _Optional[str] = ..., user_id: _Optional[str] = ..., username: _Optional[str] = ..., display_name: _Optional[str] = ..., message: _Optional[str] = ..., is_moderator: _Optional[bool] = ..., is_subscriber: _Optional[bool] = ..., is_vip: _Optional[bool] = ..., is_broadcaster: _Optional[bool] = ..., channel: _Optional[str] = ...) -> None: ...

class CreateMessageResponse(_message.Message):
    __slots__ = ("message",)
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    message: Message
    def __init__(self, message: _Optional[_Union[Message, _Mapping]] = ...) -> None: ...

class GetMessageResponse(_message.Message):
    __slots__ = ("message",)
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    message: Message
    def __init__(self, message: _Optional[_Union[Message, _Mapping]] = ...) -> None: ...

class ListMessagesRequest(_message.Message):
    __slots__ = ("stream_id", "user_id", "limit", "offset", "deleted_filter", "page_token", "channel", "include_shared", "sent_from", "sent_to")
    STREAM_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    OFFSET_FIELD_NUMBER: _ClassVar[int]
    DELETED_FILTER_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_SHARED_FIELD_NUMBER: _ClassVar[int]
    SENT_FROM_FIELD_NUMBER: _ClassVar[int]
    SENT_TO_FIELD_NUMBER: _ClassVar[int]
    stream_id: str
    user_id: str
    limit: int
    offset: int
    deleted_filter: _common_pb2.DeletedFilter
    page_token: str
    channel: str
    include_shared: bool
    sent_from: _timestamp_pb2.Timestamp
    sent_to: _timestamp_pb2.Timestamp
    def __init__(self, stream_id: _Optional[str] = ..., user_id: _Optional[str] = ..., limit: _Optional[int] = ..., offset: _Optional[int] = ..., deleted_filter: _Optional[_Union[_common_pb2.DeletedFilter, _Mapping]] = ..., page_token: _Optional[str] = ..., channel: _Optional[str] = ..., include_shared: _Optional[bool] = ..., sent_from: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., sent_to: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListMessagesResponse(_message.Message):
    __slots__ = ("messages", "total", "next_page_token")
    MESSAGES_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    messages: _containers.RepeatedCompositeFieldContainer[Message]
    total: int
    next_page_token: str
    def __init__(self, messages: _Optional[_Iterable[_Union[Message, _Mapping]]] = ..., total: _Optional[int] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class SearchMessagesRequest(_message.Message):
    __slots__ = ("query", "stream_id", "user_id", "limit", "offset", "page_token", "channel", "include_shared", "sent_from", "sent_to")
    QUERY_FIELD_NUMBER: _ClassVar[int]
    STREAM_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    OFFSET_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_SHARED_FIELD_NUMBER: _ClassVar[int]
    SENT_FROM_FIELD_NUMBER: _ClassVar[int]
    SENT_TO_FIELD_NUMBER: _ClassVar[int]
    query: str
    stream_id: str
    user_id: str
    limit: int
    offset: int
    page_token: str
    channel: str
    include_shared: bool
    sent_from: _timestamp_pb2.Timestamp
    sent_to: _timestamp_pb2.Timestamp
    def __init__(self, query: _Optional[str] = ..., stream_id: _Optional[str] = ..., user_id: _Optional[str] = ..., limit: _Optional[int] = ..., offset: _Optional[int] = ..., page_token: _Optional[str] = ..., channel: _Optional[str] = ..., include_shared: _Optional[bool] = ..., sent_from: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., sent_to: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class SearchMessagesResponse(_message.Message):
    __slots__ = ("messages", "total", "next_page_token")
    MESSAGES_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    messages: _containers.RepeatedCompositeFieldContainer[Message]
    total: int
    next_page_token: str
    def __init__(self, messages: _Optional[_Iterable[_Union[Message, _Mapping]]] = ..., total: _Optional[int] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetMessageStatsRequest(_message.Message):
    __slots__ = ("stream_id",)
    STREAM_ID_FIELD_NUMBER: _ClassVar[int]
    stream_id: str
    def __init__(self, stream_id: _Optional[str] = ...) -> None: ...

class GetMessageStatsResponse(_message.Message):
    __slots__ = ("total_messages", "unique_users", "most_active_user", "most_active_user_count")
    TOTAL_MESSAGES_FIELD_NUMBER: _ClassVar[int]
    UNIQUE_USERS_FIELD_NUMBER: _ClassVar[int]
    MOST_ACTIVE_USER_FIELD_NUMBER: _ClassVar[int]
    MOST_ACTIVE_USER_COUNT_FIELD_NUMBER: _ClassVar[int]
    total_messages: int
    unique_users: int
    most_active_user: str
    most_active_user_count: int
    def __init__(self, total_messages: _Optional[int] = ..., unique_users: _Optional[int] = ..., most_active_user: _Optional[str] = ..., most_active_user_count: _Optional[int] = ...) -> None: ...
