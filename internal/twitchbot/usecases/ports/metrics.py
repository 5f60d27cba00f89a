"""Figures about our own work."""

from __future__ import annotations

from typing import Protocol


class Metrics(Protocol):
    """Counts what happens while chat is kept; reading them is the adapter's business."""

    def line_received(self) -> None:
        """Count a chat line."""
        ...

    def line_unreadable(self) -> None:
        """Count a line that could not be read."""
        ...

    def batch_stored(self, offered: int, stored: int, seconds: float) -> None:
        """Count a committed batch; what was offered and not stored was there already."""
        ...

    def row_rejected(self) -> None:
        """Count a message that the database refused for its data."""
        ...

    def command_answered(self, outcome: str) -> None:
        """Count a chat command by outcome."""
        ...
