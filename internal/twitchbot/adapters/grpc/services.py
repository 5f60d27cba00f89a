"""The services of the API, by their descriptors."""

from __future__ import annotations

from collections.abc import Mapping

from google.protobuf.descriptor import ServiceDescriptor
from google.protobuf.message_factory import GetMessageClass

from twitchbot.adapters.grpc.validation import Check, check_for
from twitchbot.api import (
    account_service_pb2,
    bot_service_pb2,
    channel_viewer_service_pb2,
    clip_service_pb2,
    command_service_pb2,
    message_service_pb2,
    stream_service_pb2,
    viewer_service_pb2,
)

SERVICES: tuple[ServiceDescriptor, ...] = tuple(
    service
    for file in (
        stream_service_pb2,
        message_service_pb2,
        viewer_service_pb2,
        clip_service_pb2,
        command_service_pb2,
        channel_viewer_service_pb2,
        bot_service_pb2,
        account_service_pb2,
    )
    for service in file.DESCRIPTOR.services_by_name.values()
)

SERVICE_NAMES = tuple(service.full_name for service in SERVICES)

# The check of each method's requests, by the path of the method on the wire.
CHECKS: Mapping[str, Check] = {
    f"/{service.full_name}/{method.name}": check_for(GetMessageClass(method.input_type))
    for service in SERVICES
    for method in service.methods
}
