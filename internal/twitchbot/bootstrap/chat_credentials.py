"""Whom chat is read as: the bot's account, or a guest while there is none to log in as."""

from __future__ import annotations

import structlog

from twitchbot.adapters.twitch.chat.settings import Credentials
from twitchbot.domain.errors import TokenRejectedError, UnavailableError
from twitchbot.usecases.accounts.token_keeper import TokenKeeper

log = structlog.get_logger(__name__)

IS_DEAD = "reading as a guest: the token is dead"
IS_UNKNOWN = "reading as a guest: it is not known yet whose token was given"


class ChatCredentials:
    """Tells each new connection what to log in with; the log hears once why it is a guest's.

    Whatever is wrong with the token, chat is read on: what is said meanwhile can't be heard again.
    """

    def __init__(self, keeper: TokenKeeper) -> None:
        self._keeper = keeper
        self._told = ""

    async def __call__(self) -> Credentials | None:
        """Return what to log in with; None means as a guest."""
        try:
            credentials = await self._of_account()
        except TokenRejectedError as dead:
            if self._is_news(IS_DEAD):
                log.error(IS_DEAD, reason=dead.message)
            return None
        except UnavailableError as away:
            # The keeper has us log in anew once it knows.
            if self._is_news(IS_UNKNOWN):
                log.warning(IS_UNKNOWN, reason=away.message)
            return None
        self._told = ""
        return credentials

    async def _of_account(self) -> Credentials | None:
        account = await self._keeper.current()
        if account is None:
            return None
        return Credentials(
            login=account.login,
            user_id=account.user_id,
            access_token=await self._keeper.access_token(),
            scopes=account.scopes,
        )

    def _is_news(self, event: str) -> bool:
        told, self._told = self._told, event
        return told != event
