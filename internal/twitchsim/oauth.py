"""OAuth: tokens, refresh, device logins, validation and revocation."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from twitchsim.consent import AuthorizationCode, Consent, Decision, DeviceCode
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


class OAuth:
    """Answers what stands below ``/oauth2``."""

    def __init__(self, state: SimState, consent: Consent) -> None:
        self._state = state
        self._consent = consent
        self._grants = {
            "authorization_code": self._grant_code,
            "refresh_token": self._grant_refresh,
            "client_credentials": self._grant_client,
            _DEVICE_GRANT: self._grant_device,
        }

    async def token(self, request: Request) -> Response:
        """POST /oauth2/token."""
        form = await _form(request)
        grant = form.get("grant_type", "")
        self._state.counts[f"oauth.token.{grant.rsplit(':', maxsplit=1)[-1]}"] += 1
        if not grant:
            raise OAuthError(400, "missing grant type")
        if grant not in self._grants:
            raise OAuthError(400, "unsupported grant type")
        return self._grants[grant](self._app(form), form)

    async def validate(self, request: Request) -> Response:
        """GET /oauth2/validate."""
        scheme, _, value = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() not in ("oauth", "bearer") or not value:
            raise OAuthError(401, "missing authorization token")
        token = self._state.tokens.find(value)
        if token is None:
            raise OAuthError(401, "invalid access token")
        body: dict[str, Any] = {"client_id": token.client_id}
        if token.user_id is not None:
            body["login"] = self._state.world.people[token.user_id].login
            body["user_id"] = token.user_id
        body["scopes"] = sorted(token.scopes) or None
        body["expires_in"] = int(token.expires_at - self._state.clock.now())
        return JSONResponse(body)

    async def revoke(self, request: Request) -> Response:
        """POST /oauth2/revoke; a token already invalid is fine too."""
        form = await _form(request)
        client_id = form.get("client_id", "")
        if client_id not in self._state.tokens.apps:
            status = self._state.settings.quirks.unknown_client_status
            text = f"Invalid client_id: {client_id}" if status == 400 else "client does not exist"
            raise OAuthError(status, text)
        if not form.get("token"):
            raise OAuthError(400, "missing oauth token")
        self._state.tokens.revoke(form["token"])
        return Response()

    async def device(self, request: Request) -> Response:
        """POST /oauth2/device."""
        form = await _form(request)
        client_id = form.get("client_id", "")
        if client_id not in self._state.tokens.apps:
            raise OAuthError(400, "invalid client" if client_id else "missing client id")
        settings = self._state.settings
        device = self._consent.start_device(
            client_id,
            _scopes(form.get("scopes") or form.get("scope", "")),
            settings.times.device_code_s,
            settings.quirks.spurious_device_errors,
        )
        if self._consent.auto_login:
            person = self._state.world.person(self._consent.auto_login)
            device.decision, device.user_id = Decision.GRANTED, person.user_id
        return JSONResponse(
            {
                "device_code": device.device_code,
                "expires_in": int(settings.times.device_code_s),
                "interval": int(settings.times.device_interval_s),
                "user_code": device.user_code,
                "verification_uri": f"{request.base_url}activate?device-code={device.user_code}",
            }
        )

    async def authorize(self, request: Request) -> Response:
        """GET /oauth2/authorize; the person who consents by default does so at once."""
        query = request.query_params
        app = self._state.tokens.apps.get(query.get("client_id", ""))
        if app is None:
            raise OAuthError(400, "invalid client")
        redirect_uri, state = query.get("redirect_uri", ""), query.get("state", "")
        if redirect_uri not in app.redirect_uris:
            text = "Parameter redirect_uri does not match registered URI"
            return _redirect(redirect_uri, "redirect_mismatch", text, state)
        if self._consent.denies or not self._consent.auto_login:
            return _redirect(redirect_uri, "access_denied", "The user denied you access", state)
        code = self._consent.issue_code(
            AuthorizationCode(
                client_id=app.client_id,
                redirect_uri=redirect_uri,
                scopes=_scopes(query.get("scope", "")),
                user_id=self._state.world.person(self._consent.auto_login).user_id,
            )
        )
        answer = urlencode({"code": code, "scope": query.get("scope", ""), "state": state})
        return RedirectResponse(f"{redirect_uri}?{answer}", status_code=302)

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


async def _form(request: Request) -> Form:
    """Read a form; as on Twitch the fields may stand in the query too."""
    body = (await request.body()).decode("utf-8", "replace")
    return {**request.query_params, **dict(parse_qsl(body, keep_blank_values=True))}


def _scopes(text: str) -> frozenset[str]:
    for scope in text.split():
        if not _SCOPE.fullmatch(scope):
            raise OAuthError(400, f"invalid scope requested: '{scope}'")
    return frozenset(text.split())


def _redirect(uri: str, error: str, description: str, state: str) -> Response:
    if not uri:
        raise OAuthError(400, description)
    answer = urlencode({"error": error, "error_description": description, "state": state})
    return RedirectResponse(f"{uri}?{answer}", status_code=302)
