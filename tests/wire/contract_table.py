"""The fixed part of the wire contract as data, and what a set of descriptors does against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    FieldDescriptorProto,
    FileDescriptorProto,
    MethodDescriptorProto,
)

PACKAGE = "twitchbot"
FIRST_ADDED_NUMBER = 100
TABLE_PATH = Path(__file__).with_name("data") / "contract.txt"


@dataclass(slots=True, frozen=True)
class ContractTable:
    """Methods by service (name to request and response), fields by message (number to text)."""

    services: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    messages: dict[str, dict[int, str]] = field(default_factory=dict)


def read_table(text: str) -> ContractTable:
    """Read the notation of data/contract.txt, which explains itself."""
    table = ContractTable()
    methods: dict[str, tuple[str, str]] = {}
    fields: dict[int, str] = {}
    for line in text.splitlines():
        match line.partition("#")[0].split():
            case []:
                continue
            case ["service", name]:
                methods = table.services[name] = {}
            case ["message", name]:
                fields = table.messages[name] = {}
            case ["rpc", name, request, response]:
                methods[name] = (request, response)
            case [number, *name_and_type]:
                fields[int(number)] = " ".join(name_and_type)
    return table


def violations(table: ContractTable, files: Iterable[FileDescriptorProto]) -> list[str]:
    """Return a sentence for each way in which the files break the table."""
    ours = [file for file in files if file.package == PACKAGE]
    messages = {message.name: message for file in ours for message in file.message_type}
    services = {service.name: service.method for file in ours for service in file.service}
    return [
        *_service_violations(table, services),
        *_message_violations(table, messages),
    ]


def _service_violations(
    table: ContractTable, services: Mapping[str, Iterable[MethodDescriptorProto]]
) -> Iterator[str]:
    for service, methods in table.services.items():
        found = {method.name: method for method in services.get(service, ())}
        for name, (request, response) in methods.items():
            if name not in found:
                yield f"{service}.{name} is missing"
                continue
            method = found[name]
            expected = (f".{PACKAGE}.{request}", f".{PACKAGE}.{response}")
            if (method.input_type, method.output_type) != expected:
                yield f"{service}.{name} is not {request} -> {response}"
            if method.client_streaming or method.server_streaming:
                yield f"{service}.{name} is a stream"


def _message_violations(
    table: ContractTable, messages: Mapping[str, DescriptorProto]
) -> Iterator[str]:
    for name, fields in table.messages.items():
        if name not in messages:
            yield f"{name} is missing"
            continue
        found = {each.number: describe(each) for each in messages[name].field}
        for number, text in fields.items():
            if found.get(number) != text:
                yield f"{name}: {number} is {found.get(number)}, not {text}"
        for number in found.keys() - fields.keys():
            if number < FIRST_ADDED_NUMBER:
                yield f"{name}: {number} {found[number]} was added below {FIRST_ADDED_NUMBER}"


def describe(each: FieldDescriptorProto) -> str:
    """Return a field as the table writes it: name, then label or presence, then type."""
    words = [each.name]
    if each.label == FieldDescriptorProto.LABEL_REPEATED:
        words.append("repeated")
    if each.proto3_optional:
        words.append("optional")
    return " ".join([*words, _type_of(each)])


def _type_of(each: FieldDescriptorProto) -> str:
    if not each.type_name:
        return FieldDescriptorProto.Type.Name(each.type).removeprefix("TYPE_").lower()
    if each.type_name == ".google.protobuf.Timestamp":
        return "Timestamp"
    return each.type_name.removeprefix(f".{PACKAGE}.")
