"""Two processes on the same data: the second says so in one sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from twitchbot.bootstrap.exits import CannotStartError
from twitchbot.bootstrap.file_lock import held


def test_a_second_holder_is_told_who_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "data" / "twitchbot.db.lock"

    with (
        held(path, "the database"),
        pytest.raises(CannotStartError, match=f"process {os.getpid()}"),
        held(path, "the database"),
    ):
        raise AssertionError("held twice")


def test_a_lock_is_free_again_after_its_holder(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with held(path, "x"):
        assert path.read_text() == f"{os.getpid()}\n"

    with held(path, "x"):
        pass


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()

    with (
        pytest.raises(CannotStartError, match=r"set DATABASE_URL or DATA_DIR"),
        held(in_the_way / "data" / "lock", "the database"),
    ):
        raise AssertionError("held what can't be there")
