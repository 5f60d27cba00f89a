"""The HTTP side: Helix, OAuth and the page on which people enter their device code."""

import asyncio
from collections.abc import Awaitable, Callable
from html import escape

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from twitchsim.consent import Consent, Decision
from twitchsim.grants import OAuthError
from twitchsim.helix.app import Helix, fault_response
from twitchsim.oauth import OAuth
from twitchsim.parts import SimParts

Handler = Callable[[Request], Awaitable[Response]]


def build_site(
    parts: SimParts, consent: Consent, helix: Helix, closing: asyncio.Event
) -> Starlette:
    """Build the application of the HTTP port."""
    oauth = OAuth(parts.state, consent)

    def served(handler: Handler) -> Handler:
        async def serve(request: Request) -> Response:
            path = request.url.path
            parts.state.counts[f"oauth.{request.method} {path}"] += 1
            fault = parts.state.faults.take_http(request.method, path)
            broken = None if fault is None else await fault_response(fault, closing)
            if broken is not None:
                return broken
            try:
                return await handler(request)
            except OAuthError as error:
                return error.response()

        return serve

    async def activate(request: Request) -> Response:
        return await _activate(request, parts, consent)

    methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
    return Starlette(
        routes=[
            Route("/helix/{path:path}", helix.answer, methods=methods),
            Route("/oauth2/token", served(oauth.token), methods=["POST"]),
            Route("/oauth2/validate", served(oauth.validate), methods=["GET"]),
            Route("/oauth2/revoke", served(oauth.revoke), methods=["POST"]),
            Route("/oauth2/device", served(oauth.device), methods=["POST"]),
            Route("/oauth2/authorize", served(oauth.authorize), methods=["GET"]),
            Route("/activate", activate, methods=["GET"]),
        ]
    )


async def _activate(request: Request, parts: SimParts, consent: Consent) -> Response:
    """Show the consent page; with ``login`` in the query, that person grants the code."""
    code = request.query_params.get("device-code", "")
    login = request.query_params.get("login", "")
    try:
        device = consent.by_user_code(code)
    except LookupError:
        return HTMLResponse("<p>Unknown code.</p>", status_code=404)
    if not login:
        return HTMLResponse(
            "<title>Simulated Twitch</title><h1>Simulated Twitch</h1><form>"
            f"<p>Code <input name=device-code value='{escape(code)}'></p>"
            "<p>Log in as <input name=login value=mybot></p><button>Authorize</button></form>"
        )
    device.user_id = parts.state.world.person(login).user_id
    device.decision = Decision.GRANTED
    return HTMLResponse("<p>Done. You can close this page.</p>")
