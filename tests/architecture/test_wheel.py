"""The wheel holds all that an installed service needs, and nothing else."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ZipFile]:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (path,) = folder.glob("*.whl")
    with ZipFile(path) as archive:
        yield archive


def test_the_wheel_holds_every_module_and_every_migration(wheel: ZipFile) -> None:
    names = set(wheel.namelist())
    modules = {
        path.relative_to(ROOT / "internal").as_posix() for path in (ROOT / "internal").rglob("*.py")
    }
    migrations = {
        f"twitchbot/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "migrations").rglob("*.py")
    }

    assert migrations
    assert modules | migrations <= names


def test_the_wheel_says_that_it_is_typed(wheel: ZipFile) -> None:
    assert {"twitchbot/py.typed", "twitchsim/py.typed"} <= set(wheel.namelist())


def test_the_wheel_holds_nothing_but_the_two_packages(wheel: ZipFile) -> None:
    tops = {name.partition("/")[0] for name in wheel.namelist()}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"twitchbot", "twitchsim"}


def test_the_wheel_installs_one_command(wheel: ZipFile) -> None:
    (entry_points,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))

    assert wheel.read(entry_points).decode().split("\n", 1) == [
        "[console_scripts]",
        "twitchbot = twitchbot.bootstrap.console:main\n",
    ]
