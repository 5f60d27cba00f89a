"""Helix's error answers."""

from http import HTTPStatus

from starlette.responses import JSONResponse


class HelixError(Exception):
    """A refused request."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message

    def response(self) -> JSONResponse:
        """Return the answer in Helix's form."""
        return error_response(self.status, self.message)


def error_response(status: int, message: str) -> JSONResponse:
    """Build an error body, ``{"error":"Unauthorized","status":401,"message":"…"}``."""
    body = {"error": HTTPStatus(status).phrase, "status": status, "message": message}
    return JSONResponse(body, status_code=status)
