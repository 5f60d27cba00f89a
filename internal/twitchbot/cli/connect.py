"""The connection of a command to a running service."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import grpc

DEFAULT_ADDRESS = "127.0.0.1:9093"
CALL_TIMEOUT_S = 15.0
EXIT_REFUSED = 1
EXIT_UNAVAILABLE = 69  # sysexits.h

Address = Annotated[
    str, typer.Option(envvar="TWITCHBOT_ADDRESS", help="The gRPC address of the running service.")
]


@contextmanager
def connected(address: str) -> Iterator[grpc.Channel]:
    """Open a connection; a call that fails inside ends the command with one sentence."""
    import grpc

    with grpc.insecure_channel(address) as channel:
        try:
            yield channel
        except grpc.RpcError as error:
            typer.echo(_sentence(error, address), err=True)
            raise typer.Exit(EXIT_UNAVAILABLE if is_away(error) else EXIT_REFUSED) from None


def is_away(error: object) -> bool:
    """Tell whether a failed call may go well a little later."""
    import grpc

    return isinstance(error, grpc.Call) and error.code() is grpc.StatusCode.UNAVAILABLE


def _sentence(error: object, address: str) -> str:
    import grpc

    if not isinstance(error, grpc.Call):
        return f"The call to {address} failed."
    # A refusal by the service always explains itself; a broken connection cannot.
    is_answer = any(key == "grpc-status-details-bin" for key, _ in error.trailing_metadata() or ())
    if is_answer:
        return f"The service says: {error.details()}"
    return f"No service answers at {address} ({error.details()}). Is it running?"
