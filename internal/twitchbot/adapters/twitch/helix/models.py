"""Helix's words to ours; whatever is missing or odd in an item costs that item only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from twitchbot.adapters.twitch.web_client import WebAnswer, text_of
from twitchbot.domain.errors import UnavailableError
from twitchbot.domain.stream import LiveStream
from twitchbot.domain.viewer import Chatter

Item = Mapping[str, object]
MAX_COUNT = 2**31 - 1


def items_of(answer: WebAnswer) -> Sequence[Item]:
    """Return the list of an answer.

    Raises:
        UnavailableError: it has none. An answer that we cannot read must not look like "nobody".
    """
    data = answer.json().get("data")
    if answer.status != 200 or not isinstance(data, list):
        raise UnavailableError(f"Helix answered {answer.status} {answer.message}".rstrip())
    return [item for item in data if isinstance(item, dict)]


def cursor_of(answer: WebAnswer) -> str:
    """Return where the next page begins; empty on the last one."""
    pagination = answer.json().get("pagination")
    return text_of(pagination.get("cursor")) if isinstance(pagination, dict) else ""


def live_stream_of(item: Item) -> LiveStream | None:
    """Translate an item of /streams."""
    stream_id, channel_id = text_of(item.get("id")), text_of(item.get("user_id"))
    started_at = _time_of(item.get("started_at"))
    if not stream_id or not channel_id or started_at is None:
        return None
    return LiveStream(
        twitch_stream_id=stream_id,
        channel_id=channel_id,
        channel=text_of(item.get("user_login")).lower(),
        title=text_of(item.get("title")),
        game_name=text_of(item.get("game_name")),
        game_id=text_of(item.get("game_id")),
        viewer_count=_count_of(item.get("viewer_count")),
        started_at=started_at,
    )


def chatter_of(item: Item) -> Chatter | None:
    """Translate an item of /chat/chatters."""
    user_id, login = text_of(item.get("user_id")), text_of(item.get("user_login")).lower()
    if not user_id or not login:
        return None
    return Chatter(
        user_id=user_id, username=login, display_name=text_of(item.get("user_name")) or login
    )


def _time_of(value: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(text_of(value))
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _count_of(value: object) -> int:
    return min(max(value, 0), MAX_COUNT) if isinstance(value, int) else 0
