"""The fixed part of the contract, as written, as generated and as committed for comparison."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    FieldDescriptorProto,
    FileDescriptorProto,
    FileDescriptorSet,
    ServiceDescriptorProto,
)

from tests.wire.contract_table import TABLE_PATH, read_table, violations
from tests.wire.proto_files import API, compiled, generated

TABLE = read_table(TABLE_PATH.read_text(encoding="utf-8"))


def test_the_table_is_complete() -> None:
    assert len(TABLE.services) == 7
    assert sum(map(len, TABLE.services.values())) == 43
    assert len(TABLE.messages) == 75
    assert sum(map(len, TABLE.messages.values())) == 252


def test_the_protos_keep_the_fixed_part() -> None:
    assert violations(TABLE, compiled().values()) == []


def test_the_generated_modules_keep_the_fixed_part() -> None:
    assert violations(TABLE, map(generated, compiled())) == []


def test_the_committed_image_keeps_the_fixed_part() -> None:
    image = FileDescriptorSet.FromString((API / "base.binpb").read_bytes())

    assert violations(TABLE, image.file) == []


def test_the_committed_image_holds_no_source_info() -> None:
    image = FileDescriptorSet.FromString((API / "base.binpb").read_bytes())

    assert [file.name for file in image.file if file.HasField("source_code_info")] == []


def message(files: dict[str, FileDescriptorProto], name: str) -> DescriptorProto:
    return next(m for file in files.values() for m in file.message_type if m.name == name)


def service(files: dict[str, FileDescriptorProto], name: str) -> ServiceDescriptorProto:
    return next(s for file in files.values() for s in file.service if s.name == name)


def renumber(files: dict[str, FileDescriptorProto]) -> None:
    message(files, "Stream").field[0].number = 105


def rename(files: dict[str, FileDescriptorProto]) -> None:
    message(files, "Stream").field[1].name = "heading"


def retype(files: dict[str, FileDescriptorProto]) -> None:
    field = message(files, "GetStreamStatsResponse").field[4]
    field.type = FieldDescriptorProto.TYPE_INT32


def lose_presence(files: dict[str, FileDescriptorProto]) -> None:
    message(files, "UpdateClipRequest").field[1].proto3_optional = False


def make_single(files: dict[str, FileDescriptorProto]) -> None:
    message(files, "ListClipsResponse").field[0].label = FieldDescriptorProto.LABEL_OPTIONAL


def point_elsewhere(files: dict[str, FileDescriptorProto]) -> None:
    message(files, "GetClipResponse").field[0].type_name = ".twitchbot.Stream"


def add_below_100(files: dict[str, FileDescriptorProto]) -> None:
    message(files, "IdRequest").field.add(name="note", number=99)


def remove_message(files: dict[str, FileDescriptorProto]) -> None:
    message(files, "IdsRequest").name = "IdListRequest"


def remove_method(files: dict[str, FileDescriptorProto]) -> None:
    service(files, "BotService").method.pop()


def change_request(files: dict[str, FileDescriptorProto]) -> None:
    service(files, "ClipService").method[1].input_type = ".twitchbot.IdsRequest"


def make_stream(files: dict[str, FileDescriptorProto]) -> None:
    service(files, "MessageService").method[2].server_streaming = True


def move_to_another_package(files: dict[str, FileDescriptorProto]) -> None:
    files["twitchbot/api/common.proto"].package = "twitchbot.v1"


@pytest.mark.parametrize(
    "break_it",
    [
        renumber,
        rename,
        retype,
        lose_presence,
        make_single,
        point_elsewhere,
        add_below_100,
        remove_message,
        remove_method,
        change_request,
        make_stream,
        move_to_another_package,
    ],
)
def test_a_broken_contract_is_noticed(
    break_it: Callable[[dict[str, FileDescriptorProto]], None],
) -> None:
    files = {name: FileDescriptorProto() for name in compiled()}
    for name, file in compiled().items():
        files[name].CopyFrom(file)

    break_it(files)

    assert violations(TABLE, files.values()) != []
