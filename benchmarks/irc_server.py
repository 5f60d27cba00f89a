"""A chat server of very few words: it lets anybody in, and sends its lines as fast as they are read.

It runs in a process of its own, so that what is measured shares nothing with it but the machine.
"""

from __future__ import annotations

import multiprocessing
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from twitchsim.certificate import Certificate

HOST = "127.0.0.1"

_WELCOME = b":tmi.twitch.tv 001 justinfan1 :Welcome, GLHF!\r\n"
_SLICE_BYTES = 256 * 1024
_PATIENCE_S = 120.0


@contextmanager
def irc_server(lines: Path, *, tls: bool) -> Iterator[tuple[int, Path | None]]:
    """Serve the lines of a file to one client after the other; give the port and the certificate."""
    certificate = Certificate(HOST) if tls else None
    ca_file = certificate.ca_file if certificate else None
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, lines, ca_file), daemon=True)
    process.start()
    try:
        yield here.recv(), ca_file
    finally:
        process.terminate()
        process.join()
        if certificate is not None:
            certificate.remove()


def _serve(ready: Connection, lines: Path, ca_file: Path | None) -> None:
    data = lines.read_bytes()
    context = _tls_context(ca_file) if ca_file else None
    with socket.create_server((HOST, 0)) as listener:
        ready.send(listener.getsockname()[1])
        while True:
            client, _ = listener.accept()
            client.settimeout(_PATIENCE_S)
            try:
                with context.wrap_socket(client, server_side=True) if context else client as peer:
                    _talk(peer, data)
            except OSError:
                continue  # it has heard enough


def _tls_context(ca_file: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(ca_file, ca_file.with_name("key.pem"))
    return context


def _talk(peer: socket.socket, data: bytes) -> None:
    """Answer a login, send everything at the first JOIN, then answer until the client leaves."""
    has_sent = False
    with peer.makefile("rb") as heard:
        for line in heard:
            command, _, rest = line.strip().partition(b" ")
            if command == b"NICK":
                peer.sendall(_WELCOME)
            elif command == b"PING":
                peer.sendall(b"PONG " + rest + b"\r\n")
            elif command == b"JOIN":
                peer.sendall(_room_state(rest))
                if not has_sent:
                    _send(peer, data)
                    has_sent = True


def _room_state(channel: bytes) -> bytes:
    return b"@room-id=1 :tmi.twitch.tv ROOMSTATE " + channel + b"\r\n"


def _send(peer: socket.socket, data: bytes) -> None:
    view = memoryview(data)
    for start in range(0, len(data), _SLICE_BYTES):
        peer.sendall(view[start : start + _SLICE_BYTES])
