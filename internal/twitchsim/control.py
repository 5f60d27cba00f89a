"""The control API: another process drives the simulator and reads its books over HTTP."""

import json
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from twitchsim.ledger import ConnectionRecord
from twitchsim.verbs.stage import Stage
from twitchsim.verbs.table import VERBS, BadArgumentsError, UnknownVerbError, perform, plain

_MAX_LINES = 100_000


class Control:
    """Answers on the control port."""

    def __init__(self, stage: Stage, endpoints: Callable[[], dict[str, Any]]) -> None:
        self._stage = stage
        self._endpoints = endpoints

    def app(self) -> Starlette:
        """Build the application."""
        return Starlette(
            routes=[
                Route("/", self._index),
                Route("/do/{verb}", self._do, methods=["POST"]),
                Route("/stats", self._stats),
                Route("/messages", self._messages),
                Route("/ledger", self._ledger),
                Route("/connections", self._connections),
                Route("/connections/{number:int}", self._connection),
            ]
        )

    async def _index(self, _: Request) -> Response:
        return JSONResponse({**self._endpoints(), "verbs": sorted(VERBS)})

    async def _do(self, request: Request) -> Response:
        try:
            arguments = json.loads(await request.body() or b"{}")
            if not isinstance(arguments, dict):
                raise BadArgumentsError("the body must be a JSON object")
            result = await perform(self._stage, request.path_params["verb"], arguments)
        except LookupError as error:
            status = 404 if isinstance(error, UnknownVerbError) else 400
            return JSONResponse({"error": str(error)}, status_code=status)
        except (ValueError, TypeError, AttributeError) as error:
            return JSONResponse({"error": str(error)}, status_code=400)
        return JSONResponse({"result": result})

    async def _stats(self, _: Request) -> Response:
        state = self._stage.state
        return JSONResponse(
            {
                "lines": len(state.ledger),
                "connections": len(self._stage.parts.irc.sessions),
                "rooms": {r.login: len(r.members) for r in state.world.rooms.values()},
                "counts": dict(sorted(state.counts.items())),
            }
        )

    async def _messages(self, _: Request) -> Response:
        return JSONResponse({"messages": plain(list(self._stage.state.client_messages))})

    async def _ledger(self, request: Request) -> Response:
        """Return numbered lines; ``after`` pages through them, ``channel`` picks a room."""
        channel, after = request.query_params.get("channel"), request.query_params.get("after", "0")
        state = self._stage.state
        try:
            room_id = state.world.room(channel).number if channel else None
            found = state.ledger.lines(room_id=room_id, after=int(after))
        except (LookupError, ValueError) as error:
            return JSONResponse({"error": str(error)}, status_code=400)
        lines = [plain(line) for _, line in zip(range(_MAX_LINES), found, strict=False)]
        return JSONResponse({"lines": lines, "total": len(state.ledger)})

    async def _connections(self, _: Request) -> Response:
        records = self._stage.state.ledger.connections
        return JSONResponse({"connections": [_summary(record) for record in records]})

    async def _connection(self, request: Request) -> Response:
        records = self._stage.state.ledger.connections
        number = request.path_params["number"]
        if not 1 <= number <= len(records):
            return JSONResponse({"error": "no such connection"}, status_code=404)
        record = records[number - 1]
        seqs = {
            "offered": record.offered(),
            "written": record.written(),
            "acknowledged": record.acknowledged(),
        }
        return JSONResponse({**_summary(record), "seqs": seqs})


def _summary(record: ConnectionRecord) -> dict[str, Any]:
    return {
        "number": record.number,
        "login": record.login,
        "opened_at": record.opened_at,
        "closed_at": record.closed_at,
        "close_reason": record.close_reason,
        "queued_bytes": record.queued_bytes,
        "written_bytes": record.written_bytes,
        "acknowledged_bytes": record.acknowledged_bytes,
    }
