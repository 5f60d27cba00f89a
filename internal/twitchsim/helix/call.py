"""One Helix request as the endpoints see it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import QueryParams
from starlette.responses import JSONResponse, Response

from twitchsim.helix.errors import HelixError
from twitchsim.helix.gate import Caller
from twitchsim.helix.paging import page_size, paged
from twitchsim.parts import SimParts
from twitchsim.room import Room
from twitchsim.state import SimState


@dataclass(frozen=True, slots=True, kw_only=True)
class HelixCall:
    """The caller, what was asked, and the simulator's parts that answer."""

    parts: SimParts
    caller: Caller
    query: QueryParams
    body: Mapping[str, Any]

    @property
    def state(self) -> SimState:
        """Return what the simulator's servers share."""
        return self.parts.state

    def many(self, name: str, most: int = 100) -> list[str]:
        """Return all values of a repeated query key; 400 for too many."""
        values = self.query.getlist(name)
        if len(values) > most:
            raise HelixError(400, f'The parameter "{name}" was given more than {most} times.')
        return values

    def one(self, name: str) -> str:
        """Return a required query value; 400 without it."""
        value = self.query.get(name, "")
        if not value:
            raise HelixError(400, f'Missing required parameter "{name}"')
        return value

    def room(self, name: str = "broadcaster_id") -> Room:
        """Return the room that a query key names; 404 for an unknown one."""
        room = self.state.world.rooms.get(self.one(name))
        if room is None or room.owner.suspended:
            raise HelixError(404, "The broadcaster was not found.")
        return room

    def page(
        self,
        items: list[dict[str, Any]],
        *,
        default: int = 20,
        most: int = 100,
        **extra: Any,
    ) -> JSONResponse:
        """Return the asked page of a list."""
        data, pagination = paged(
            items,
            self.query,
            page_size(self.query, default, most),
            cursor_on_last_page=self.state.settings.quirks.cursor_on_last_page,
        )
        return answer({"data": data, "pagination": pagination, **extra})


Endpoint = Callable[[HelixCall], Response]


def answer(body: Mapping[str, Any], status: int = 200) -> JSONResponse:
    """Return a JSON answer."""
    return JSONResponse(body, status_code=status)


def no_content() -> Response:
    """Return 204."""
    return Response(status_code=204)
