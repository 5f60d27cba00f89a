"""The folders keep to the rules that imports, packaging and newcomers rely on."""

import cmd
import importlib
import os
import pdb
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pathspec import GitIgnoreSpec

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = sorted(ROOT.glob("cmd/*/__main__.py"))
PROTOS = sorted(ROOT.glob("api/twitchbot/api/*.proto"))

# What names a machine, or a host that serves packages. The brackets keep this file from finding itself.
FORBIDDEN = re.compile(
    r"(?<![\w.-])/(?:[w]ork|[r]oot|[h]ome/[a-z]|[U]sers/[A-Za-z])\b"
    r"|[p]ypi\.org|[p]ythonhosted|[n]pmjs\.|[i]ndex-url *="
)


def project_files() -> Iterator[Path]:
    """Yield what git would track. Asking git itself would need git, and a clone; an archive has neither."""
    ignored = GitIgnoreSpec.from_lines([".git/", *(ROOT / ".gitignore").read_text().splitlines()])
    for folder, folders, names in os.walk(ROOT):
        here = Path(folder).relative_to(ROOT)
        folders[:] = [name for name in folders if not ignored.match_file(f"{here / name}/")]
        yield from (ROOT / here / name for name in names if not ignored.match_file(here / name))


def test_cmd_is_no_package() -> None:
    assert not list(ROOT.glob("cmd/**/__init__.py"))
    assert not (ROOT / "internal" / "__init__.py").exists()


def test_the_standard_library_still_finds_its_own_cmd() -> None:
    assert issubclass(pdb.Pdb, cmd.Cmd)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.parent.name)
def test_a_program_is_at_most_ten_lines(program: Path) -> None:
    assert len(program.read_text(encoding="utf-8").splitlines()) <= 10
    assert program.parent.name.isidentifier()


def test_there_are_programs_and_protos() -> None:
    assert PROGRAMS
    assert PROTOS


@pytest.mark.parametrize("proto", PROTOS, ids=lambda path: path.stem)
def test_generated_code_is_part_of_the_project(proto: Path) -> None:
    names = {path.name for path in project_files()}
    suffixes = ["_pb2.py", "_pb2.pyi"]
    if proto.stem.endswith("_service"):
        suffixes += ["_pb2_grpc.py", "_pb2_grpc.pyi"]

    assert {f"{proto.stem}{suffix}" for suffix in suffixes} <= names


def test_no_file_names_a_machine_or_a_package_host() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in project_files()
        for match in FORBIDDEN.finditer(path.read_bytes().decode("utf-8", "replace"))
    ]

    assert found == []


def test_every_module_has_a_docstring_and_can_be_imported() -> None:
    for path in sorted((ROOT / "internal").rglob("*.py")):
        name = ".".join(path.relative_to(ROOT / "internal").with_suffix("").parts)
        if name.endswith("__main__"):
            continue
        module = importlib.import_module(name.removesuffix(".__init__"))
        assert module.__doc__ or ".api." in name, name
