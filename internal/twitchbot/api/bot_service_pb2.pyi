import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ChannelProblem(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CHANNEL_PROBLEM_UNSPECIFIED: _ClassVar[ChannelProblem]
    CHANNEL_PROBLEM_SUSPENDED: _ClassVar[ChannelProblem]
    CHANNEL_PROBLEM_BANNED: _ClassVar[ChannelProblem]
    CHANNEL_PROBLEM_CHANNEL_LIMIT: _ClassVar[ChannelProblem]
    CHANNEL_PROBLEM_NOT_CONFIRMED: _ClassVar[ChannelProblem]

class ChannelState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CHANNEL_STATE_UNSPECIFIED: _ClassVar[ChannelState]
    CHANNEL_STATE_JOINING: _ClassVar[ChannelState]
    CHANNEL_STATE_JOINED: _ClassVar[ChannelState]
    CHANNEL_STATE_REFUSED: _ClassVar[ChannelState]
    CHANNEL_STATE_UNCONFIRMED: _ClassVar[ChannelState]
CHANNEL_PROBLEM_UNSPECIFIED: ChannelProblem
CHANNEL_PROBLEM_SUSPENDED: ChannelProblem
CHANNEL_PROBLEM_BANNED: ChannelProblem
CHANNEL_PROBLEM_CHANNEL_LIMIT: ChannelProblem
CHANNEL_PROBLEM_NOT_CONFIRMED: ChannelProblem
CHANNEL_STATE_UNSPECIFIED: ChannelState
CHANNEL_STATE_JOINING: ChannelState
CHANNEL_STATE_JOINED: ChannelState
CHANNEL_STATE_REFUSED: ChannelState
CHANNEL_STATE_UNCONFIRMED: ChannelState

class ChannelStatus(_message.Message):
    __slots__ = ("channel", "channel_id", "state", "joined_at", "problem", "detail")
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    JOINED_AT_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    channel: str
    channel_id: str
    state: ChannelState
    joined_at: _timestamp_pb2.Timestamp
    problem: ChannelProblem
    detail: str
    def __init__(self, channel: _Optional[str] = ..., channel_id: _Optional[str] = ..., state: _Optional[_Union[ChannelState, str]] = ..., joined_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., problem: _Optional[_Union[ChannelProblem, str]] = ..., detail: _Optional[str] = ...) -> None: ...

class JoinChannelRequest(_message.Message):
    __slots__ = ("channel",)
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    channel: str
    def __init__(self, channel: _Optional[str] = ...) -> None: ...

class JoinChannelResponse(_message.Message):
    __slots__ = ("success", "message", "channel", "reason")
    SUCCESS_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    success: bool
    message: str
    channel: str
    reason: ChannelProblem
    def __init__(self, success: _Optional[bool] = ..., message: _Optional[str] = ..., channel: _Optional[str] = ..., reason: _Optional[_Union[ChannelProblem, str]] = ...) -> None: ...

class LeaveChannelRequest(_message.Message):
    __slots__ = ("channel",)
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    channel: str
    def __init__(self, channel: _Optional[str] = ...) -> None: ...

class LeaveChannelResponse(_message.Message):
    __slots__ = ("success", "message", "channel")
    SUCCESS_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    success: bool
    message: str
    channel: str
    def __init__(self, success: _Optional[bool] = ..., message: _Optional[str] = ..., channel: _Optional[str] = ...) -> None: ...

class ListChannelsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListChannelsResponse(_message.Message):
    __slots__ = ("channels", "primary_channel", "statuses")
    CHANNELS_FIELD_NUMBER: _ClassVar[int]
    PRIMARY_CHANNEL_FIELD_NUMBER: _ClassVar[int]
    STATUSES_FIELD_NUMBER: _ClassVar[int]
    channels: _containers.RepeatedScalarFieldContainer[str]
    primary_channel: str
    statuses: _containers.RepeatedCompositeFieldContainer[ChannelStatus]
    def __init__(self, channels: _Optional[_Iterable[str]] = ..., primary_channel: _Optional[str] = ..., statuses: _Optional[_Iterable[_Union[ChannelStatus, _Mapping]]] = ...) -> None: ...

class GetBotStatusRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetBotStatusResponse(_message.Message):
    __slots__ = ("connected", "authenticated", "channels_joined", "active_channels", "bot_username", "connected_since", "anonymous", "user_id", "connection_error", "lines_received", "reconnects")
    CONNECTED_FIELD_NUMBER: _ClassVar[int]
    AUTHENTICATED_FIELD_NUMBER: _ClassVar[int]
    CHANNELS_JOINED_FIELD_NUMBER: _ClassVar[int]
    ACTIVE_CHANNELS_FIELD_NUMBER: _ClassVar[int]
    BOT_USERNAME_FIELD_NUMBER: _ClassVar[int]
    CONNECTED_SINCE_FIELD_NUMBER: _ClassVar[int]
    ANONYMOUS_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    CONNECTION_ERROR_FIELD_NUMBER: _ClassVar[int]
    LINES_RECEIVED_FIELD_NUMBER: _ClassVar[int]
    RECONNECTS_FIELD_NUMBER: _ClassVar[int]
    connected: bool
    authenticated: bool
    channels_joined: int
    active_channels: _containers.RepeatedScalarFieldContainer[str]
    bot_username: str
    connected_since: _timestamp_pb2.Timestamp
    anonymous: bool
    user_id: str
    connection_error: str
    lines_received: int
    reconnects: int
    def __init__(self, connected: _Optional[bool] = ..., authenticated: _Optional[bool] = ..., channels_joined: _Optional[int] = ..., active_channels: _Optional[_Iterable[str]] = ..., bot_username: _Optional[str] = ..., connected_since: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., anonymous: _Optional[bool] = ..., user_id: _Optional[str] = ..., connection_error: _Optional[str] = ..., lines_received: _Optional[int] = ..., reconnects: _Optional[int] = ...) -> None: ...

class SendMessageRequest(_message.Message):
    __slots__ = ("channel", "message", "reply_to_message_id")
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    REPLY_TO_MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    channel: str
    message: str
    reply_to_message_id: str
    def __init__(self, channel: _Optional[str] = ..., message: _Optional[str] = ..., reply_to_message_id: _Optional[str] = ...) -> None: ...

class SendMessageResponse(_message.Message):
    __slots__ = ("success", "error", "reason")
    SUCCESS_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    success: bool
    error: str
    reason: str
    def __init__(self, success: _Optional[bool] = ..., error: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...
