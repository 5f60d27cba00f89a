"""HTTP to Twitch: the one place that knows the HTTP library."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

import httpx

from twitchbot.domain.errors import UnavailableError

CONNECT_TIMEOUT_S = 5.0
TOTAL_TIMEOUT_S = 10.0
MAX_BODY_BYTES = 1024 * 1024

# A lone surrogate can be neither sent on nor stored, and a NUL not stored by PostgreSQL.
_UNWANTED = {0: "\ufffd"} | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")

Params = Sequence[tuple[str, str]]


def text_of(value: object) -> str:
    """Return a JSON value as storable text; what is no string becomes the empty one."""
    return value.translate(_UNWANTED) if isinstance(value, str) else ""


@dataclass(slots=True, frozen=True, kw_only=True)
class WebAnswer:
    """A complete answer; gateways also send HTML or nothing where JSON is due."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    def json(self) -> Mapping[str, object]:
        """Return the JSON object of the body; an empty one when it holds none."""
        try:
            content = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return content if isinstance(content, dict) else {}

    @property
    def message(self) -> str:
        """Twitch's explanation of an error, at most 200 characters of it."""
        return text_of(self.json().get("message"))[:200]


class WebClient:
    """Requests below one address, over connections that are kept open.

    Redirects are not followed and proxy variables not read: tokens go to that address only.
    """

    def __init__(
        self,
        address: str,
        *,
        connect_timeout_s: float = CONNECT_TIMEOUT_S,
        total_timeout_s: float = TOTAL_TIMEOUT_S,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._address = address.rstrip("/")
        self._total_timeout_s = total_timeout_s
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(total_timeout_s, connect=connect_timeout_s),
            follow_redirects=False,
            trust_env=False,
            transport=transport,
            headers={"User-Agent": "twitchbot", "Accept": "application/json"},
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def get(self, path: str, params: Params, headers: Mapping[str, str]) -> WebAnswer:
        """Ask for something; UnavailableError when there is no complete answer in time."""
        url = httpx.URL(f"{self._address}{path}", params=list(params))
        return await self._send(self._client.build_request("GET", url, headers=headers))

    async def post_form(self, path: str, form: Mapping[str, str]) -> WebAnswer:
        """Send a form; UnavailableError when there is no complete answer in time."""
        return await self._send(
            self._client.build_request("POST", f"{self._address}{path}", data=dict(form))
        )

    async def _send(self, request: httpx.Request) -> WebAnswer:
        try:
            async with asyncio.timeout(self._total_timeout_s):
                response = await self._client.send(request, stream=True)
                try:
                    return WebAnswer(
                        status=response.status_code,
                        headers=response.headers,
                        body=await _limited_body(response),
                    )
                finally:
                    await response.aclose()
        except (TimeoutError, httpx.HTTPError) as error:
            # The cause is left out: its text may hold what we sent.
            raise UnavailableError(
                f"Twitch does not answer at {request.url.host} ({type(error).__name__})"
            ) from None


async def _limited_body(response: httpx.Response) -> bytes:
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > MAX_BODY_BYTES:
            raise UnavailableError(f"the answer of {response.url.host} is too long")
    return bytes(body)
