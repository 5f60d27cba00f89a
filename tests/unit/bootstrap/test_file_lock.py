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
