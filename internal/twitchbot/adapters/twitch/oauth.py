"""Twitch's OAuth endpoints."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NoReturn

from twitchbot.adapters.twitch.web_client import WebAnswer, WebClient, text_of
from twitchbot.domain.account import TokenInfo, TokenPair
from twitchbot.domain.errors import (
    ClientIdMissingError,
    InvalidInputError,
    TokenRejectedError,
    UnavailableError,
)
from twitchbot.usecases.ports.authorizer import Authorizer, DeviceAnswer, DeviceCode

DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"

# What Twitch says of a device code that has no token yet, or gets none.
_DEVICE_ANSWERS = {
    "authorization_pending": DeviceAnswer.PENDING,
    "slow_down": DeviceAnswer.SLOW_DOWN,
    "access_denied": DeviceAnswer.DENIED,
    "invalid device code": DeviceAnswer.UNKNOWN_CODE,
}
_DEAD_REFRESH_TOKEN = ("invalid refresh token", "invalid grant")
_BAD_CLIENT = ("client secret", "invalid client", "client id", "client does not exist")


class TwitchOAuth(Authorizer):
    """Validates, renews, grants and revokes tokens; a public client has no secret."""

    def __init__(self, web: WebClient, *, client_id: str = "", client_secret: str = "") -> None:
        self._web = web
        self._client_id = client_id
        self._client_secret = client_secret

    @property
    def client_id(self) -> str:
        """Our client id; empty when none is set."""
        return self._client_id

    @property
    def has_secret(self) -> bool:
        """Whether we can get an app access token."""
        return bool(self._client_id and self._client_secret)

    async def validate(self, access_token: str) -> TokenInfo | None:
        """Return what a token is good for; None when Twitch does not accept it any more."""
        answer = await self._web.get("/validate", (), {"Authorization": f"OAuth {access_token}"})
        if answer.status == 401:
            return None
        content = _content(answer)
        return TokenInfo(
            client_id=text_of(content.get("client_id")),
            user_id=text_of(content.get("user_id")),
            login=text_of(content.get("login")).lower(),
            scopes=_scopes(content.get("scopes")),
            expires_in_s=_seconds(content.get("expires_in")),
        )

    async def refresh(self, refresh_token: str) -> TokenPair:
        """Exchange a refresh token for a new pair; TokenRejectedError when it is dead."""
        answer = await self._web.post_form(
            "/token",
            self._client() | {"grant_type": "refresh_token", "refresh_token": refresh_token},
        )
        is_dead = answer.status == 400 and answer.message.lower() in _DEAD_REFRESH_TOKEN
        if is_dead or answer.status == 401:
            raise TokenRejectedError(f"Twitch refuses to renew the token: {answer.message}")
        return _pair(answer)

    async def app_token(self) -> TokenPair:
        """Return an app access token, which has no user and cannot be refreshed."""
        return _pair(
            await self._web.post_form(
                "/token", self._client() | {"grant_type": "client_credentials"}
            )
        )

    async def start_device(self, scopes: Collection[str]) -> DeviceCode:
        """Begin a device login; InvalidInputError when Twitch does not know a scope."""
        form = {"client_id": self._client()["client_id"], "scopes": " ".join(sorted(scopes))}
        answer = await self._web.post_form("/device", form)
        if answer.status == 400 and "scope" in answer.message.lower():
            raise InvalidInputError("scopes", answer.message)
        content = _content(answer)
        return DeviceCode(
            device_code=_required(content, "device_code"),
            user_code=_required(content, "user_code"),
            verification_uri=_required(content, "verification_uri"),
            expires_in_s=_seconds(content.get("expires_in")),
            interval_s=_seconds(content.get("interval")),
            scopes=frozenset(scopes),
        )

    async def poll_device(self, code: DeviceCode) -> TokenPair | DeviceAnswer:
        """Ask for the outcome of a device login."""
        answer = await self._web.post_form(
            "/token",
            {
                "client_id": self._client()["client_id"],
                "scopes": " ".join(sorted(code.scopes)),
                "device_code": code.device_code,
                "grant_type": DEVICE_GRANT,
            },
        )
        if answer.status == 400:
            known = _DEVICE_ANSWERS.get(answer.message.lower())
            if known is not None:
                return known
        return _pair(answer)

    async def revoke(self, access_token: str) -> None:
        """Make a token invalid; one that is invalid already is fine."""
        form = {"client_id": self._client()["client_id"], "token": access_token}
        answer = await self._web.post_form("/revoke", form)
        if answer.status not in (200, 400, 404):
            _refuse(answer)

    def _client(self) -> dict[str, str]:
        if not self._client_id:
            raise ClientIdMissingError("no Twitch client id is set; set TWITCH_CLIENT_ID")
        if not self._client_secret:
            return {"client_id": self._client_id}
        return {"client_id": self._client_id, "client_secret": self._client_secret}


def _pair(answer: WebAnswer) -> TokenPair:
    content = _content(answer)
    return TokenPair(
        access_token=_required(content, "access_token"),
        refresh_token=text_of(content.get("refresh_token")),
        scopes=_scopes(content.get("scope")),
        expires_in_s=_seconds(content.get("expires_in")),
    )


def _content(answer: WebAnswer) -> Mapping[str, object]:
    if answer.status != 200:
        _refuse(answer)
    return answer.json()


def _refuse(answer: WebAnswer) -> NoReturn:
    said = answer.message
    if answer.status in (400, 403) and any(part in said.lower() for part in _BAD_CLIENT):
        raise ClientIdMissingError(
            f"Twitch refuses TWITCH_CLIENT_ID or TWITCH_CLIENT_SECRET: {said}"
        )
    raise UnavailableError(f"Twitch's login service answered {answer.status} {said}".rstrip())


def _required(content: Mapping[str, object], name: str) -> str:
    value = text_of(content.get(name))
    if not value:
        raise UnavailableError(f"Twitch's login service left out {name}")
    return value


def _scopes(value: object) -> frozenset[str]:
    """Read scopes: a list in token answers, one text in others, null or absent when empty."""
    if isinstance(value, str):
        return frozenset(value.split())
    items = value if isinstance(value, list) else []
    return frozenset(text_of(item) for item in items) - {""}


def _seconds(value: object) -> int:
    return int(value) if isinstance(value, int | float) and 0 < value < 1e9 else 0
