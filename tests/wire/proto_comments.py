"""Where the comments of a .proto file are, and what they say."""

from __future__ import annotations

from collections.abc import Iterator

from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    EnumDescriptorProto,
    FileDescriptorProto,
    ServiceDescriptorProto,
)

# A place in a file, as protoc counts it: field numbers of descriptor.proto and indexes, in turn.
Place = tuple[int, ...]

FILE_MESSAGES = FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER
FILE_ENUMS = FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER
FILE_SERVICES = FileDescriptorProto.SERVICE_FIELD_NUMBER


def places(file: FileDescriptorProto) -> Iterator[tuple[str, Place]]:
    """Yield everything that needs a comment, by name and place."""
    for i, service in enumerate(file.service):
        yield from _service_places(service, (FILE_SERVICES, i))
    for i, message in enumerate(file.message_type):
        yield from _message_places(message, message.name, (FILE_MESSAGES, i))
    for i, enum in enumerate(file.enum_type):
        yield from _enum_places(enum, enum.name, (FILE_ENUMS, i))


def _service_places(service: ServiceDescriptorProto, path: Place) -> Iterator[tuple[str, Place]]:
    yield service.name, path
    for i, method in enumerate(service.method):
        number = ServiceDescriptorProto.METHOD_FIELD_NUMBER
        yield f"{service.name}.{method.name}", (*path, number, i)


def _message_places(
    message: DescriptorProto, name: str, path: Place
) -> Iterator[tuple[str, Place]]:
    yield name, path
    for i, field in enumerate(message.field):
        yield f"{name}.{field.name}", (*path, DescriptorProto.FIELD_FIELD_NUMBER, i)
    for i, nested in enumerate(message.nested_type):
        if not nested.options.map_entry:
            nested_path = (*path, DescriptorProto.NESTED_TYPE_FIELD_NUMBER, i)
            yield from _message_places(nested, f"{name}.{nested.name}", nested_path)
    for i, enum in enumerate(message.enum_type):
        enum_path = (*path, DescriptorProto.ENUM_TYPE_FIELD_NUMBER, i)
        yield from _enum_places(enum, f"{name}.{enum.name}", enum_path)


def _enum_places(enum: EnumDescriptorProto, name: str, path: Place) -> Iterator[tuple[str, Place]]:
    yield name, path
    for i, value in enumerate(enum.value):
        yield f"{name}.{value.name}", (*path, EnumDescriptorProto.VALUE_FIELD_NUMBER, i)


def comments(file: FileDescriptorProto) -> dict[Place, str]:
    """Return the leading comments of a file by place."""
    return {
        tuple(location.path): location.leading_comments.strip()
        for location in file.source_code_info.location
    }
