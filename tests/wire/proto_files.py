"""The contract as descriptors: compiled from api/ now, and as the generated modules hold it."""

from __future__ import annotations

import functools
import importlib
import tempfile
from pathlib import Path
from types import ModuleType

import grpc_tools
from google.protobuf.descriptor_pb2 import FileDescriptorProto, FileDescriptorSet
from grpc_tools import protoc

ROOT = Path(__file__).resolve().parents[2]
API = ROOT / "api"
GENERATED = ROOT / "internal" / "twitchbot" / "api"
PROTOS = sorted((API / "twitchbot" / "api").glob("*.proto"))


@functools.cache
def compiled() -> dict[str, FileDescriptorProto]:
    """Compile the .proto files, comments included, and return our files by name."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "contract.binpb"
        arguments = [
            "protoc",
            f"--proto_path={API}",
            f"--proto_path={Path(grpc_tools.__file__).parent / '_proto'}",
            "--include_source_info",
            f"--descriptor_set_out={result}",
            *map(str, PROTOS),
        ]
        assert protoc.main(arguments) == 0
        return {file.name: file for file in FileDescriptorSet.FromString(result.read_bytes()).file}


def module(proto_name: str) -> ModuleType:
    """Import the committed module of a .proto file."""
    return importlib.import_module(proto_name.removesuffix(".proto").replace("/", ".") + "_pb2")


def generated(proto_name: str) -> FileDescriptorProto:
    """Return the descriptor inside the committed module of a .proto file."""
    return FileDescriptorProto.FromString(module(proto_name).DESCRIPTOR.serialized_pb)
