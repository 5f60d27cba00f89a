"""A file that one process holds, so that a second one on the same data says so and ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from twitchbot.bootstrap.exits import CannotStartError


@contextmanager
def held(path: Path, what: str) -> Iterator[None]:
    """Hold a lock file; the kernel lets go of it however the process ends.

    Raises:
        CannotStartError: another process holds it, or it can't be made.
    """
    descriptor = _opened(path)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 32).decode("ascii", "replace").strip()
            raise CannotStartError(
                f"{what} is in use by another twitchbot (process {holder or 'unknown'}): "
                "stop that one, or set DATABASE_URL or DATA_DIR to another place"
            ) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def _opened(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise CannotStartError(
            f"can't write {path}: {error.strerror}; set DATABASE_URL or DATA_DIR to another place"
        ) from None
