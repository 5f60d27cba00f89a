"""A short load; the long one is among the tests of faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.databases import KINDS, PostgresServer
from tests.support.load_run import LoadPlan, load_run

# As many channels as can be joined at once.
PLAN = LoadPlan(channels=18, rate=500, seconds=4)


@pytest.mark.parametrize("kind", KINDS)
async def test_every_message_of_a_load_is_stored_once_and_in_its_place(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if kind == "sqlite":
        figures = await load_run(tmp_path, PLAN)
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        with server.database() as url:
            figures = await load_run(tmp_path, PLAN, url)
    assert figures.memory_peak_mb < 300
