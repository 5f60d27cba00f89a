"""CommandService."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from twitchbot.adapters.grpc.context import Context
from twitchbot.adapters.grpc.convert.command import to_command, to_result
from twitchbot.adapters.grpc.convert.values import patch_of, to_deleted_filter, to_int32
from twitchbot.adapters.grpc.paging import Paging
from twitchbot.api import command_service_pb2 as pb
from twitchbot.api.command_service_pb2_grpc import CommandServiceServicer
from twitchbot.api.common_pb2 import DeleteResponse, IdRequest
from twitchbot.domain.command import CommandPatch
from twitchbot.usecases.application import CommandUseCases


@dataclass(slots=True, frozen=True)
class CommandHandler(CommandServiceServicer):
    """Answers for chat commands."""

    commands: CommandUseCases
    paging: Paging

    async def CreateCommand(
        self, request: pb.CreateCommandRequest, _: Context
    ) -> pb.CreateCommandResponse:
        """Add a command."""
        command = await self.commands.create(
            name=request.name,
            description=request.description,
            response=request.response,
            is_active=request.is_active,
            moderator_only=request.moderator_only,
            subscriber_only=request.subscriber_only,
            cooldown_seconds=request.cooldown_seconds,
        )
        return pb.CreateCommandResponse(command=to_command(command))

    async def GetCommand(self, request: IdRequest, _: Context) -> pb.GetCommandResponse:
        """Return a command."""
        command = await self.commands.get(UUID(request.id))
        return pb.GetCommandResponse(command=to_command(command))

    async def ListCommands(
        self, request: pb.ListCommandsRequest, _: Context
    ) -> pb.ListCommandsResponse:
        """Return a page of commands."""
        return await self.paging.answer(
            request,
            lambda page: self.commands.list(
                to_deleted_filter(request.deleted_filter), page, only_active=request.only_active
            ),
            lambda page, token: pb.ListCommandsResponse(
                commands=[to_command(command) for command in page.items],
                total=to_int32(page.total),
                next_page_token=token,
            ),
        )

    async def UpdateCommand(
        self, request: pb.UpdateCommandRequest, _: Context
    ) -> pb.UpdateCommandResponse:
        """Change a command."""
        patch = CommandPatch(**patch_of(request))
        command = await self.commands.update(UUID(request.id), patch)
        return pb.UpdateCommandResponse(command=to_command(command))

    async def DeleteCommand(self, request: IdRequest, _: Context) -> DeleteResponse:
        """Delete a command softly."""
        await self.commands.delete(UUID(request.id))
        return DeleteResponse(success=True, message=f"command {request.id} deleted")

    async def GetCommandByName(
        self, request: pb.GetCommandByNameRequest, _: Context
    ) -> pb.GetCommandResponse:
        """Return the command that a name means."""
        command = await self.commands.get_by_name(request.name)
        return pb.GetCommandResponse(command=to_command(command))

    async def ExecuteCommand(
        self, request: pb.ExecuteCommandRequest, _: Context
    ) -> pb.ExecuteCommandResponse:
        """Use a command; a refusal is an answer."""
        result = await self.commands.execute(
            request.command_name,
            is_moderator=request.is_moderator,
            is_subscriber=request.is_subscriber,
        )
        return to_result(result)
