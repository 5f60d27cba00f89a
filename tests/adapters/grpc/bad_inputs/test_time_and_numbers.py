"""Group G: times that are none, and numbers out of bounds."""

from __future__ import annotations

import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from tests.adapters.grpc.bad_inputs.cases import BadInput, assert_refused, each
from tests.support.builders import a_new_message
from tests.support.grpc_calls import Caller
from tests.support.rows import add_messages
from twitchbot.adapters.sql.unit_of_work import SqlDatabase
from twitchbot.api.clip_service_pb2 import CreateClipRequest, UpdateClipRequest
from twitchbot.api.command_service_pb2 import CreateCommandRequest
from twitchbot.api.message_service_pb2 import ListMessagesRequest, SearchMessagesRequest
from twitchbot.api.stream_service_pb2 import UpdateStreamRequest
from twitchbot.domain.ids import CHAT_ONLY_STREAM_ID

LIST_MESSAGES = "MessageService/ListMessages"
YEAR_0_S = -62_167_219_200
YEAR_9999_S = 253_402_300_799
IN_2010_S, IN_2100_S = 1_262_304_000, 4_102_444_800
CHAT_ONLY = str(CHAT_ONLY_STREAM_ID)


def since(number: str, **time: int) -> BadInput:
    request = ListMessagesRequest(sent_from=Timestamp(**time))
    return BadInput(number, LIST_MESSAGES, request, "sent_from")


def cooling(number: str, seconds: int) -> BadInput:
    request = CreateCommandRequest(name="!x", response="x", cooldown_seconds=seconds)
    return BadInput(number, "CommandService/CreateCommand", request, "cooldown_seconds")


@each(
    since("159 nanos 2e9", nanos=2_000_000_000),
    since("160 nanos -1", nanos=-1),
    since("161 seconds 2^62", seconds=2**62),
    since("162 year 0", seconds=YEAR_0_S),
    since("162 year 10000", seconds=YEAR_9999_S + 1),
    BadInput(
        "161 when a clip was made",
        "ClipService/CreateClip",
        CreateClipRequest(twitch_clip_id="x", created_at_twitch=Timestamp(seconds=-(2**62))),
        "created_at_twitch",
    ),
    BadInput(
        "164 from after to",
        "MessageService/SearchMessages",
        SearchMessagesRequest(
            query="x", sent_from=Timestamp(seconds=2), sent_to=Timestamp(seconds=1)
        ),
        "sent_from",
    ),
    BadInput(
        "174 negative views",
        "ClipService/UpdateClip",
        UpdateClipRequest(id=CHAT_ONLY, view_count=-1),
        "view_count",
    ),
    BadInput(
        "174 smallest peak",
        "StreamService/UpdateStream",
        UpdateStreamRequest(id=CHAT_ONLY, peak_viewers=-(2**31)),
        "peak_viewers",
    ),
    cooling("194 cooldown -1", -1),
    cooling("194 cooldown 10^9", 10**9),
)
async def test_it_is_refused(call: Caller, bad: BadInput) -> None:
    await assert_refused(call, bad)


@pytest.mark.parametrize(
    ("begin_s", "end_s"),
    [
        pytest.param(YEAR_9999_S, YEAR_9999_S, id="163 year 9999"),
        pytest.param(1_700_000_000, 1_700_000_000, id="165 from is to"),
        pytest.param(-62_135_596_800, IN_2010_S, id="167 before Twitch"),
        pytest.param(IN_2100_S, YEAR_9999_S, id="168 in the future"),
    ],
)
@pytest.mark.parametrize("method", ["ListMessages", "SearchMessages"])
async def test_a_range_without_messages_is_empty(
    call: Caller, sqlite_database: SqlDatabase, method: str, begin_s: int, end_s: int
) -> None:
    await add_messages(sqlite_database, a_new_message(text="x"))
    request_type = ListMessagesRequest if method == "ListMessages" else SearchMessagesRequest
    request = request_type(
        sent_from=Timestamp(seconds=begin_s), sent_to=Timestamp(seconds=end_s, nanos=999_999_999)
    )
    if isinstance(request, SearchMessagesRequest):
        request.query = "x"

    page = await call(f"MessageService/{method}", request)

    assert (len(page.messages), page.total) == (0, 0)


async def test_174_a_number_cut_off_by_protobuf_is_the_default_and_never_all(
    call: Caller, sqlite_database: SqlDatabase
) -> None:
    await add_messages(sqlite_database, *(a_new_message() for _ in range(60)))
    limit_2_to_the_40 = b"\x18\x80\x80\x80\x80\x80\x40"

    page = await call(LIST_MESSAGES, limit_2_to_the_40)

    assert len(page.messages) == 50
