"""How each grant of POST /oauth2/token turns a form into tokens."""

import re
from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse, Response

from twitchsim.consent import Consent, Decision, DeviceCode
from twitchsim.state import SimState
from twitchsim.tokens import App, RefreshToken

Form = Mapping[str, str]
_SCOPE = re.compile(r"[a-z]+(:[a-z_]+)+")
_DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"


class OAuthError(Exception):
    """A refused request."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message

    def response(self) -> JSONResponse:
        """Return the answer in the form of Twitch's OAuth server."""
        return JSONResponse(
            {"status": self.status, "message": self.message}, status_code=self.status
        )


class Grants:
    """Makes tokens for those who can show a code, a secret or a refresh token."""

    def __init__(self, state: SimState, consent: Consent) -> None:
        self._state = state
        self._consent = consent
        self._grants = {
            "authorization_code": self._grant_code,
            "refresh_token": self._grant_refresh,
            "client_credentials": self._grant_client,
            _DEVICE_GRANT: self._grant_device,
        }

    def answer(self, form: Form) -> Response:
        """Answer a token request; OAuthError tells why not."""
        grant = form.get("grant_type", "")
        self._state.counts[f"oauth.token.{grant.rsplit(':', maxsplit=1)[-1]}"] += 1
        if not grant:
            raise OAuthError(400, "missing grant type")
        if grant not in self._grants:
            raise OAuthError(400, "unsupported grant type")
        return self._grants[grant](self._app(form), form)

    def _app(self, form: Form) -> App:
        client_id = form.get("client_id", "")
        if not client_id:
            raise OAuthError(400, "missing client id")
        app = self._state.tokens.apps.get(client_id)
        if app is None:
            raise OAuthError(400, "invalid client")
        return app

    def _need_secret(self, app: App, form: Form) -> None:
        secret = form.get("client_secret", "")
        if app.client_secret is None and not secret:
            return
        if not secret:
            raise OAuthError(400, "missing client secret")
        if secret != app.client_secret:
            raise OAuthError(403, "invalid client secret")

    def _grant_client(self, app: App, form: Form) -> Response:
        if app.client_secret is None:
            raise OAuthError(403, "invalid client secret")
        self._need_secret(app, form)
        lifetime_s = self._state.settings.times.app_token_s
        token = self._state.tokens.issue(
            client_id=app.client_id, user_id=None, scopes=(), lifetime_s=lifetime_s
        )
        return JSONResponse(
            {
                "access_token": token.value,
                "expires_in": int(lifetime_s),
                "token_type": "bearer",
            }
        )

    def _grant_code(self, app: App, form: Form) -> Response:
        self._need_secret(app, form)
        code = self._consent.redeem(form.get("code", ""))
        if code is None or code.client_id != app.client_id:
            raise OAuthError(400, "Invalid authorization code")
        if code.redirect_uri != form.get("redirect_uri"):
            raise OAuthError(400, "Parameter redirect_uri does not match registered URI")
        return self._user_tokens(app, code.user_id, code.scopes)

    def _grant_device(self, app: App, form: Form) -> Response:
        if not form.get("device_code"):
            raise OAuthError(400, "missing device_code")
        device = self._consent.devices.get(form["device_code"])
        now = self._state.clock.now()
        if device is None or device.client_id != app.client_id or device.expires_at <= now:
            raise OAuthError(400, "invalid device code")
        self._poll(device, now)
        del self._consent.devices[device.device_code]
        if device.decision is Decision.DENIED:
            raise OAuthError(400, "invalid device code")
        return self._user_tokens(app, device.user_id, device.scopes)

    def _poll(self, device: DeviceCode, now: float) -> None:
        """Refuse a poll that comes too early, or that meets an ordered error."""
        too_fast = now - device.polled_at < self._state.settings.times.device_interval_s
        device.polled_at = now
        if device.decision is not Decision.PENDING:
            return
        if device.spurious_errors_left > 0:
            device.spurious_errors_left -= 1
            raise OAuthError(400, "invalid device code")
        if too_fast and self._state.settings.quirks.device_slow_down:
            raise OAuthError(400, "slow_down")
        raise OAuthError(400, "authorization_pending")

    def _grant_refresh(self, app: App, form: Form) -> Response:
        self._need_secret(app, form)
        value = form.get("refresh_token", "")
        if not value:
            raise OAuthError(400, "missing refresh token")
        old = self._state.tokens.find_refresh(value)
        if old is None or old.client_id != app.client_id:
            status = self._state.settings.quirks.refresh_error_status
            raise OAuthError(status, "Invalid refresh token")
        self._state.counts["oauth.refreshes"] += 1
        if not self._is_single_use(app):
            answer = self._user_tokens(app, old.user_id, old.scopes, keep=old)
        else:
            self._state.tokens.use_up(old)
            answer = self._user_tokens(app, old.user_id, old.scopes)
        if self._state.faults.lost_refresh_responses > 0:
            self._state.faults.lost_refresh_responses -= 1
            return Response(status_code=504)
        return answer

    def _is_single_use(self, app: App) -> bool:
        quirks = self._state.settings.quirks
        if app.client_secret is None:
            return quirks.public_refresh_is_single_use
        return quirks.confidential_refresh_is_single_use

    def _user_tokens(
        self, app: App, user_id: str, scopes: frozenset[str], keep: RefreshToken | None = None
    ) -> Response:
        times = self._state.settings.times
        token = self._state.tokens.issue(
            client_id=app.client_id,
            user_id=user_id,
            scopes=scopes,
            lifetime_s=times.user_token_s,
        )
        refresh = keep or self._state.tokens.issue_refresh(
            client_id=app.client_id,
            user_id=user_id,
            scopes=scopes,
            lifetime_s=times.refresh_token_s if app.client_secret is None else None,
        )
        body: dict[str, Any] = {
            "access_token": token.value,
            "expires_in": int(times.user_token_s),
            "refresh_token": refresh.value,
            "token_type": "bearer",
        }
        if scopes:
            body["scope"] = sorted(scopes)
        return JSONResponse(body)


def parse_scopes(text: str) -> frozenset[str]:
    """Read a list of scopes separated by spaces."""
    for scope in text.split():
        if not _SCOPE.fullmatch(scope):
            raise OAuthError(400, f"invalid scope requested: '{scope}'")
    return frozenset(text.split())
