"""The committed modules are what the .proto files say, and every one of them can be imported."""

from __future__ import annotations

import ast
import importlib

import pytest
from google.protobuf import json_format
from google.protobuf.descriptor_pb2 import FileDescriptorProto

from tests.wire.proto_files import GENERATED, PROTOS, compiled, generated
from twitchbot.api.message_service_pb2 import Message
from twitchbot.api.stream_service_pb2 import UpdateStreamRequest


def as_modules_hold_it(file: FileDescriptorProto) -> FileDescriptorProto:
    """Leave out what protoc derives or keeps for people and does not put into modules."""
    bare = FileDescriptorProto()
    bare.CopyFrom(file)
    bare.ClearField("source_code_info")
    messages = list(bare.message_type)
    while messages:
        message = messages.pop()
        messages.extend(message.nested_type)
        for field in message.field:
            field.ClearField("json_name")
    return bare


@pytest.mark.parametrize("name", compiled())
def test_a_module_holds_what_its_proto_says(name: str) -> None:
    assert generated(name) == as_modules_hold_it(compiled()[name])


def test_there_is_a_module_for_each_proto_and_no_other() -> None:
    expected = {"__init__.py", "py.typed"}
    for proto in PROTOS:
        expected |= {f"{proto.stem}_pb2.py", f"{proto.stem}_pb2.pyi"}
        if proto.stem.endswith("_service"):
            expected |= {f"{proto.stem}_pb2_grpc.py", f"{proto.stem}_pb2_grpc.pyi"}

    assert {file.name for file in GENERATED.iterdir() if file.is_file()} == expected


@pytest.mark.parametrize("name", [p.stem for p in PROTOS if p.stem.endswith("_service")])
def test_a_service_module_has_its_stub_and_its_servicer(name: str) -> None:
    file = compiled()[f"twitchbot/api/{name}.proto"]
    module = importlib.import_module(f"twitchbot.api.{name}_pb2_grpc")

    for service in file.service:
        assert hasattr(module, f"{service.name}Stub")
        servicer = getattr(module, f"{service.name}Servicer")
        assert [m.name for m in service.method if not hasattr(servicer, m.name)] == []


@pytest.mark.parametrize("name", sorted(path.name for path in GENERATED.glob("*.pyi")))
def test_a_type_stub_is_python(name: str) -> None:
    assert ast.parse((GENERATED / name).read_text(encoding="utf-8")).body


def test_a_message_survives_json() -> None:
    message = Message(id="1", bits=5, tags={"first-msg": "1"}, is_action=True)
    message.sent_at.FromMilliseconds(1_767_225_600_123)

    text = json_format.MessageToJson(message)

    assert '"sentAt": "2026-01-01T00:00:00.123Z"' in text
    assert json_format.Parse(text, Message()) == message


def test_an_absent_field_of_an_update_differs_from_an_empty_one() -> None:
    request = json_format.Parse('{"id": "1", "title": ""}', UpdateStreamRequest())

    assert request.HasField("title")
    assert not request.HasField("game_name")
