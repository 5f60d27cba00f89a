"""What all tests of faults share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeAlias

import pytest

Report: TypeAlias = Callable[[str], None]


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Report:
    """Shows a figure, also of a test that passes."""

    def show(text: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{text}\n")

    return show
