"""IRC lines as Twitch writes them, from tags to ``\\r\\n``."""

import random
from collections.abc import Iterable, Mapping

SERVER = ":tmi.twitch.tv"
Tags = dict[str, str]

_ESCAPES = str.maketrans(
    {";": "\\:", " ": "\\s", "\\": "\\\\", "\r": "\\r", "\n": "\\n"},
)


def escape(value: str) -> str:
    """Escape a tag value."""
    return value.translate(_ESCAPES)


def tag_text(tags: Mapping[str, str], shuffle: bool = False) -> str:
    """Join tags in alphabetical order, or in a random one; nothing gives nothing."""
    if not tags:
        return ""
    names = sorted(tags)
    if shuffle:
        random.shuffle(names)
    return "@" + ";".join(f"{name}={escape(tags[name])}" for name in names) + " "


def line(
    prefix: str,
    command: str,
    *params: str,
    trailing: str | None = None,
    tags: Mapping[str, str] | None = None,
    shuffle: bool = False,
) -> bytes:
    """Build one line; lone surrogates in any part become question marks."""
    parts = [part for part in (prefix, command, *params) if part]
    if trailing is not None:
        parts.append(":" + trailing)
    text = tag_text(tags or {}, shuffle) + " ".join(parts) + "\r\n"
    return text.encode("utf-8", "replace")


def without_tags(data: bytes) -> bytes:
    """Return the same line for a client that did not ask for tags."""
    return data[data.index(b" ") + 1 :] if data.startswith(b"@") else data


def prefix_of(login: str) -> str:
    """Return the prefix of a person's own lines."""
    return f":{login}!{login}@{login}.tmi.twitch.tv"


def welcome(login: str, all_alike: bool) -> bytes:
    """Build the seven lines that end a login."""
    maze = "You are in a maze of twisty passages" + (", all alike." if all_alike else ".")
    texts = (
        ("001", "Welcome, GLHF!"),
        ("002", "Your host is tmi.twitch.tv"),
        ("003", "This server is rather new"),
        ("004", "-"),
        ("375", "-"),
        ("372", maze),
        ("376", ">"),
    )
    return b"".join(line(SERVER, code, login, trailing=text) for code, text in texts)


def names(login: str, channel: str, present: Iterable[str]) -> bytes:
    """Build the 353 lines (at most about 400 bytes of names each) and the closing 366."""
    host = f":{login}.tmi.twitch.tv"
    chunks: list[str] = []
    for name in present:
        if chunks and len(chunks[-1]) + len(name) < 400:
            chunks[-1] += f" {name}"
        else:
            chunks.append(name)
    listed = [line(host, "353", login, "=", f"#{channel}", trailing=chunk) for chunk in chunks]
    end = line(host, "366", login, f"#{channel}", trailing="End of /NAMES list")
    return b"".join([*listed, end])


def notice(channel: str, text: str, tags: Mapping[str, str] | None = None) -> bytes:
    """Build a NOTICE to a channel, or to ``*`` at login."""
    target = "*" if channel == "*" else f"#{channel}"
    return line(SERVER, "NOTICE", target, trailing=text, tags=tags)
