"""As whom we ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from twitchbot.adapters.twitch.helix.app_tokens import AppTokens
from twitchbot.domain.account import Account
from twitchbot.domain.errors import NotLoggedInError, TokenRejectedError


class UserTokens(Protocol):
    """The account that the bot acts as, and its token."""

    async def current(self) -> Account | None:
        """Return the account; None when there is none."""
        ...

    async def access_token(self) -> str:
        """Return a token of it that is valid as far as we know."""
        ...

    async def client_id(self) -> str:
        """Return the client id that the token belongs to."""
        ...

    async def refresh_after_rejection(self, bad_token: str) -> bool:
        """Tell whether there is another token now that Twitch has refused this one."""
        ...


@dataclass(slots=True, frozen=True, kw_only=True)
class Credential:
    """A token with the client id it must be shown with; `user_id` is empty for an app's token."""

    access_token: str = field(repr=False)
    client_id: str
    user_id: str = ""

    def headers(self) -> dict[str, str]:
        """Return the headers that every call needs."""
        return {"Authorization": f"Bearer {self.access_token}", "Client-Id": self.client_id}


class HelixCredentials:
    """The user's token where there is one, else the app's, if we have a client secret."""

    def __init__(self, user_tokens: UserTokens, app_tokens: AppTokens | None = None) -> None:
        self._user_tokens = user_tokens
        self._app_tokens = app_tokens

    async def current(self) -> Credential:
        """Return what to ask with.

        Raises:
            TokenRejectedError: the user's token is dead or missing, and there is no app token.
            UnavailableError: Twitch must be asked for a token first and does not answer.
        """
        try:
            user = await self._user()
        except (TokenRejectedError, NotLoggedInError) as refused:
            if self._app_tokens is None:
                raise TokenRejectedError(refused.message) from refused
            user = None
        if user is not None:
            return user
        if self._app_tokens is None:
            raise TokenRejectedError("nobody is logged in; run `twitchbot login`")
        return Credential(
            access_token=await self._app_tokens.current(), client_id=self._app_tokens.client_id
        )

    async def renewed(self, refused: Credential) -> Credential | None:
        """Return another credential than the refused one; None when there is none."""
        if refused.user_id:
            has_other = await self._user_tokens.refresh_after_rejection(refused.access_token)
        else:
            has_other = self._app_tokens is not None and await self._app_tokens.replace(
                refused.access_token
            )
        return await self.current() if has_other else None

    async def _user(self) -> Credential | None:
        account = await self._user_tokens.current()
        if account is None:
            return None
        return Credential(
            access_token=await self._user_tokens.access_token(),
            client_id=await self._user_tokens.client_id(),
            user_id=account.user_id,
        )
