"""Chat commands on the wire."""

from __future__ import annotations

from twitchbot.adapters.grpc.convert.values import to_int32, to_timestamp, to_timestamp_or_none
from twitchbot.api import command_service_pb2 as pb
from twitchbot.domain.command import Command, CommandResult


def to_command(command: Command) -> pb.Command:
    """Convert a command."""
    return pb.Command(
        id=str(command.id),
        name=command.name,
        description=command.description,
        response=command.response,
        is_active=command.is_active,
        moderator_only=command.moderator_only,
        subscriber_only=command.subscriber_only,
        cooldown_seconds=to_int32(command.cooldown_seconds),
        usage_count=to_int32(command.usage_count),
        last_used=to_timestamp_or_none(command.last_used),
        created_at=to_timestamp(command.created_at),
        updated_at=to_timestamp(command.updated_at),
        deleted_at=to_timestamp_or_none(command.deleted_at),
    )


def to_result(result: CommandResult) -> pb.ExecuteCommandResponse:
    """Convert what came of a use."""
    return pb.ExecuteCommandResponse(
        success=result.success,
        response=result.response,
        error=result.error,
        cooldown_remaining=to_int32(result.cooldown_remaining),
    )
