"""Group C: ids, logins and channels that are none."""

from __future__ import annotations

import grpc
import pytest

from tests.adapters.grpc.bad_inputs.cases import (
    NOT_FOUND,
    BadInput,
    assert_refused,
    assert_shows_nothing_inside,
    each,
)
from tests.support.builders import CHANNEL, USER_ID, a_new_message
from tests.support.grpc_calls import Caller
from tests.support.rows import add_joined_channel, add_messages
from twitchbot.adapters.sql.unit_of_work import SqlDatabase
from twitchbot.api.account_service_pb2 import StartDeviceLoginRequest
from twitchbot.api.bot_service_pb2 import (
    JoinChannelRequest,
    LeaveChannelRequest,
    SendMessageRequest,
)
from twitchbot.api.channel_viewer_service_pb2 import GetChannelViewerRequest
from twitchbot.api.common_pb2 import IdRequest
from twitchbot.api.message_service_pb2 import ListMessagesRequest
from twitchbot.api.viewer_service_pb2 import GetViewerByTwitchIdRequest

GET_CHANNEL_VIEWER = "ChannelViewerService/GetChannelViewer"
UNKNOWN_ID = "0198f3a2-5b1c-7d3e-8f40-1a2b3c4d5e6f"


def joined(number: str, channel: str) -> BadInput:
    request = JoinChannelRequest(channel=channel)
    return BadInput(number, "BotService/JoinChannel", request, "channel")


def written_by(number: str, twitch_id: str) -> BadInput:
    request = GetViewerByTwitchIdRequest(twitch_id=twitch_id)
    return BadInput(number, "ViewerService/GetViewerByTwitchId", request, "twitch_id")


def got(number: str, entity_id: str) -> BadInput:
    return BadInput(number, "StreamService/GetStream", IdRequest(id=entity_id), "id")


@each(
    joined("47 empty channel", ""),
    joined("50 26 characters", "x" * 26),
    joined("51 space", "a b"),
    joined("52 comma", "a,b"),
    joined("53 second line", "chan\r\nPART #x"),
    joined("54 trailing parameter", "chan :x"),
    joined("55 path", "../x"),
    joined("56 the zero that parts all", "0"),
    written_by("57 negative", "-1"),
    written_by("58 zero", "0"),
    written_by("59 exponent", "1e5"),
    written_by("60 spaces", " 12 "),
    written_by("61 20 digits", "9" * 20),
    written_by("61 beyond 63 bits", str(2**63)),
    written_by("62 arabic digits", "\u0661\u0662"),
    got("63 no UUID", "not-a-uuid"),
    got("63 129 characters", "a" * 129),
    BadInput(
        "63 in a filter",
        "MessageService/ListMessages",
        ListMessagesRequest(stream_id="x"),
        "stream_id",
    ),
    BadInput(
        "67 101 entries",
        "AccountService/StartDeviceLogin",
        StartDeviceLoginRequest(scopes=["chat:read"] * 101),
        "scopes",
    ),
)
async def test_it_is_refused(call: Caller, bad: BadInput) -> None:
    await assert_refused(call, bad)


@pytest.mark.parametrize(
    "channel", [f"#{CHANNEL}", CHANNEL.upper()], ids=["48 with #", "49 upper case"]
)
async def test_a_channel_is_normalised(
    call: Caller, sqlite_database: SqlDatabase, channel: str
) -> None:
    await add_joined_channel(sqlite_database)
    await add_messages(sqlite_database, a_new_message())

    found = await call(
        GET_CHANNEL_VIEWER, GetChannelViewerRequest(channel=channel, twitch_id=USER_ID)
    )

    assert found.viewer.channel == CHANNEL


async def test_47_without_any_channel_there_is_none_to_speak_in(call: Caller) -> None:
    refused = await call.refused("BotService/SendMessage", SendMessageRequest(message="hi"))

    assert_shows_nothing_inside(refused)
    assert (refused.code, refused.reason) == (
        grpc.StatusCode.FAILED_PRECONDITION,
        "CHANNEL_NOT_JOINED",
    )


@pytest.mark.parametrize(
    "method",
    [
        "StreamService/GetStream",
        "StreamService/DeleteStream",
        "StreamService/GetStreamStats",
        "MessageService/GetMessage",
        "MessageService/DeleteMessage",
        "ViewerService/GetViewer",
        "ViewerService/DeleteViewer",
        "ViewerService/GetViewerStats",
        "ClipService/GetClip",
        "ClipService/DeleteClip",
        "CommandService/GetCommand",
        "CommandService/DeleteCommand",
    ],
)
async def test_an_unknown_id_is_not_found_by_name(call: Caller, method: str) -> None:
    refused = await call.refused(method, IdRequest(id=UNKNOWN_ID))

    noun = method.partition("Service")[0].upper()
    assert_shows_nothing_inside(refused)
    assert (refused.code, refused.reason) == (NOT_FOUND, f"{noun}_NOT_FOUND")
    assert refused.metadata == {"id": UNKNOWN_ID}
    assert refused.resource == f"{noun.lower()} {UNKNOWN_ID}"


async def test_64_an_unknown_channel_is_not_found(call: Caller) -> None:
    refused = await call.refused(
        GET_CHANNEL_VIEWER, GetChannelViewerRequest(channel="nowhere", twitch_id="1")
    )

    assert_shows_nothing_inside(refused)
    assert (refused.code, refused.reason) == (NOT_FOUND, "CHANNEL_NOT_FOUND")


async def test_64_leaving_an_unknown_channel_is_an_answer(call: Caller) -> None:
    left = await call("BotService/LeaveChannel", LeaveChannelRequest(channel="nowhere"))

    assert not left.success


async def test_68_repeated_entries_count_once(call: Caller) -> None:
    request = StartDeviceLoginRequest(scopes=["chat:read", "chat:read"])

    refused = await call.refused("AccountService/StartDeviceLogin", request)

    assert refused.reason == "CLIENT_ID_MISSING"
