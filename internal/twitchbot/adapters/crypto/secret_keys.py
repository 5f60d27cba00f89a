"""The secrets that everything sealed or signed hangs on: given, or made once and kept in a file."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path
from tempfile import NamedTemporaryFile

KEY_FILE = "secret.key"
SHORTEST_KEY = 32


class SecretKeyError(ValueError):
    """A secret key is unusable; the message says what to do and never quotes the key."""


def load_secret_keys(configured: str, data_dir: Path) -> tuple[str, ...]:
    """Return the keys, newest first: the configured ones, else the one kept in the data directory.

    Without either, a key is made and kept there, readable by us alone. Blocking; for the start.

    Raises:
        SecretKeyError: a key is too short, or others may read the file.
        OSError: the file can be neither read nor made.
    """
    if configured.strip():
        return _checked(configured, "SECRET_KEYS")
    path = data_dir / KEY_FILE
    if not path.exists():
        _make(path)
    if stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        raise SecretKeyError(f"{path}: others may read it; run `chmod 600` on it")
    return _checked(path.read_text(encoding="utf-8"), str(path))


def _checked(text: str, source: str) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in text.split(",") if key.strip())
    if not keys or any(len(key) < SHORTEST_KEY for key in keys):
        raise SecretKeyError(f"{source}: each key must have at least {SHORTEST_KEY} characters")
    return keys


def _make(path: Path) -> None:
    """Make the file whole or not at all; if another process is first, its key counts."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}.") as draft:
        draft.write(secrets.token_urlsafe(SHORTEST_KEY) + "\n")
        draft.flush()
        os.fsync(draft.fileno())
        try:
            path.hardlink_to(draft.name)
        except FileExistsError:
            return
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
