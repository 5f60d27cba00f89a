"""The commands that end by themselves: their exit codes tell what kind of trouble there was."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from twitchbot.bootstrap.console import app
from twitchbot.bootstrap.exits import UNAVAILABLE
from twitchbot.cli import health


def test_a_migration_of_a_database_that_is_away_ends_with_one_sentence() -> None:
    # Nobody may listen on port 1 without being root, and root does not.
    environment = {"DATABASE_URL": "postgresql://someone:CANARY@127.0.0.1:1/name"}

    result = CliRunner().invoke(app, ["migrate"], env=environment)

    assert result.exit_code == UNAVAILABLE
    assert "can't be reached" in result.stderr
    assert "CANARY" not in result.output


@pytest.mark.parametrize(
    ("host", "asked"),
    [
        ("127.0.0.1", "http://127.0.0.1:8083"),
        ("0.0.0.0", "http://127.0.0.1:8083"),
        ("10.1.2.3", "http://10.1.2.3:8083"),
        ("::", "http://[::1]:8083"),
        ("fd00::1", "http://[fd00::1]:8083"),
    ],
)
def test_health_asks_where_the_service_listens(
    monkeypatch: pytest.MonkeyPatch, host: str, asked: str
) -> None:
    addresses: list[str] = []

    def is_ready(url: str) -> bool:
        addresses.append(url)
        return True

    monkeypatch.setattr(health, "is_ready", is_ready)

    result = CliRunner().invoke(app, ["health"], env={"HOST": host, "PORT": "8083"})

    assert result.exit_code == 0
    assert addresses == [asked]
