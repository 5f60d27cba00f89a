"""What the documentation names exists: files, headings, make targets, commands, variables, methods."""

import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from google.protobuf import json_format, message_factory

from tests.wire.proto_files import compiled, module
from twitchbot.bootstrap.console import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("[!.]*/**/*.md")])
ENV_EXAMPLE = ROOT / ".env.example"

FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
SHOUTED = re.compile(r"(?<![\w.$/-])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?![\w/]|\.\w)")
PATH = re.compile(r"^\.?\w[\w.-]*(?:/[\w.-]+)*(?:\.(?:py|sh|toml|yaml|proto|binpb|md)|/)$")
SOURCE_FILE = re.compile(r"(?<![\w.<>/-])\w+(?:/\w+)+\.py\b")
CALL = re.compile(
    r"(?:-d|--data) '(?P<body>[^']*)'[^'\n]*?twitchbot\.(?P<service>\w+)/(?P<method>\w+)"
)

# Read by the set-up and the tests, not by the service.
FOR_DEVELOPERS = {"NO_UV", "TEST_DATABASE_URL"}
STATUS_CODES = {
    "INVALID_ARGUMENT",
    "NOT_FOUND",
    "ALREADY_EXISTS",
    "FAILED_PRECONDITION",
    "RESOURCE_EXHAUSTED",
    "DEADLINE_EXCEEDED",
}


def prose_of(page: Path) -> str:
    """Return a page without its fenced code, where `#` begins no heading."""
    return FENCED.sub("", page.read_text(encoding="utf-8"))


def code_of(page: Path) -> str:
    """Return all code of a page, one piece per line at least."""
    text = page.read_text(encoding="utf-8")
    return "\n".join([*FENCED.findall(text), *INLINE.findall(FENCED.sub("", text))])


def anchors_of(page: Path) -> set[str]:
    """Return the anchors that a code host makes of a page's headings."""
    headings = HEADING.findall(prose_of(page))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in headings}


def settings() -> set[str]:
    """Return every variable of the service, other names and secret files included."""
    text = ENV_EXAMPLE.read_text(encoding="utf-8")
    names = set(re.findall(r"\b([A-Z][A-Z0-9_]*)=", text))
    return names | {f"{name}_FILE" for name in names}


def enum_values() -> set[str]:
    """Return every value of the contract's enums, with and without the enum's name before it."""
    names: set[str] = set()
    for proto in compiled():
        for enum in module(proto).DESCRIPTOR.enum_types_by_name.values():
            prefix = re.sub(r"(?<!^)(?=[A-Z])", "_", enum.name).upper() + "_"
            names |= {value.name for value in enum.values}
            names |= {value.name.removeprefix(prefix) for value in enum.values}
    return names


def links() -> Iterator[tuple[str, str]]:
    """Yield every link that leads into the project."""
    for page in PAGES:
        for target in LINK.findall(prose_of(page)):
            if not target.startswith(("https://", "http://")):
                yield name_of(page), target


@functools.cache
def paths() -> frozenset[str]:
    """Return the path of everything in the project, folders with a slash at their end."""
    inside = [
        path
        for root in ROOT.iterdir()
        if root.is_dir() and not root.name.startswith(".")
        for path in root.rglob("*")
    ]
    return frozenset(
        f"/{path.relative_to(ROOT)}{'/' if path.is_dir() else ''}"
        for path in [*ROOT.iterdir(), *inside]
    )


def name_of(page: Path) -> str:
    """Return a page's path for the test report."""
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize(("page", "target"), list(links()))
def test_a_link_leads_somewhere(page: str, target: str) -> None:
    path, _, anchor = target.partition("#")
    destination = ((ROOT / page).parent / path).resolve() if path else ROOT / page

    assert destination.exists()
    assert not anchor or anchor in anchors_of(destination)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_make_target_exists(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^## ([a-z-]+):", makefile, re.MULTILINE))

    assert set(re.findall(r"\bmake ([a-z][a-z-]*)", code_of(page))) <= targets


@pytest.mark.parametrize("page", [*PAGES, ENV_EXAMPLE], ids=name_of)
def test_a_command_exists(page: Path) -> None:
    commands = typer.main.get_group(app).commands.keys()
    text = page.read_text(encoding="utf-8") if page == ENV_EXAMPLE else code_of(page)

    assert set(
        re.findall(r"(?<![\w:/-])(?:\S*/bin/)?twitchbot (?!twitchbot\b)([a-z][a-z-]*)", text)
    ) <= set(commands)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_name_in_capitals_is_a_variable_or_a_value_of_the_contract(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    known = settings() | enum_values() | STATUS_CODES | FOR_DEVELOPERS

    assert set(SHOUTED.findall(text)) <= known


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_variable_that_is_set_in_an_example_exists(page: Path) -> None:
    assigned = set(re.findall(r"\b([A-Z][A-Z0-9_]*)=(?!\$\()", code_of(page)))
    of_make = {"ARGS", "NAME", "UPGRADE", "PYTHON"}

    assert assigned <= settings() | FOR_DEVELOPERS | of_make


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_file_or_folder_that_is_named_exists(page: Path) -> None:
    named = {name for name in INLINE.findall(prose_of(page)) if PATH.match(name)}
    named |= set(SOURCE_FILE.findall(code_of(page)))

    assert {
        name for name in named if not any(path.endswith(f"/{name}") for path in paths())
    } == set()


def calls() -> Iterator[tuple[str, str, str, str]]:
    """Yield every call that a page shows with a request."""
    for page in PAGES:
        joined = code_of(page).replace("\\\n", " ")
        for call in CALL.finditer(joined):
            yield name_of(page), call["service"], call["method"], call["body"]


@pytest.mark.parametrize(("page", "service", "method", "body"), list(calls()))
def test_a_call_is_one_of_the_contract(page: str, service: str, method: str, body: str) -> None:
    services = {
        found.name: found
        for proto in compiled()
        for found in module(proto).DESCRIPTOR.services_by_name.values()
    }
    request_type = services[service].methods_by_name[method].input_type

    request = message_factory.GetMessageClass(request_type)()

    assert json_format.ParseDict(json.loads(body), request) is request


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    pages = {page.name for page in folder.glob("[0-9]*.md")}

    assert set(LINK.findall((folder / "README.md").read_text(encoding="utf-8"))) == pages
