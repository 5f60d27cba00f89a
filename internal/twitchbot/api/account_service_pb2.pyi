import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from twitchbot.api import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DeviceLoginState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DEVICE_LOGIN_STATE_UNSPECIFIED: _ClassVar[DeviceLoginState]
    DEVICE_LOGIN_STATE_PENDING: _ClassVar[DeviceLoginState]
    DEVICE_LOGIN_STATE_GRANTED: _ClassVar[DeviceLoginState]
    DEVICE_LOGIN_STATE_DENIED: _ClassVar[DeviceLoginState]
    DEVICE_LOGIN_STATE_EXPIRED: _ClassVar[DeviceLoginState]
DEVICE_LOGIN_STATE_UNSPECIFIED: DeviceLoginState
DEVICE_LOGIN_STATE_PENDING: DeviceLoginState
DEVICE_LOGIN_STATE_GRANTED: DeviceLoginState
DEVICE_LOGIN_STATE_DENIED: DeviceLoginState
DEVICE_LOGIN_STATE_EXPIRED: DeviceLoginState

class Account(_message.Message):
    __slots__ = ("user_id", "login", "scopes", "expires_at", "need_reauth", "last_error", "created_at", "updated_at", "refreshed_at")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    LOGIN_FIELD_NUMBER: _ClassVar[int]
    SCOPES_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_AT_FIELD_NUMBER: _ClassVar[int]
    NEED_REAUTH_FIELD_NUMBER: _ClassVar[int]
    LAST_ERROR_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_FIELD_NUMBER: _ClassVar[int]
    UPDATED_AT_FIELD_NUMBER: _ClassVar[int]
    REFRESHED_AT_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    login: str
    scopes: _containers.RepeatedScalarFieldContainer[str]
    expires_at: _timestamp_pb2.Timestamp
    need_reauth: bool
    last_error: str
    created_at: _timestamp_pb2.Timestamp
    updated_at: _timestamp_pb2.Timestamp
    refreshed_at: _timestamp_pb2.Timestamp
    def __init__(self, user_id: _Optional[str] = ..., login: _Optional[str] = ..., scopes: _Optional[_Iterable[str]] = ..., expires_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., need_reauth: _Optional[bool] = ..., last_error: _Optional[str] = ..., created_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., updated_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., refreshed_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class StartDeviceLoginRequest(_message.Message):
    __slots__ = ("scopes",)
    SCOPES_FIELD_NUMBER: _ClassVar[int]
    scopes: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, scopes: _Optional[_Iterable[str]] = ...) -> None: ...

class StartDeviceLoginResponse(_message.Message):
    __slots__ = ("login_id", "user_code", "verification_uri", "expires_at", "interval_seconds")
    LOGIN_ID_FIELD_NUMBER: _ClassVar[int]
    USER_CODE_FIELD_NUMBER: _ClassVar[int]
    VERIFICATION_URI_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_AT_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_SECONDS_FIELD_NUMBER: _ClassVar[int]
    login_id: str
    user_code: str
    verification_uri: str
    expires_at: _timestamp_pb2.Timestamp
    interval_seconds: int
    def __init__(self, login_id: _Optional[str] = ..., user_code: _Optional[str] = ..., verification_uri: _Optional[str] = ..., expires_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., interval_seconds: _Optional[int] = ...) -> None: ...

class GetDeviceLoginRequest(_message.Message):
    __slots__ = ("login_id",)
    LOGIN_ID_FIELD_NUMBER: _ClassVar[int]
    login_id: str
    def __init__(self, login_id: _Optional[str] = ...) -> None: ...

class GetDeviceLoginResponse(_message.Message):
    __slots__ = ("state", "account")
    STATE_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    state: DeviceLoginState
    account: Account
    def __init__(self, state: _Optional[_Union[DeviceLoginState, str]] = ..., account: _Optional[_Union[Account, _Mapping]] = ...) -> None: ...

class ListAccountsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListAccountsResponse(_message.Message):
    __slots__ = ("accounts",)
    ACCOUNTS_FIELD_NUMBER: _ClassVar[int]
    accounts: _containers.RepeatedCompositeFieldContainer[Account]
    def __init__(self, accounts: _Optional[_Iterable[_Union[Account, _Mapping]]] = ...) -> None: ...

class RemoveAccountRequest(_message.Message):
    __slots__ = ("user_id",)
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    def __init__(self, user_id: _Optional[str] = ...) -> None: ...
