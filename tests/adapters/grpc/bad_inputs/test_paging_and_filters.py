"""Group F: limits, offsets, page tokens and orders."""

from __future__ import annotations

import base64

import pytest

from tests.adapters.grpc.bad_inputs.cases import BadInput, assert_refused, each
from tests.support.builders import a_new_message, a_viewer
from tests.support.grpc_calls import Caller
from tests.support.rows import add_messages, add_viewers
from twitchbot.adapters.sql.unit_of_work import SqlDatabase
from twitchbot.api.clip_service_pb2 import ListClipsRequest
from twitchbot.api.message_service_pb2 import ListMessagesRequest
from twitchbot.api.viewer_service_pb2 import ListViewersRequest

LIST_MESSAGES = "MessageService/ListMessages"
LIST_VIEWERS = "ViewerService/ListViewers"


def ordered(number: str, order_by: str) -> BadInput:
    return BadInput(number, LIST_VIEWERS, ListViewersRequest(order_by=order_by), "order_by")


def turned(number: str, token: str) -> BadInput:
    return BadInput(number, LIST_VIEWERS, ListViewersRequest(page_token=token), "page_token")


@each(
    BadInput("140 limit -1", LIST_MESSAGES, ListMessagesRequest(limit=-1), "limit"),
    BadInput("157 offset -1", LIST_MESSAGES, ListMessagesRequest(offset=-1), "offset"),
    turned("143 token x", "x"),
    turned("146 made-up token", base64.urlsafe_b64encode(bytes(60)).decode()),
    turned("148 token of 10 KB", "A" * 10_000),
    turned("149 token with SQL", "' OR 1=1; DROP TABLE viewers --"),
    ordered("150 order with SQL", "last_seen; drop table x"),
    ordered("151 unlisted order", "password"),
    ordered("152 two orders", "last_seen desc, last_seen asc"),
    ordered("153 order in upper case", "LAST_SEEN DESC"),
    ordered("154 order of 10 KB", "x" * 10_000),
    BadInput(
        "151 unlisted order of clips",
        "ClipService/ListClips",
        ListClipsRequest(order_by="last_seen"),
        "order_by",
    ),
)
async def test_it_is_refused(call: Caller, bad: BadInput) -> None:
    await assert_refused(call, bad)


async def test_151_the_allowed_orders_are_named(call: Caller) -> None:
    refused = await call.refused(LIST_VIEWERS, ListViewersRequest(order_by="password"))

    assert refused.violations["order_by"] == (
        "must be one of last_seen, first_seen, total_messages, total_streams_watched"
    )


@pytest.mark.parametrize(
    ("limit", "rows"), [(0, 50), (2**31 - 1, 60)], ids=["141 limit 0", "142 largest limit"]
)
async def test_a_limit_is_the_default_or_capped(
    call: Caller, sqlite_database: SqlDatabase, limit: int, rows: int
) -> None:
    await add_messages(sqlite_database, *(a_new_message() for _ in range(60)))

    page = await call(LIST_MESSAGES, ListMessagesRequest(limit=limit))

    assert (len(page.messages), page.total) == (rows, 60)


async def test_157_an_offset_beyond_the_end_finds_nothing(call: Caller) -> None:
    page = await call(LIST_MESSAGES, ListMessagesRequest(offset=2**31 - 1, limit=1000))

    assert (list(page.messages), page.next_page_token) == ([], "")


async def test_144_a_token_of_another_filter_is_refused(
    call: Caller, sqlite_database: SqlDatabase
) -> None:
    await add_viewers(
        sqlite_database, a_viewer(twitch_id="1"), a_viewer(twitch_id="2"), a_viewer(twitch_id="3")
    )
    first = await call(LIST_VIEWERS, ListViewersRequest(limit=1))
    token = first.next_page_token

    # The default order by its name is the same list.
    same = ListViewersRequest(limit=2, order_by="last_seen", page_token=token)
    assert len((await call(LIST_VIEWERS, same)).viewers) == 2

    other = ListViewersRequest(limit=1, order_by="first_seen", page_token=token)
    await assert_refused(call, BadInput("144", LIST_VIEWERS, other, "page_token"))
