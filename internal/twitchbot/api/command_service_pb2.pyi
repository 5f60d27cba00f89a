import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from twitchbot.api import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Command(_message.Message):
    __slots__ = ("id", "name", "description", "response", "is_active", "moderator_only", "subscriber_only", "cooldown_seconds", "usage_count", "last_used", "created_at", "updated_at", "deleted_at")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    RESPONSE_FIELD_NUMBER: _ClassVar[int]
    IS_ACTIVE_FIELD_NUMBER: _ClassVar[int]
    MODERATOR_ONLY_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIBER_ONLY_FIELD_NUMBER: _ClassVar[int]
    COOLDOWN_SECONDS_FIELD_NUMBER: _ClassVar[int]
    USAGE_COUNT_FIELD_NUMBER: _ClassVar[int]
    LAST_USED_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_FIELD_NUMBER: _ClassVar[int]
    UPDATED_AT_FIELD_NUMBER: _ClassVar[int]
    DELETED_AT_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    description: str
    response: str
    is_active: bool
    moderator_only: bool
    subscriber_only: bool
    cooldown_seconds: int
    usage_count: int
    last_used: _timestamp_pb2.Timestamp
    created_at: _timestamp_pb2.Timestamp
    updated_at: _timestamp_pb2.Timestamp
    deleted_at: _timestamp_pb2.Timestamp
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., description: _Optional[str] = ..., response: _Optional[str] = ..., is_active: _Optional[bool] = ..., moderator_only: _Optional[bool] = ..., subscriber_only: _Optional[bool] = ..., cooldown_seconds: _Optional[int] = ..., usage_count: _Optional[int] = ..., last_used: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., created_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., updated_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., deleted_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CreateCommandRequest(_message.Message):
    __slots__ = ("name", "description", "response", "is_active", "moderator_only", "subscriber_only", "cooldown_seconds")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    RESPONSE_FIELD_NUMBER: _ClassVar[int]
    IS_ACTIVE_FIELD_NUMBER: _ClassVar[int]
    MODERATOR_ONLY_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIBER_ONLY_FIELD_NUMBER: _ClassVar[int]
    COOLDOWN_SECONDS_FIELD_NUMBER: _ClassVar[int]
    name: str
    description: str
    response: str
    is_active: bool
    moderator_only: bool
    subscriber_only: bool
    cooldown_seconds: int
    def __init__(self, name: _Optional[str] = ..., description: _Optional[str] = ..., response: _Optional[str] = ..., is_active: _Optional[bool] = ..., moderator_only: _Optional[bool] = ..., subscriber_only: _Optional[bool] = ..., cooldown_seconds: _Optional[int] = ...) -> None: ...

class CreateCommandResponse(_message.Message):
    __slots__ = ("command",)
    COMMAND_FIELD_NUMBER: _ClassVar[int]
    command: Command
    def __init__(self, command: _Optional[_Union[Command, _Mapping]] = ...) -> None: ...

class GetCommandResponse(_message.Message):
    __slots__ = ("command",)
    COMMAND_FIELD_NUMBER: _ClassVar[int]
    command: Command
    def __init__(self, command: _Optional[_Union[Command, _Mapping]] = ...) -> None: ...

class ListCommandsRequest(_message.Message):
    __slots__ = ("limit", "offset", "deleted_filter", "only_active", "page_token")
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    OFFSET_FIELD_NUMBER: _ClassVar[int]
    DELETED_FILTER_FIELD_NUMBER: _ClassVar[int]
    ONLY_ACTIVE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    limit: int
    offset: int
    deleted_filter: _common_pb2.DeletedFilter
    only_active: bool
    page_token: str
    def __init__(self, limit: _Optional[int] = ..., offset: _Optional[int] = ..., deleted_filter: _Optional[_Union[_common_pb2.DeletedFilter, _Mapping]] = ..., only_active: _Optional[bool] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListCommandsResponse(_message.Message):
    __slots__ = ("commands", "total", "next_page_token")
    COMMANDS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    commands: _containers.RepeatedCompositeFieldContainer[Command]
    total: int
    next_page_token: str
    def __init__(self, commands: _Optional[_Iterable[_Union[Command, _Mapping]]] = ..., total: _Optional[int] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UpdateCommandRequest(_message.Message):
    __slots__ = ("id", "name", "description", "response", "is_active", "moderator_only", "subscriber_only", "cooldown_seconds")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    RESPONSE_FIELD_NUMBER: _ClassVar[int]
    IS_ACTIVE_FIELD_NUMBER: _ClassVar[int]
    MODERATOR_ONLY_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIBER_ONLY_FIELD_NUMBER: _ClassVar[int]
    COOLDOWN_SECONDS_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    description: str
    response: str
    is_active: bool
    moderator_only: bool
    subscriber_only: bool
    cooldown_seconds: int
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., description: _Optional[str] = ..., response: _Optional[str] = ..., is_active: _Optional[bool] = ..., moderator_only: _Optional[bool] = ..., subscriber_only: _Optional[bool] = ..., cooldown_seconds: _Optional[int] = ...) -> None: ...

class UpdateCommandResponse(_message.Message):
    __slots__ = ("command",)
    COMMAND_FIELD_NUMBER: _ClassVar[int]
    command: Command
    def __init__(self, command: _Optional[_Union[Command, _Mapping]] = ...) -> None: ...

class GetCommandByNameRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ExecuteCommandRequest(_message.Message):
    __slots__ = ("command_name", "user_id", "username", "is_moderator", "is_subscriber")
    COMMAND_NAME_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    USERNAME_FIELD_NUMBER: _ClassVar[int]
    IS_MODERATOR_FIELD_NUMBER: _ClassVar[int]
    IS_SUBSCRIBER_FIELD_NUMBER: _ClassVar[int]
    command_name: str
    user_id: str
    username: str
    is_moderator: bool
    is_subscriber: bool
    def __init__(self, command_name: _Optional[str] = ..., user_id: _Optional[str] = ..., username: _Optional[str] = ..., is_moderator: _Optional[bool] = ..., is_subscriber: _Optional[bool] = ...) -> None: ...

class ExecuteCommandResponse(_message.Message):
    __slots__ = ("success", "response", "error", "cooldown_remaining")
    SUCCESS_FIELD_NUMBER: _ClassVar[int]
    RESPONSE_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    COOLDOWN_REMAINING_FIELD_NUMBER: _ClassVar[int]
    success: bool
    response: str
    error: str
    cooldown_remaining: int
    def __init__(self, success: _Optional[bool] = ..., response: _Optional[str] = ..., error: _Optional[str] = ..., cooldown_remaining: _Optional[int] = ...) -> None: ...
