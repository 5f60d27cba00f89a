"""Apps, access tokens and refresh tokens."""

import secrets
import string
from collections.abc import Iterable
from dataclasses import dataclass, field

from twitchsim.clock import Clock

_ALPHABET = string.ascii_lowercase + string.digits


def random_text(length: int, alphabet: str = _ALPHABET) -> str:
    """Return random characters for a token or code."""
    return "".join(secrets.choice(alphabet) for _ in range(length))


@dataclass(slots=True, kw_only=True)
class App:
    """A registered application; a public one has no secret."""

    client_id: str
    client_secret: str | None = field(default=None, repr=False)
    redirect_uris: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class AccessToken:
    """An access token; an app access token has no user."""

    value: str = field(repr=False)
    client_id: str
    user_id: str | None
    scopes: frozenset[str]
    expires_at: float


@dataclass(slots=True, kw_only=True)
class RefreshToken:
    """A refresh token."""

    value: str = field(repr=False)
    client_id: str
    user_id: str
    scopes: frozenset[str]
    expires_at: float | None = None


class TokenStore:
    """All valid tokens; revoked and used-up ones are forgotten."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.apps: dict[str, App] = {}
        self._access: dict[str, AccessToken] = {}
        self._refresh: dict[str, RefreshToken] = {}

    def add_app(self, client_id: str, client_secret: str | None) -> App:
        """Register an application."""
        app = App(client_id=client_id, client_secret=client_secret)
        self.apps[client_id] = app
        return app

    def issue(
        self,
        *,
        client_id: str,
        user_id: str | None,
        scopes: Iterable[str],
        lifetime_s: float,
        value: str | None = None,
    ) -> AccessToken:
        """Make an access token."""
        token = AccessToken(
            value=value or random_text(30),
            client_id=client_id,
            user_id=user_id,
            scopes=frozenset(scopes),
            expires_at=self._clock.now() + lifetime_s,
        )
        self._access[token.value] = token
        return token

    def issue_refresh(
        self,
        *,
        client_id: str,
        user_id: str,
        scopes: Iterable[str],
        lifetime_s: float | None = None,
        value: str | None = None,
    ) -> RefreshToken:
        """Make a refresh token."""
        token = RefreshToken(
            value=value or random_text(50),
            client_id=client_id,
            user_id=user_id,
            scopes=frozenset(scopes),
            expires_at=None if lifetime_s is None else self._clock.now() + lifetime_s,
        )
        self._refresh[token.value] = token
        return token

    def find(self, value: str) -> AccessToken | None:
        """Return a valid access token."""
        token = self._access.get(value)
        if token is None or token.expires_at <= self._clock.now():
            return None
        return token

    def find_refresh(self, value: str) -> RefreshToken | None:
        """Return a valid refresh token."""
        token = self._refresh.get(value)
        if token is None:
            return None
        if token.expires_at is not None and token.expires_at <= self._clock.now():
            return None
        return token

    def use_up(self, token: RefreshToken) -> None:
        """Forget a refresh token after its single use."""
        self._refresh.pop(token.value, None)

    def revoke(self, value: str) -> bool:
        """Forget an access token; tell whether it was known."""
        return self._access.pop(value, None) is not None

    def expire_user(self, user_id: str) -> None:
        """Let all access tokens of a user expire now."""
        for token in self._access.values():
            if token.user_id == user_id:
                token.expires_at = self._clock.now()

    def disconnect_user(self, user_id: str) -> None:
        """Forget all tokens of a user, as when the user disconnects the application."""
        self._access = {v: t for v, t in self._access.items() if t.user_id != user_id}
        self._refresh = {v: t for v, t in self._refresh.items() if t.user_id != user_id}

    def scopes_of(self, user_id: str, client_id: str) -> frozenset[str]:
        """Return all scopes a user has granted to an application."""
        granted: set[str] = set()
        tokens: list[AccessToken | RefreshToken] = [*self._access.values(), *self._refresh.values()]
        for token in tokens:
            if token.user_id == user_id and token.client_id == client_id:
                granted |= token.scopes
        return frozenset(granted)
