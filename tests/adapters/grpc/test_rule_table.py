"""No field of any request goes unchecked: the descriptors are walked, and every rule is tried."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import pytest
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from twitchbot.adapters.grpc.rule_table import RULES
from twitchbot.adapters.grpc.services import SERVICES
from twitchbot.adapters.grpc.validation import check_for
from twitchbot.api.clip_service_pb2 import UpdateClipRequest
from twitchbot.api.command_service_pb2 import UpdateCommandRequest
from twitchbot.api.common_pb2 import DeletedFilter
from twitchbot.api.stream_service_pb2 import UpdateStreamRequest
from twitchbot.api.viewer_service_pb2 import UpdateViewerRequest
from twitchbot.domain.clip import ClipPatch
from twitchbot.domain.command import CommandPatch
from twitchbot.domain.stream import StreamPatch
from twitchbot.domain.viewer import ViewerPatch

Kind = FieldDescriptor

TIMESTAMP = "google.protobuf.Timestamp"
# Longer than any text may be, and valid in no short form.
LONG = "a" * 3000

REQUEST_TYPES = sorted(
    {GetMessageClass(method.input_type) for service in SERVICES for method in service.methods},
    key=lambda request_type: request_type.DESCRIPTOR.name,
)


@dataclass(frozen=True)
class Field:
    """A field of a request; `holds` names the message that it takes."""

    request_type: type[Message]
    name: str
    kind: int
    is_repeated: bool
    holds: str

    def __str__(self) -> str:
        return f"{self.request_type.DESCRIPTOR.name}.{self.name}"

    def is_broken_by(self, value: object) -> bool:
        """Tell whether a request with this value is refused because of this field."""
        request = self.request_type(**{self.name: [value] if self.is_repeated else value})
        return self.name in {error.field for error in check_for(self.request_type)(request)}


FIELDS = [
    Field(
        request_type,
        field.name,
        field.type,
        field.is_repeated,
        field.message_type.full_name if field.message_type else "",
    )
    for request_type in REQUEST_TYPES
    for field in request_type.DESCRIPTOR.fields
]


def every(kind: int, holds: str = "") -> pytest.MarkDecorator:
    """Run a test for each field of a kind."""
    chosen = [field for field in FIELDS if field.kind == kind and holds in {"", field.holds}]
    assert chosen
    return pytest.mark.parametrize("field", chosen, ids=str)


def test_every_request_is_in_the_table_and_nothing_else() -> None:
    assert set(RULES) == set(REQUEST_TYPES)


def test_every_rule_belongs_to_a_field() -> None:
    strangers = [
        (request_type.__name__, name)
        for request_type, rules in RULES.items()
        for name in rules
        if name not in request_type.DESCRIPTOR.fields_by_name
    ]

    assert strangers == []


def test_requests_hold_only_kinds_of_fields_that_are_tried_here() -> None:
    kinds = {field.kind for field in FIELDS}

    assert kinds <= {Kind.TYPE_STRING, Kind.TYPE_INT32, Kind.TYPE_BOOL, Kind.TYPE_MESSAGE}
    assert {field.holds for field in FIELDS} == {"", TIMESTAMP, DeletedFilter.DESCRIPTOR.full_name}
    assert {field.type for field in DeletedFilter.DESCRIPTOR.fields} == {Kind.TYPE_BOOL}


@every(Kind.TYPE_STRING)
def test_every_text_has_a_maximum_length(field: Field) -> None:
    assert field.is_broken_by(LONG)


@every(Kind.TYPE_STRING)
def test_no_text_takes_control_characters(field: Field) -> None:
    # In a query they count as spaces, so there something must be left.
    assert field.is_broken_by("\x00\r\n" if field.name == "query" else "a\x00\r\nb")


@every(Kind.TYPE_INT32)
@pytest.mark.parametrize("number", [-1, -(2**31)])
def test_no_number_is_negative(field: Field, number: int) -> None:
    assert field.is_broken_by(number)


@every(Kind.TYPE_MESSAGE, TIMESTAMP)
@pytest.mark.parametrize(
    "time",
    [{"nanos": 2_000_000_000}, {"nanos": -1}, {"seconds": 2**62}, {"seconds": -62_135_596_801}],
    ids=str,
)
def test_no_time_lies_outside_of_years_1_to_9999(field: Field, time: dict[str, int]) -> None:
    assert field.is_broken_by(time)


def test_every_list_has_a_maximum_count() -> None:
    (scopes,) = [field for field in FIELDS if field.is_repeated]
    check = check_for(scopes.request_type)

    assert check(scopes.request_type(**{scopes.name: ["a"] * 51}))
    assert not check(scopes.request_type(**{scopes.name: ["a"] * 50}))


@pytest.mark.parametrize(
    ("request_type", "patch"),
    [
        (UpdateStreamRequest, StreamPatch),
        (UpdateViewerRequest, ViewerPatch),
        (UpdateClipRequest, ClipPatch),
        (UpdateCommandRequest, CommandPatch),
    ],
)
def test_an_update_names_exactly_what_its_patch_can_change(
    request_type: type[Message], patch: type
) -> None:
    named_in_the_request = {field.name for field in request_type.DESCRIPTOR.fields} - {"id"}

    assert named_in_the_request == {field.name for field in dataclasses.fields(patch)}
