"""Limits, and tokens that continue a list: good for one list, one day, and nobody's invention."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from tests.support.fakes import FixedClock
from twitchbot.adapters.grpc.paging import MAX_ANSWER_BYTES, ListRequest, PageTokens, Paging
from twitchbot.api.message_service_pb2 import (
    ListMessagesRequest,
    ListMessagesResponse,
    Message,
    SearchMessagesRequest,
)
from twitchbot.api.viewer_service_pb2 import ListViewersRequest, ListViewersResponse
from twitchbot.domain.errors import InvalidInputError
from twitchbot.domain.page import Cursor, Page, PageRequest

PLACE: Cursor = (1_700_000_000_123, "Ünï", "0198f3a2-5b1c-7d3e-8f40-1a2b3c4d5e6f")


class Lister:
    """Lists nothing, remembers what was asked for, and says where the next page begins."""

    def __init__(self, clock: FixedClock | None = None, key: bytes = b"key") -> None:
        self.paging = Paging(PageTokens(key, clock or FixedClock()))
        self.asked: list[PageRequest] = []

    async def page(self, request: ListRequest, following: Cursor | None = None) -> str:
        """Return the token of the next page."""

        async def fetch(page: PageRequest) -> Page[str]:
            self.asked.append(page)
            return Page(items=(), total=0, next=following)

        answer = await self.paging.answer(
            request, fetch, lambda _, token: ListViewersResponse(next_page_token=token)
        )
        return answer.next_page_token


async def violation(lister: Lister, request: ListRequest) -> str:
    with pytest.raises(InvalidInputError) as caught:
        await lister.page(request)
    assert caught.value.field == "page_token"
    return caught.value.description


@pytest.mark.parametrize(
    ("asked", "given"), [(0, 20), (1, 1), (1000, 1000), (1001, 1000), (2**31 - 1, 1000)]
)
async def test_a_limit_is_clamped_and_zero_means_the_default(asked: int, given: int) -> None:
    lister = Lister()

    await lister.page(ListViewersRequest(limit=asked, offset=2**31 - 1))

    assert lister.asked == [PageRequest(limit=given, offset=2**31 - 1)]


async def test_a_token_leads_to_the_place_it_was_made_for_and_wins_over_the_offset() -> None:
    lister = Lister()
    token = await lister.page(ListViewersRequest(limit=5), PLACE)

    await lister.page(ListViewersRequest(limit=7, offset=3, page_token=token))

    assert lister.asked[-1] == PageRequest(limit=7, after=PLACE)


async def test_there_is_no_token_after_the_last_page() -> None:
    assert await Lister().page(ListViewersRequest()) == ""


async def test_a_token_of_another_filter_is_refused() -> None:
    lister = Lister()
    token = await lister.page(ListViewersRequest(order_by="last_seen"), PLACE)

    request = ListViewersRequest(order_by="first_seen", page_token=token)

    assert await violation(lister, request) == "does not belong to this list"


async def test_a_token_of_another_method_is_refused() -> None:
    lister = Lister()
    token = await lister.page(ListMessagesRequest(), PLACE)

    request = SearchMessagesRequest(page_token=token)

    assert await violation(lister, request) == "does not belong to this list"


async def test_a_token_signed_with_another_key_is_refused() -> None:
    token = await Lister(key=b"old").page(ListViewersRequest(), PLACE)

    request = ListViewersRequest(page_token=token)

    assert await violation(Lister(key=b"new"), request) == "does not belong to this list"


async def test_a_token_ends_after_a_day() -> None:
    clock = FixedClock()
    lister = Lister(clock)
    request = ListViewersRequest(page_token=await lister.page(ListViewersRequest(), PLACE))

    clock.move(timedelta(hours=24))
    await lister.page(request)
    clock.move(timedelta(seconds=2))

    assert "has expired" in await violation(lister, request)


async def test_no_single_changed_character_is_overlooked() -> None:
    lister = Lister()
    token = await lister.page(ListViewersRequest(), PLACE)

    for at, character in enumerate(token):
        other = "B" if character == "A" else "A"
        changed = token[:at] + other + token[at + 1 :]
        assert await violation(lister, ListViewersRequest(page_token=changed))


@pytest.mark.parametrize("token", ["x", "=", "ä", "' OR 1=1 --", "A" * 48, "A" * 1024, "a\n"])
async def test_what_never_was_a_token_is_refused(token: str) -> None:
    assert await violation(Lister(), ListViewersRequest(page_token=token))


async def test_a_page_is_shortened_until_its_rows_fit_into_one_answer() -> None:
    row = Message(message="x" * 12_000)
    asked: list[int] = []

    async def fetch(page: PageRequest) -> Page[Message]:
        asked.append(page.limit)
        return Page(items=[row] * page.limit, total=5000, next=(page.limit,))

    def encode(page: Page[Message], token: str) -> ListMessagesResponse:
        rows: Sequence[Message] = page.items
        return ListMessagesResponse(messages=rows, total=page.total, next_page_token=token)

    answer = await Lister().paging.answer(ListMessagesRequest(limit=1000), fetch, encode)

    assert asked == [1000, 500, 250]
    assert len(answer.messages) == 250
    assert answer.ByteSize() <= MAX_ANSWER_BYTES
