"""Take over the tokens that the settings name."""

from __future__ import annotations

from dataclasses import dataclass, field

from twitchbot.domain.account import Account, TokenInfo, TokenPair
from twitchbot.domain.errors import TokenRejectedError
from twitchbot.support.single_flight import SingleFlight
from twitchbot.usecases.accounts.store_tokens import StoreTokens

CHAT_PREFIX = "oauth:"


@dataclass(slots=True, frozen=True, kw_only=True)
class GivenTokens:
    """Tokens from the settings; either may be empty."""

    access_token: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.access_token or self.refresh_token)

    @property
    def bare_access_token(self) -> str:
        """The access token without the `oauth:` that chat programs write before it."""
        return self.access_token.strip().removeprefix(CHAT_PREFIX)


class AdoptGivenTokens:
    """Store given tokens as an account, unless the stored one of the same user is the better one.

    Stored tokens have usually come out of the given ones by renewal. They give way only when they
    are dead, when they allow less, or when they cannot renew themselves.
    """

    def __init__(self, store: StoreTokens, given: GivenTokens) -> None:
        self._store = store
        self._given = given
        self._renewal = SingleFlight[str]()
        self._renewed: TokenPair | None = None

    async def __call__(self) -> str:
        """Store the tokens if they are of use, and return whose they are: the user id.

        Raises:
            TokenRejectedError: Twitch does not accept them.
            ClientIdMissingError: the access token is dead and we may not renew it.
            UnavailableError: Twitch or the database does not answer; call again later.
        """
        access_token = self._given.bare_access_token
        info = await self._store.authorizer.validate(access_token) if access_token else None
        if info is None:
            return await self._renewal.run("given", self._renew)
        if await self._is_better(info):
            await self._store.store(info, access_token, self._given.refresh_token)
        return info.user_id

    async def drain(self) -> None:
        """Wait for a renewal under way, which goes on when the call that began it is cancelled."""
        await self._renewal.drain()

    async def _renew(self) -> str:
        # A given refresh token may work a single time, and we may have spent it long ago: it is
        # tried when nothing else is left. The new pair is kept here until it is stored.
        if self._renewed is None:
            if not self._given.refresh_token or await self._has_usable_account():
                raise TokenRejectedError("Twitch does not accept the given access token any more")
            self._renewed = await self._store.authorizer.refresh(self._given.refresh_token)
        account = await self._store(self._renewed)
        return account.user_id

    async def _has_usable_account(self) -> bool:
        async with self._store.database.read() as uow:
            return any(not account.need_reauth for account in await uow.accounts.all())

    async def _is_better(self, info: TokenInfo) -> bool:
        async with self._store.database.read() as uow:
            stored = await uow.accounts.get(info.user_id)
        return stored is None or self._outranks(stored, info)

    def _outranks(self, stored: Account, info: TokenInfo) -> bool:
        if stored.access_token == self._given.bare_access_token:
            return self._given.refresh_token != "" and not stored.refresh_token
        return stored.need_reauth or not stored.refresh_token or not info.scopes <= stored.scopes
