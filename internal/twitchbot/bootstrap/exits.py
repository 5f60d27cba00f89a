"""How the program ends when it can't go on: one plain sentence and a code (sysexits.h)."""

from __future__ import annotations

OK = 0
UNAVAILABLE = 69
BUG = 70
CONFIGURATION = 78


class CannotStartError(Exception):
    """Something outside is in the way; the message says what to do about it."""
