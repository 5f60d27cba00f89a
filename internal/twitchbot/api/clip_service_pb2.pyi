import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from twitchbot.api import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Clip(_message.Message):
    __slots__ = ("id", "stream_id", "twitch_clip_id", "title", "url", "embed_url", "thumbnail_url", "creator_name", "creator_id", "view_count", "duration_seconds", "created_at_twitch", "created_at", "updated_at", "deleted_at")
    ID_FIELD_NUMBER: _ClassVar[int]
    STREAM_ID_FIELD_NUMBER: _ClassVar[int]
    TWITCH_CLIP_ID_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    EMBED_URL_FIELD_NUMBER: _ClassVar[int]
    THUMBNAIL_URL_FIELD_NUMBER: _ClassVar[int]
    CREATOR_NAME_FIELD_NUMBER: _ClassVar[int]
    CREATOR_ID_FIELD_NUMBER: _ClassVar[int]
    VIEW_COUNT_FIELD_NUMBER: _ClassVar[int]
    DURATION_SECONDS_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_TWITCH_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_FIELD_NUMBER: _ClassVar[int]
    UPDATED_AT_FIELD_NUMBER: _ClassVar[int]
    DELETED_AT_FIELD_NUMBER: _ClassVar[int]
    id: str
    stream_id: str
    twitch_clip_id: str
    title: str
    url: str
    embed_url: str
    thumbnail_url: str
    creator_name: str
    creator_id: str
    view_count: int
    duration_seconds: int
    created_at_twitch: _timestamp_pb2.Timestamp
    created_at: _timestamp_pb2.Timestamp
    updated_at: _timestamp_pb2.Timestamp
    deleted_at: _timestamp_pb2.Timestamp
    def __init__(self, id: _Optional[str] = ..., stream_id: _Optional[str] = ..., twitch_clip_id: _Optional[str] = ..., title: _Optional[str] = ..., url: _Optional[str] = ..., embed_url: _Optional[str] = ..., thumbnail_url: _Optional[str] = ..., creator_name: _Optional[str] = ..., creator_id: _Optional[str] = ..., view_count: _Optional[int] = ..., duration_seconds: _Optional[int] = ..., created_at_twitch: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., created_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., updated_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., deleted_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CreateClipRequest(_message.Message):
    __slots__ = ("stream_id", "twitch_clip_id", "title", "url", "embed_url", "thumbnail_url", "creator_name", "creator_id", "view_count", "duration_seconds", "created_at_twitch")
    STREAM_ID_FIELD_NUMBER: _ClassVar[int]
    TWITCH_CLIP_ID_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    EMBED_URL_FIELD_NUMBER: _ClassVar[int]
    THUMBNAIL_URL_FIELD_NUMBER: _ClassVar[int]
    CREATOR_NAME_FIELD_NUMBER: _ClassVar[int]
    CREATOR_ID_FIELD_NUMBER: _ClassVar[int]
    VIEW_COUNT_FIELD_NUMBER: _ClassVar[int]
    DURATION_SECONDS_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_TWITCH_FIELD_NUMBER: _ClassVar[int]
    stream_id: str
    twitch_clip_id: str
    title: str
    url: str
    embed_url: str
    thumbnail_url: str
    creator_name: str
    creator_id: str
    view_count: int
    duration_seconds: int
    created_at_twitch: _timestamp_pb2.Timestamp
    def __init__(self, stream_id: _Optional[str] = ..., twitch_clip_id: _Optional[str] = ..., title: _Optional[str] = ..., url: _Optional[str] = ..., embed_url: _Optional[str] = ..., thumbnail_url: _Optional[str] = ..., creator_name: _Optional[str] = ..., creator_id: _Optional[str] = ..., view_count: _Optional[int] = ..., duration_seconds: _Optional[int] = ..., created_at_twitch: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CreateClipResponse(_message.Message):
    __slots__ = ("clip",)
    CLIP_FIELD_NUMBER: _ClassVar[int]
    clip: Clip
    def __init__(self, clip: _Optional[_Union[Clip, _Mapping]] = ...) -> None: ...

class GetClipResponse(_message.Message):
    __slots__ = ("clip",)
    CLIP_FIELD_NUMBER: _ClassVar[int]
    clip: Clip
    def __init__(self, clip: _Optional[_Union[Clip, _Mapping]] = ...) -> None: ...

class ListClipsRequest(_message.Message):
    __slots__ = ("stream_id", "limit", "offset", "deleted_filter", "order_by", "page_token")
    STREAM_ID_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    OFFSET_FIELD_NUMBER: _ClassVar[int]
    DELETED_FILTER_FIELD_NUMBER: _ClassVar[int]
    ORDER_BY_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    stream_id: str
    limit: int
    offset: int
    deleted_filter: _common_pb2.DeletedFilter
    order_by: str
    page_token: str
    def __init__(self, stream_id: _Optional[str] = ..., limit: _Optional[int] = ..., offset: _Optional[int] = ..., deleted_filter: _Optional[_Union[_common_pb2.DeletedFilter, _Mapping]] = ..., order_by: _Optional[str] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListClipsResponse(_message.Message):
    __slots__ = ("clips", "total", "next_page_token")
    CLIPS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    clips: _containers.RepeatedCompositeFieldContainer[Clip]
    total: int
    next_page_token: str
    def __init__(self, clips: _Optional[_Iterable[_Union[Clip, _Mapping]]] = ..., total: _Optional[int] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UpdateClipRequest(_message.Message):
    __slots__ = ("id", "title", "view_count")
    ID_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    VIEW_COUNT_FIELD_NUMBER: _ClassVar[int]
    id: str
    title: str
    view_count: int
    def __init__(self, id: _Optional[str] = ..., title: _Optional[str] = ..., view_count: _Optional[int] = ...) -> None: ...

class UpdateClipResponse(_message.Message):
    __slots__ = ("clip",)
    CLIP_FIELD_NUMBER: _ClassVar[int]
    clip: Clip
    def __init__(self, clip: _Optional[_Union[Clip, _Mapping]] = ...) -> None: ...

class GetClipByTwitchIdRequest(_message.Message):
    __slots__ = ("twitch_clip_id",)
    TWITCH_CLIP_ID_FIELD_NUMBER: _ClassVar[int]
    twitch_clip_id: str
    def __init__(self, twitch_clip_id: _Optional[str] = ...) -> None: ...
