"""Accounts and their logins on the wire, without any token."""

from __future__ import annotations

from collections.abc import Mapping

from twitchbot.adapters.grpc.convert.values import to_int32, to_timestamp, to_timestamp_or_none
from twitchbot.api import account_service_pb2 as pb
from twitchbot.domain.account import Account
from twitchbot.domain.device_login import DeviceLogin, DeviceLoginState

STATES: Mapping[DeviceLoginState, pb.DeviceLoginState] = {
    DeviceLoginState.PENDING: pb.DEVICE_LOGIN_STATE_PENDING,
    DeviceLoginState.GRANTED: pb.DEVICE_LOGIN_STATE_GRANTED,
    DeviceLoginState.DENIED: pb.DEVICE_LOGIN_STATE_DENIED,
    DeviceLoginState.EXPIRED: pb.DEVICE_LOGIN_STATE_EXPIRED,
}


def to_account(account: Account) -> pb.Account:
    """Convert an account; its tokens stay here."""
    return pb.Account(
        user_id=account.user_id,
        login=account.login,
        scopes=sorted(account.scopes),
        expires_at=to_timestamp_or_none(account.expires_at),
        need_reauth=account.need_reauth,
        last_error=account.last_error,
        created_at=to_timestamp(account.created_at),
        updated_at=to_timestamp(account.updated_at),
        refreshed_at=to_timestamp_or_none(account.refreshed_at),
    )


def to_started_login(login: DeviceLogin) -> pb.StartDeviceLoginResponse:
    """Convert what a person needs to log in."""
    return pb.StartDeviceLoginResponse(
        login_id=login.login_id,
        user_code=login.user_code,
        verification_uri=login.verification_uri,
        expires_at=to_timestamp(login.expires_at),
        interval_seconds=to_int32(login.interval_seconds),
    )


def to_login(login: DeviceLogin) -> pb.GetDeviceLoginResponse:
    """Convert how far a login is."""
    return pb.GetDeviceLoginResponse(
        state=STATES[login.state],
        account=None if login.account is None else to_account(login.account),
    )
