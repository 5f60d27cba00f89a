import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from twitchbot.api import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Viewer(_message.Message):
    __slots__ = ("id", "twitch_id", "username", "display_name", "total_messages", "total_streams_watched", "first_seen", "last_seen", "created_at", "updated_at", "deleted_at")
    ID_FIELD_NUMBER: _ClassVar[int]
    TWITCH_ID_FIELD_NUMBER: _ClassVar[int]
    USERNAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    TOTAL_MESSAGES_FIELD_NUMBER: _ClassVar[int]
    TOTAL_STREAMS_WATCHED_FIELD_NUMBER: _ClassVar[int]
    FIRST_SEEN_FIELD_NUMBER: _ClassVar[int]
    LAST_SEEN_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_FIELD_NUMBER: _ClassVar[int]
    UPDATED_AT_FIELD_NUMBER: _ClassVar[int]
    DELETED_AT_FIELD_NUMBER: _ClassVar[int]
    id: str
    twitch_id: str
    username: str
    display_name: str
    total_messages: int
    total_streams_watched: int
    first_seen: _timestamp_pb2.Timestamp
    last_seen: _timestamp_pb2.Timestamp
    created_at: _timestamp_pb2.Timestamp
    updated_at: _timestamp_pb2.Timestamp
    deleted_at: _timestamp_pb2.Timestamp
    def __init__(self, id: _Optional[str] = ..., twitch_id: _Optional[str] = ..., username: _Optional[str] = ..., display_name: _Optional[str] = ..., total_messages: _Optional[int] = ..., total_streams_watched: _Optional[int] = ..., first_seen: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., last_seen: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., created_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., updated_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., deleted_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CreateViewerRequest(_message.Message):
    __slots__ = ("twitch_id", "username", "display_name")
    TWITCH_ID_FIELD_NUMBER: _ClassVar[int]
    USERNAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    twitch_id: str
    username: str
    display_name: str
    def __init__(self, twitch_id: _Optional[str] = ..., username: _Optional[str] = ..., display_name: _Optional[str] = ...) -> None: ...

class CreateViewerResponse(_message.Message):
    __slots__ = ("viewer",)
    VIEWER_FIELD_NUMBER: _ClassVar[int]
    viewer: Viewer
    def __init__(self, viewer: _Optional[_Union[Viewer, _Mapping]] = ...) -> None: ...

class GetViewerResponse(_message.Message):
    __slots__ = ("viewer",)
    VIEWER_FIELD_NUMBER: _ClassVar[int]
    viewer: Viewer
    def __init__(self, viewer: _Optional[_Union[Viewer, _Mapping]] = ...) -> None: ...

class ListViewersRequest(_message.Message):
    __slots__ = ("limit", "offset", "deleted_filter", "order_by", "page_token")
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    OFFSET_FIELD_NUMBER: _ClassVar[int]
    DELETED_FILTER_FIELD_NUMBER: _ClassVar[int]
    ORDER_BY_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    limit: int
    offset: int
    deleted_filter: _common_pb2.DeletedFilter
    order_by: str
    page_token: str
    def __init__(self, limit: _Optional[int] = ..., offset: _Optional[int] = ..., deleted_filter: _Optional[_Union[_common_pb2.DeletedFilter, _Mapping]] = ..., order_by: _Optional[str] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListViewersResponse(_message.Message):
    __slots__ = ("viewers", "total", "next_page_token")
    VIEWERS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    viewers: _containers.RepeatedCompositeFieldContainer[Viewer]
    total: int
    next_page_token: str
    def __init__(self, viewers: _Optional[_Iterable[_Union[Viewer, _Mapping]]] = ..., total: _Optional[int] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UpdateViewerRequest(_message.Message):
    __slots__ = ("id", "username", "display_name", "total_messages", "total_streams_watched")
    ID_FIELD_NUMBER: _ClassVar[int]
    USERNAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    TOTAL_MESSAGES_FIELD_NUMBER: _ClassVar[int]
    TOTAL_STREAMS_WATCHED_FIELD_NUMBER: _ClassVar[int]
    id: str
    username: str
    display_name: str
    total_messages: int
    total_streams_watched: int
    def __init__(self, id: _Optional[str] = ..., username: _Optional[str] = ..., display_name: _Optional[str] = ..., total_messages: _Optional[int] = ..., total_streams_watched: _Optional[int] = ...) -> None: ...

class UpdateViewerResponse(_message.Message):
    __slots__ = ("viewer",)
    VIEWER_FIELD_NUMBER: _ClassVar[int]
    viewer: Viewer
    def __init__(self, viewer: _Optional[_Union[Viewer, _Mapping]] = ...) -> None: ...

class GetViewerByTwitchIdRequest(_message.Message):
    __slots__ = ("twitch_id",)
    TWITCH_ID_FIELD_NUMBER: _ClassVar[int]
    twitch_id: str
    def __init__(self, twitch_id: _Optional[str] = ...) -> None: ...

class GetViewerStatsResponse(_message.Message):
    __slots__ = ("total_messages", "total_streams_watched", "days_since_first_seen", "days_since_last_seen")
    TOTAL_MESSAGES_FIELD_NUMBER: _ClassVar[int]
    TOTAL_STREAMS_WATCHED_FIELD_NUMBER: _ClassVar[int]
    DAYS_SINCE_FIRST_SEEN_FIELD_NUMBER: _ClassVar[int]
    DAYS_SINCE_LAST_SEEN_FIELD_NUMBER: _ClassVar[int]
    total_messages: int
    total_streams_watched: int
    days_since_first_seen: int
    days_since_last_seen: int
    def __init__(self, total_messages: _Optional[int] = ..., total_streams_watched: _Optional[int] = ..., days_since_first_seen: _Optional[int] = ..., days_since_last_seen: _Optional[int] = ...) -> None: ...
