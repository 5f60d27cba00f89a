"""Odd answers of Helix that the simulator does not give."""

import json
from datetime import UTC, datetime

import pytest

from twitchbot.adapters.twitch.helix.models import (
    MAX_COUNT,
    Item,
    chatter_of,
    cursor_of,
    items_of,
    live_stream_of,
)
from twitchbot.adapters.twitch.web_client import WebAnswer
from twitchbot.domain.errors import UnavailableError

STREAM: Item = {
    "id": "40952121085",
    "user_id": "2001",
    "user_login": "Chan",
    "title": "a\u0000b",
    "game_id": "32982",
    "game_name": "Celeste",
    "viewer_count": 1490,
    "started_at": "2021-03-10T03:18:11Z",
}


def answer(content: object, status: int = 200) -> WebAnswer:
    return WebAnswer(status=status, headers={}, body=json.dumps(content).encode())


def test_a_stream_is_read_with_what_cannot_be_stored_replaced() -> None:
    stream = live_stream_of(STREAM)

    assert stream is not None
    assert (stream.channel, stream.title, stream.viewer_count) == ("chan", "a\ufffdb", 1490)
    assert stream.started_at == datetime(2021, 3, 10, 3, 18, 11, tzinfo=UTC)


@pytest.mark.parametrize("started_at", ["2021-03-10T03:18:11.5Z", "2021-03-10T04:18:11.500+01:00"])
def test_times_may_have_fractions_and_zones(started_at: str) -> None:
    stream = live_stream_of({**STREAM, "started_at": started_at})

    assert stream is not None
    assert stream.started_at == datetime(2021, 3, 10, 3, 18, 11, 500_000, tzinfo=UTC)


@pytest.mark.parametrize("missing", ["id", "user_id", "started_at"])
def test_a_stream_that_lacks_what_makes_it_one_is_left_out(missing: str) -> None:
    assert live_stream_of({**STREAM, missing: ""}) is None
    assert (
        live_stream_of({name: value for name, value in STREAM.items() if name != missing}) is None
    )


@pytest.mark.parametrize(
    ("told", "taken"), [(-1, 0), (10**12, MAX_COUNT), (None, 0), ("7", 0), (1.5, 0)]
)
def test_viewers_are_a_number_that_can_be_stored(told: object, taken: int) -> None:
    stream = live_stream_of({**STREAM, "viewer_count": told})

    assert stream is not None
    assert stream.viewer_count == taken


def test_a_chatter_without_a_display_name_is_shown_by_the_login() -> None:
    chatter = chatter_of({"user_id": "3001", "user_login": "Viewer1", "user_name": ""})

    assert chatter is not None
    assert (chatter.username, chatter.display_name) == ("viewer1", "viewer1")
    assert chatter_of({"user_id": "3001"}) is None
    assert chatter_of({"user_login": "viewer1"}) is None


@pytest.mark.parametrize("content", [{}, {"data": None}, {"data": {}}, [], "text"])
def test_an_answer_without_a_list_is_none(content: object) -> None:
    with pytest.raises(UnavailableError):
        items_of(answer(content))


def test_items_that_are_no_objects_are_left_out() -> None:
    assert items_of(answer({"data": [1, None, {"id": "1"}]})) == [{"id": "1"}]


@pytest.mark.parametrize(
    ("pagination", "cursor"), [({"cursor": "next"}, "next"), ({}, ""), (None, ""), ([], "")]
)
def test_a_cursor_is_found_where_there_is_one(pagination: object, cursor: str) -> None:
    assert cursor_of(answer({"data": [], "pagination": pagination})) == cursor
