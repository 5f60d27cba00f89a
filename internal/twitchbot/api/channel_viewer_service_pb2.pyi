import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from twitchbot.api import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ChannelViewer(_message.Message):
    __slots__ = ("id", "channel", "twitch_id", "username", "display_name", "first_seen", "last_seen", "is_moderator", "is_vip", "created_at", "updated_at")
    ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    TWITCH_ID_FIELD_NUMBER: _ClassVar[int]
    USERNAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    FIRST_SEEN_FIELD_NUMBER: _ClassVar[int]
    LAST_SEEN_FIELD_NUMBER: _ClassVar[int]
    IS_MODERATOR_FIELD_NUMBER: _ClassVar[int]
    IS_VIP_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_FIELD_NUMBER: _ClassVar[int]
    UPDATED_AT_FIELD_NUMBER: _ClassVar[int]
    id: str
    channel: str
    twitch_id: str
    username: str
    display_name: str
    first_seen: _timestamp_pb2.Timestamp
    last_seen: _timestamp_pb2.Timestamp
    is_moderator: bool
    is_vip: bool
    created_at: _timestamp_pb2.Timestamp
    updated_at: _timestamp_pb2.Timestamp
    def __init__(self, id: _Optional[str] = ..., channel: _Optional[str] = ..., twitch_id: _Optional[str] = ..., username: _Optional[str] = ..., display_name: _Optional[str] = ..., first_seen: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., last_seen: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., is_moderator: _Optional[bool] = ..., is_vip: _Optional[bool] = ..., created_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., updated_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class GetChannelViewerRequest(_message.Message):
    __slots__ = ("channel", "twitch_id")
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    TWITCH_ID_FIELD_NUMBER: _ClassVar[int]
    channel: str
    twitch_id: str
    def __init__(self, channel: _Optional[str] = ..., twitch_id: _Optional[str] = ...) -> None: ...

class GetChannelViewerResponse(_message.Message):
    __slots__ = ("viewer",)
    VIEWER_FIELD_NUMBER: _ClassVar[int]
    viewer: ChannelViewer
    def __init__(self, viewer: _Optional[_Union[ChannelViewer, _Mapping]] = ...) -> None: ...

class ListChannelViewersRequest(_message.Message):
    __slots__ = ("channel", "limit", "offset", "page_token")
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    OFFSET_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    channel: str
    limit: int
    offset: int
    page_token: str
    def __init__(self, channel: _Optional[str] = ..., limit: _Optional[int] = ..., offset: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListChannelViewersResponse(_message.Message):
    __slots__ = ("viewers", "total", "next_page_token")
    VIEWERS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    viewers: _containers.RepeatedCompositeFieldContainer[ChannelViewer]
    total: int
    next_page_token: str
    def __init__(self, viewers: _Optional[_Iterable[_Union[ChannelViewer, _Mapping]]] = ..., total: _Optional[int] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class CountChannelViewersRequest(_message.Message):
    __slots__ = ("channel",)
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    channel: str
    def __init__(self, channel: _Optional[str] = ...) -> None: ...

class CountChannelViewersResponse(_message.Message):
    __slots__ = ("count",)
    COUNT_FIELD_NUMBER: _ClassVar[int]
    count: int
    def __init__(self, count: _Optional[int] = ...) -> None: ...

class RemoveChannelViewerRequest(_message.Message):
    __slots__ = ("channel", "twitch_id")
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    TWITCH_ID_FIELD_NUMBER: _ClassVar[int]
    channel: str
    twitch_id: str
    def __init__(self, channel: _Optional[str] = ..., twitch_id: _Optional[str] = ...) -> None: ...
