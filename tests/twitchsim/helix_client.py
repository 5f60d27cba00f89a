"""A small caller of the simulated Helix."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import httpx

from twitchsim.server import TwitchSim
from twitchsim.verbs.accounts import Account

Query = Mapping[str, str] | Sequence[tuple[str, str]]


class HelixClient:
    """Sends requests with an account's token."""

    def __init__(self, http: httpx.AsyncClient, sim: TwitchSim, account: Account) -> None:
        self._http = http
        self._sim = sim
        self.headers = {
            "Authorization": f"Bearer {account.token}",
            "Client-Id": account.client_id,
        }

    async def call(
        self,
        method: str,
        path: str,
        query: Query | None = None,
        body: dict[str, Any] | None = None,
    ) -> httpx.Response:
        """Send a request."""
        url = self._sim.helix_url + path
        return await self._http.request(
            method, url, params=_params(query), json=body, headers=self.headers
        )

    async def data(self, path: str, query: Query | None = None) -> list[dict[str, Any]]:
        """Return the ``data`` of a successful GET."""
        response = await self.call("GET", path, query)
        assert response.status_code == 200, response.text
        data: list[dict[str, Any]] = response.json()["data"]
        return data


def message_of(response: httpx.Response) -> str:
    """Return the message of an error answer."""
    body = response.json()
    assert body["status"] == response.status_code
    return str(body["message"])


def _params(query: Query | None) -> str:
    pairs = query.items() if isinstance(query, Mapping) else query
    return urlencode(list(pairs or ()))
