"""Chat lines as Twitch writes them: captured shapes by name, and made to measure."""

from __future__ import annotations

from pathlib import Path

_FILE = Path(__file__).parent.parent / "adapters" / "twitch" / "chat" / "data" / "privmsg.txt"

USUAL_TAGS = {
    "badge-info": "",
    "badges": "",
    "color": "",
    "display-name": "Viewer1",
    "emotes": "",
    "first-msg": "0",
    "flags": "",
    "id": "10000000-0000-4000-8000-000000000001",
    "mod": "0",
    "returning-chatter": "0",
    "room-id": "2001",
    "subscriber": "0",
    "tmi-sent-ts": "1767225600001",
    "turbo": "0",
    "user-id": "3001",
    "user-type": "",
}


def captured_lines() -> dict[str, bytes]:
    """Return the captured lines by name."""
    rows = _FILE.read_text(encoding="utf-8").splitlines()
    pairs = (row.split("\t", 1) for row in rows if not row.startswith("#"))
    return {name: line.replace("\\x01", "\x01").encode() for name, line in pairs}


def a_line(text: str = "hello", *, without: str = "", **tags: str) -> bytes:
    """Return a line with these tags instead of the usual ones; `_` in a name stands for `-`."""
    wanted = USUAL_TAGS | {name.replace("_", "-"): value for name, value in tags.items()}
    written = ";".join(f"{name}={wanted[name]}" for name in sorted(wanted) if name != without)
    return f"@{written} :viewer1!viewer1@viewer1.tmi.twitch.tv PRIVMSG #chan :{text}".encode()
