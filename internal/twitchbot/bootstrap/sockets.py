"""Ports, taken before anything slow happens, so that a busy one is known at once."""

from __future__ import annotations

import errno
import socket

from twitchbot.adapters.web.server import bind
from twitchbot.bootstrap.exits import CannotStartError


def bound_socket(host: str, port: int, variable: str) -> socket.socket:
    """Return a socket bound to the address.

    Raises:
        CannotStartError: it can't be had; the message names the variable to change.
    """
    try:
        return bind(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise port_in_use(port, variable) from None
        raise CannotStartError(f"can't listen on {host}:{port}: {error.strerror}") from None


def port_in_use(port: int, variable: str) -> CannotStartError:
    """Return the error that says which variable to change."""
    return CannotStartError(
        f"port {port} is in use by another program: stop it, or set {variable} to another port"
    )
