"""Every ErrorInfo.reason has a good name, a status and a row in the documentation."""

from __future__ import annotations

import re

import grpc

from tests.wire.proto_comments import comments, places
from tests.wire.proto_files import ROOT, compiled
from twitchbot.api.error_reason_pb2 import ErrorReason

FILE = compiled()["twitchbot/api/error_reason.proto"]
PREFIX = "ERROR_REASON_"
NAMES = [value.name for enum in FILE.enum_type for value in enum.value]
REASONS = [name.removeprefix(PREFIX) for name in NAMES if name != f"{PREFIX}UNSPECIFIED"]


def statuses_in_the_comments() -> dict[str, str]:
    texts = comments(FILE)
    by_name = {name: texts[path] for name, path in places(FILE)}
    return {
        reason: by_name[f"ErrorReason.{PREFIX}{reason}"].partition(":")[0] for reason in REASONS
    }


def statuses_in_the_documentation() -> dict[str, str]:
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([A-Z_]+)` \| ([A-Z_]+) \|", text, re.MULTILINE)
    assert len({reason for reason, _ in rows}) == len(rows)
    return dict(rows)


def test_every_reason_has_a_name_of_its_own_in_upper_snake_case() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert [name for name in NAMES if not re.fullmatch(rf"{PREFIX}[A-Z]+(_[A-Z]+)*", name)] == []


def test_the_numbers_of_the_reasons_have_no_holes() -> None:
    assert sorted(ErrorReason.values()) == list(range(len(NAMES)))


def test_the_comment_of_a_reason_begins_with_its_status() -> None:
    assert set(statuses_in_the_comments().values()) <= set(grpc.StatusCode.__members__)


def test_the_documentation_lists_every_reason_with_its_status() -> None:
    assert statuses_in_the_documentation() == statuses_in_the_comments()
