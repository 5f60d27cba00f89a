"""Pages and their opaque cursors."""

import base64
import json
from collections.abc import Mapping, Sequence
from typing import TypeVar

from twitchsim.helix.errors import HelixError

Item = TypeVar("Item")


def page_size(query: Mapping[str, str], default: int = 20, most: int = 100) -> int:
    """Return the wanted page size; 400 outside 1 to ``most``."""
    text = query.get("first", "")
    if not text:
        return default
    if not text.isdecimal() or not 1 <= int(text) <= most:
        raise HelixError(400, f'The parameter "first" was malformed: must be in 1..{most}')
    return int(text)


def paged(
    items: Sequence[Item], query: Mapping[str, str], size: int, *, cursor_on_last_page: bool
) -> tuple[Sequence[Item], dict[str, str]]:
    """Return the asked page and its ``pagination`` object.

    With ``cursor_on_last_page`` a full last page still has a cursor, which leads to an empty page.
    """
    start = _position(query.get("after", ""))
    if not query.get("after") and query.get("before"):
        start = max(_position(query["before"]) - 2 * size, 0)
    page = items[start : start + size]
    end = start + len(page)
    more = end < len(items) or (cursor_on_last_page and len(page) == size)
    return page, {"cursor": _cursor(end)} if more else {}


def _cursor(position: int) -> str:
    return base64.urlsafe_b64encode(json.dumps({"b": None, "a": {"o": position}}).encode()).decode()


def _position(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return max(int(json.loads(base64.urlsafe_b64decode(cursor))["a"]["o"]), 0)
    except (ValueError, KeyError, TypeError) as error:
        raise HelixError(400, "The cursor specified in the after field is not valid.") from error
