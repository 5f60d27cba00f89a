"""OAuth: tokens, refresh, device logins, validation and revocation."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from twitchsim.consent import AuthorizationCode, Consent, Decision
from twitchsim.grants import Form, Grants, OAuthError, parse_scopes
from twitchsim.state import SimState


class OAuth:
    """Answers what stands below ``/oauth2``."""

    def __init__(self, state: SimState, consent: Consent) -> None:
        self._state = state
        self._consent = consent
        self._grants = Grants(state, consent)

    async def token(self, request: Request) -> Response:
        """POST /oauth2/token."""
        return self._grants.answer(await _form(request))

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
            parse_scopes(form.get("scopes") or form.get("scope", "")),
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
                scopes=parse_scopes(query.get("scope", "")),
                user_id=self._state.world.person(self._consent.auto_login).user_id,
            )
        )
        answer = urlencode({"code": code, "scope": query.get("scope", ""), "state": state})
        return RedirectResponse(f"{redirect_uri}?{answer}", status_code=302)


async def _form(request: Request) -> Form:
    """Read a form; as on Twitch the fields may stand in the query too."""
    body = (await request.body()).decode("utf-8", "replace")
    return {**request.query_params, **dict(parse_qsl(body, keep_blank_values=True))}


def _redirect(uri: str, error: str, description: str, state: str) -> Response:
    if not uri:
        raise OAuthError(400, description)
    answer = urlencode({"error": error, "error_description": description, "state": state})
    return RedirectResponse(f"{uri}?{answer}", status_code=302)
