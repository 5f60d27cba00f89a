"""A line that a client sent, taken apart."""

from dataclasses import dataclass

_UNESCAPED = {":": ";", "s": " ", "\\": "\\", "r": "\r", "n": "\n"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Tags, command (upper case) and params; a trailing param is the last one."""

    tags: dict[str, str]
    command: str
    params: list[str]

    def param(self, index: int) -> str:
        """Return a param, or nothing where there is none."""
        return self.params[index] if index < len(self.params) else ""


def parse_request(text: str) -> Request:
    """Parse a line without its end; an empty command means there was none."""
    tags: dict[str, str] = {}
    if text.startswith("@"):
        raw_tags, _, text = text[1:].partition(" ")
        for item in raw_tags.split(";"):
            name, _, value = item.partition("=")
            tags[name] = _unescape(value)
    if text.startswith(":"):
        _, _, text = text.partition(" ")
    head, has_trailing, trailing = text.lstrip(" ").partition(" :")
    words = head.split()
    if has_trailing:
        words.append(trailing)
    elif len(words) > 1 and words[-1].startswith(":"):
        words[-1] = words[-1][1:]
    command = words[0].upper() if words else ""
    return Request(tags=tags, command=command, params=words[1:])


def _unescape(value: str) -> str:
    parts: list[str] = []
    characters = iter(value)
    for character in characters:
        if character == "\\":
            following = next(characters, "")
            parts.append(_UNESCAPED.get(following, following))
        else:
            parts.append(character)
    return "".join(parts)
