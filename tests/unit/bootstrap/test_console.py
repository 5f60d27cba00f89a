"""The commands that end by themselves: their exit codes tell what kind of trouble there was."""

from __future__ import annotations

from typer.testing import CliRunner

from twitchbot.bootstrap.console import app
from twitchbot.bootstrap.exits import UNAVAILABLE


def test_a_migration_of_a_database_that_is_away_ends_with_one_sentence() -> None:
    # Nobody may listen on port 1 without being root, and root does not.
    environment = {"DATABASE_URL": "postgresql://someone:CANARY@127.0.0.1:1/name"}

    result = CliRunner().invoke(app, ["migrate"], env=environment)

    assert result.exit_code == UNAVAILABLE
    assert "can't be reached" in result.stderr
    assert "CANARY" not in result.output
