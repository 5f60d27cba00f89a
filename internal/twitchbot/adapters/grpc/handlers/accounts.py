"""AccountService."""

from __future__ import annotations

from dataclasses import dataclass

from twitchbot.adapters.grpc.context import Context
from twitchbot.adapters.grpc.convert.account import to_account, to_login, to_started_login
from twitchbot.api import account_service_pb2 as pb
from twitchbot.api.account_service_pb2_grpc import AccountServiceServicer
from twitchbot.api.common_pb2 import DeleteResponse
from twitchbot.usecases.application import AccountUseCases


@dataclass(slots=True, frozen=True)
class AccountHandler(AccountServiceServicer):
    """Answers for accounts."""

    accounts: AccountUseCases

    async def StartDeviceLogin(
        self, request: pb.StartDeviceLoginRequest, _: Context
    ) -> pb.StartDeviceLoginResponse:
        """Begin a login."""
        return to_started_login(await self.accounts.start_login(frozenset(request.scopes)))

    async def GetDeviceLogin(
        self, request: pb.GetDeviceLoginRequest, _: Context
    ) -> pb.GetDeviceLoginResponse:
        """Return how far a login is."""
        return to_login(await self.accounts.get_login(request.login_id))

    async def ListAccounts(
        self, _request: pb.ListAccountsRequest, _: Context
    ) -> pb.ListAccountsResponse:
        """Return the stored accounts."""
        accounts = await self.accounts.list()
        return pb.ListAccountsResponse(accounts=[to_account(account) for account in accounts])

    async def RemoveAccount(self, request: pb.RemoveAccountRequest, _: Context) -> DeleteResponse:
        """Remove an account."""
        await self.accounts.remove(request.user_id)
        return DeleteResponse(success=True, message=f"account {request.user_id} removed")
