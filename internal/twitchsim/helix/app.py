"""The Helix application: gate, endpoint, headers; or the fault that was ordered instead."""

import asyncio
import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from twitchsim.faults import HttpFault
from twitchsim.helix import channels, chat, clips, moderation, people
from twitchsim.helix.call import Endpoint, HelixCall
from twitchsim.helix.errors import HelixError, error_response
from twitchsim.helix.gate import Caller, Gate
from twitchsim.parts import SimParts

_ENDPOINTS: Mapping[tuple[str, str], Endpoint] = {
    **channels.ENDPOINTS,
    **people.ENDPOINTS,
    **chat.ENDPOINTS,
    **moderation.ENDPOINTS,
    **clips.ENDPOINTS,
}


class Helix:
    """Answers everything below ``/helix``."""

    def __init__(self, parts: SimParts, closing: asyncio.Event) -> None:
        self._parts = parts
        self._closing = closing
        self.gate = Gate(parts.state)

    async def answer(self, request: Request) -> Response:
        """Answer one request."""
        path = "/" + request.path_params["path"]
        self._parts.state.counts[f"helix.{request.method} {path}"] += 1
        fault = self._parts.state.faults.take_http(request.method, path)
        if fault is not None:
            broken = await fault_response(fault, self._closing)
            if broken is not None:
                return broken
        try:
            return await self._serve(request, path)
        except HelixError as error:
            return error.response()

    async def _serve(self, request: Request, path: str) -> Response:
        token = self.gate.token(request)
        if not self.gate.spend(token):
            limited = error_response(429, "Too Many Requests")
            limited.headers.update(self.gate.headers(token))
            return limited
        call = HelixCall(
            parts=self._parts,
            caller=Caller(self._parts.state, token),
            query=request.query_params,
            body=await _body(request),
        )
        try:
            response = self._endpoint(request.method, path)(call)
        except HelixError as error:
            response = error.response()
        response.headers.update(self.gate.headers(token))
        return response

    def _endpoint(self, method: str, path: str) -> Endpoint:
        endpoint = _ENDPOINTS.get((method, path))
        if endpoint is None:
            raise HelixError(404, "")
        return endpoint


async def fault_response(fault: HttpFault, closing: asyncio.Event) -> Response | None:
    """Wait as ordered; return the ordered answer, or None if the real one shall follow."""
    pause_s = None if fault.hang else fault.delay_s
    if pause_s != 0:
        with suppress(TimeoutError):
            await asyncio.wait_for(closing.wait(), pause_s)
    if fault.status is None:
        return None
    if fault.body == "html":
        page = f"<html><body><h1>{fault.status} Bad Gateway</h1></body></html>"
        return HTMLResponse(page, status_code=fault.status)
    if fault.body == "empty":
        return Response(status_code=fault.status)
    return error_response(fault.status, fault.message)


async def _body(request: Request) -> Mapping[str, Any]:
    raw = await request.body()
    if not raw:
        return {}
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise HelixError(400, "The request body is not valid JSON.") from error
    if not isinstance(body, dict):
        raise HelixError(400, "The request body must be a JSON object.")
    return body
