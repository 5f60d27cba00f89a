"""An hour of a large channel list, in a minute."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.conftest import Report
from tests.support.databases import KINDS, PostgresServer
from tests.support.load_run import LoadPlan, load_run

PLAN = LoadPlan(channels=100, rate=1000, seconds=60)


@pytest.mark.timeout(400)
@pytest.mark.parametrize("kind", KINDS)
async def test_a_thousand_messages_a_second_are_stored_once_and_in_their_place(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest, report: Report
) -> None:
    if kind == "sqlite":
        figures = await load_run(tmp_path, PLAN)
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        with server.database() as url:
            figures = await load_run(tmp_path, PLAN, url)
    report(f"{kind}: {figures}")
    assert figures.memory_peak_mb < 300
    assert figures.p99_ms < 50
