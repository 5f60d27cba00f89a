"""One call to Helix, with everything that may stand in its way."""

from __future__ import annotations

import asyncio

from twitchbot.adapters.twitch.helix.budget import PointBudget
from twitchbot.adapters.twitch.helix.credentials import Credential, HelixCredentials
from twitchbot.adapters.twitch.web_client import Params, WebAnswer, WebClient
from twitchbot.domain.errors import MissingScopeError, TokenRejectedError, UnavailableError
from twitchbot.support.backoff import backoff

ATTEMPTS = 3
RETRY_BASE_S = 0.5
RETRY_MAX_S = 4.0
# Some endpoints have rules of their own beside the bucket, and do not say when they allow more.
ENDPOINT_PAUSE_S = 30.0

# A 401 with such a text is about what the token allows: another token would not help.
_ABOUT_PERMISSION = ("scope", "requires the", "incorrect user authorization", "must match")


class HelixCaller:
    """Asks within the points granted, again after a failure, and with a new token when refused."""

    def __init__(
        self,
        web: WebClient,
        credentials: HelixCredentials,
        budget: PointBudget,
        *,
        retry_base_s: float = RETRY_BASE_S,
    ) -> None:
        self._web = web
        self._credentials = credentials
        self._budget = budget
        self._retry_base_s = retry_base_s

    async def user_id(self) -> str:
        """Return the id of the user we ask as; empty when we ask as an app."""
        return (await self._credentials.current()).user_id

    async def get(self, path: str, params: Params) -> WebAnswer:
        """Return an answer with status 200, or with a 4xx that is about this very question.

        Raises:
            TokenRejectedError: the token is dead.
            MissingScopeError: we may not ask this.
            UnavailableError: Helix does not answer, or limits us.
        """
        credential = await self._credentials.current()
        answer = await self._try(path, params, credential)
        if _refuses_token(answer):
            renewed = await self._credentials.renewed(credential)
            if renewed is not None:
                answer = await self._try(path, params, renewed)
        if _refuses_token(answer):
            raise TokenRejectedError(f"Helix does not accept the token: {answer.message}")
        if answer.status in (401, 403):
            raise MissingScopeError(f"Helix does not allow {path}: {answer.message}")
        return answer

    async def _try(self, path: str, params: Params, credential: Credential) -> WebAnswer:
        """Ask until there is an answer below 500, a few times at most."""
        pauses = backoff(self._retry_base_s, RETRY_MAX_S)
        failure = UnavailableError(f"Helix does not answer {path}")
        for attempt in range(ATTEMPTS):
            if attempt:
                await asyncio.sleep(next(pauses))
            await self._budget.spend()
            try:
                answer = await self._web.get(path, params, credential.headers())
            except UnavailableError as away:
                failure = away
                continue
            self._budget.note(answer.headers)
            if answer.status == 429:
                failure = self._limited(path, answer)
            elif answer.status >= 500:
                failure = UnavailableError(f"Helix answered {answer.status} to {path}")
            else:
                return answer
        raise failure

    def _limited(self, path: str, answer: WebAnswer) -> UnavailableError:
        """Return the failure to raise when the next attempt is refused too."""
        if not self._budget.is_used_up(answer.headers):
            raise UnavailableError(
                f"Helix limits {path}: {answer.message}", retry_after_s=ENDPOINT_PAUSE_S
            )
        self._budget.block(answer.headers)
        return UnavailableError(
            "Helix has no points left for us", retry_after_s=self._budget.wait_s()
        )


def _refuses_token(answer: WebAnswer) -> bool:
    if answer.status != 401:
        return False
    message = answer.message.lower()
    return not any(part in message for part in _ABOUT_PERMISSION)
