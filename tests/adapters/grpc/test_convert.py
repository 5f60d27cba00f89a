"""Whatever is stored can be told, and nothing of it is lost on the way."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from google.protobuf.message import Message

from tests.support.builders import (
    NOON,
    a_channel_viewer,
    a_clip,
    a_command,
    a_message,
    a_stream,
    a_viewer,
    an_account,
)
from twitchbot.adapters.grpc.convert.account import STATES as LOGIN_STATES
from twitchbot.adapters.grpc.convert.account import to_account, to_login, to_started_login
from twitchbot.adapters.grpc.convert.bot import PROBLEMS, SENTENCES, STATES, to_channels
from twitchbot.adapters.grpc.convert.clip import to_clip
from twitchbot.adapters.grpc.convert.command import to_command
from twitchbot.adapters.grpc.convert.message import to_message
from twitchbot.adapters.grpc.convert.stream import to_stream
from twitchbot.adapters.grpc.convert.values import to_int32
from twitchbot.adapters.grpc.convert.viewer import to_channel_viewer, to_viewer
from twitchbot.api import bot_service_pb2 as bot
from twitchbot.api.account_service_pb2 import DeviceLoginState as LoginStateOnTheWire
from twitchbot.domain.channel import ChannelProblem, ChannelState, ChannelStatus
from twitchbot.domain.device_login import DeviceLogin, DeviceLoginState
from twitchbot.domain.ids import new_id
from twitchbot.domain.message import StoredMessage
from twitchbot.domain.stream import EndedReason
from twitchbot.usecases.bot.read import ChannelList

EARLIEST = datetime.min.replace(tzinfo=UTC)
LATEST = datetime.max.replace(tzinfo=UTC)
ODD_TEXT = "NUL-free \uffff \u202e \U0001f468\u200d\U0001f469 e\u0301"


def extreme(value: object, annotation: str) -> object:
    """Return the value that is hardest to convert for a field of this kind."""
    if annotation.startswith("int"):
        return 2**62
    if annotation.startswith("str"):
        return ODD_TEXT
    if annotation.startswith("datetime"):
        return LATEST
    return value


def at_its_worst(thing: Any) -> Any:
    fields = {field.name: str(field.type) for field in dataclasses.fields(thing)}
    return dataclasses.replace(
        thing, **{name: extreme(getattr(thing, name), kind) for name, kind in fields.items()}
    )


@pytest.mark.parametrize(
    ("thing", "convert"),
    [
        (a_stream(), to_stream),
        (a_viewer(), to_viewer),
        (a_channel_viewer(), to_channel_viewer),
        (a_clip(), to_clip),
        (a_command(), to_command),
        (an_account(), to_account),
    ],
    ids=lambda value: type(value).__name__,
)
def test_no_stored_value_is_too_large_to_be_told(thing: Any, convert: Any) -> None:
    told: Message = convert(at_its_worst(thing))

    numbers = [
        getattr(told, field.name)
        for field in told.DESCRIPTOR.fields
        if field.type == field.TYPE_INT32
    ]
    assert set(numbers) <= {2**31 - 1}
    assert type(told).FromString(told.SerializeToString()) == told


def test_a_message_keeps_everything_that_was_said() -> None:
    said = a_message(
        bits=2**40,
        text=ODD_TEXT,
        tags={"flags": "", "client-nonce": "1"},
        sent_ms=1_772_366_400_123,
        received_us=1_772_366_400_123_456,
        sent_ms_estimated=True,
        is_lead_moderator=True,
        source_channel_id="7",
    )
    stored = StoredMessage(
        id=new_id(), stream_id=new_id(), message=said, deleted_at=NOON, deleted_by="mod"
    )

    told = to_message(stored)

    assert (told.id, told.stream_id) == (str(stored.id), str(stored.stream_id))
    assert (told.message, told.bits, told.deleted_by) == (ODD_TEXT, 2**31 - 1, "mod")
    assert (told.sent_at.seconds, told.sent_at.nanos) == (1_772_366_400, 123_000_000)
    assert told.received_at.nanos == told.created_at.nanos == 123_456_000
    assert dict(told.tags) == {"flags": "", "client-nonce": "1"}
    assert told.sent_at_estimated
    assert told.is_lead_moderator
    assert told.source_channel_id == "7"


@pytest.mark.parametrize("sent_ms", [0, -1, 253_402_300_799_999])
def test_a_message_may_have_been_sent_at_any_time(sent_ms: int) -> None:
    stored = StoredMessage(
        id=new_id(), stream_id=new_id(), message=a_message(sent_ms=sent_ms, received_us=sent_ms)
    )

    told = to_message(stored)

    assert told.sent_at.ToMilliseconds() == sent_ms


@pytest.mark.parametrize("at", [EARLIEST, NOON + timedelta(microseconds=1), LATEST])
def test_a_moment_keeps_its_microseconds(at: datetime) -> None:
    told = to_stream(a_stream(ended_at=at, ended_reason=EndedReason.API))

    assert told.ended_at.ToDatetime(UTC) == at
    assert told.ended_reason == "api"


@pytest.mark.parametrize(("count", "told"), [(0, 0), (-(2**40), -(2**31)), (2**31, 2**31 - 1)])
def test_a_count_beyond_32_bits_becomes_the_nearest_number(count: int, told: int) -> None:
    assert to_int32(count) == told


def test_every_state_and_problem_has_a_name_on_the_wire() -> None:
    assert set(STATES) == set(ChannelState)
    assert set(PROBLEMS) == set(SENTENCES) == {None, *ChannelProblem}
    assert set(LOGIN_STATES) == set(DeviceLoginState)
    assert len(set(STATES.values())) == len(bot.ChannelState.keys()) - 1
    assert len(set(PROBLEMS.values())) == len(bot.ChannelProblem.keys())
    assert len(set(LOGIN_STATES.values())) == len(LoginStateOnTheWire.keys()) - 1


def test_channels_are_told_in_the_order_they_were_wanted_also_those_not_heard_of_yet() -> None:
    listed = ChannelList(
        channels=["first", "second"],
        primary_channel="first",
        statuses=[ChannelStatus(channel="second", state=ChannelState.REFUSED, detail="no")],
    )

    told = to_channels(listed)

    assert [(one.channel, one.state, one.detail) for one in told.statuses] == [
        ("first", bot.CHANNEL_STATE_JOINING, ""),
        ("second", bot.CHANNEL_STATE_REFUSED, "no"),
    ]


def test_a_login_shows_its_account_once_it_is_granted() -> None:
    login = DeviceLogin(
        login_id="1", user_code="AB", verification_uri="x", expires_at=NOON, interval_seconds=5
    )

    pending = to_login(login)
    granted = to_login(
        dataclasses.replace(login, state=DeviceLoginState.GRANTED, account=an_account())
    )

    assert to_started_login(login).expires_at.ToDatetime(UTC) == NOON
    assert not pending.HasField("account")
    assert granted.account.login == an_account().login
