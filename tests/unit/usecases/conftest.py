"""What use cases work with: a real database, a clock that stands still, the router of streams."""

from __future__ import annotations

import pytest

from tests.support.fakes import FixedClock
from twitchbot.usecases.ports.unit_of_work import Database
from twitchbot.usecases.streams.stream_router import StreamRouter


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """SQLite alone: that both databases behave alike is proven where the repositories are."""
    return sqlite_database


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def router() -> StreamRouter:
    return StreamRouter()
