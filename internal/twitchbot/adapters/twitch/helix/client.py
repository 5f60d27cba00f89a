"""The questions we ask Helix."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from twitchbot.adapters.twitch.helix.caller import HelixCaller
from twitchbot.adapters.twitch.helix.models import (
    chatter_of,
    cursor_of,
    items_of,
    live_stream_of,
)
from twitchbot.adapters.twitch.web_client import text_of
from twitchbot.domain.channel import LOGIN
from twitchbot.domain.errors import MissingScopeError
from twitchbot.domain.stream import LiveStream
from twitchbot.domain.viewer import Chatter
from twitchbot.usecases.ports.helix import Helix

IDS_PER_CALL = 100
CHATTERS_PER_PAGE = 1000
# No channel has a million chatters: whoever sends more pages than this sends them in a circle.
MAX_CHATTER_PAGES = 1000
_USER_ID = re.compile(r"[0-9]{1,20}", re.ASCII)


class HelixClient(Helix):
    """Twitch's web API over one caller."""

    def __init__(self, caller: HelixCaller) -> None:
        self._caller = caller

    async def live_streams(self, channel_ids: Collection[str]) -> Sequence[LiveStream]:
        """Return the streams of those channels that are live now, 100 channels per call."""
        found: dict[str, LiveStream] = {}
        for some in _batches(id_ for id_ in channel_ids if _USER_ID.fullmatch(id_)):
            # The default page of 20 would hide the rest.
            params = [("user_id", id_) for id_ in some] + [("first", str(IDS_PER_CALL))]
            for item in items_of(await self._caller.get("/streams", params)):
                live = live_stream_of(item)
                if live is not None:
                    found[live.channel_id] = live
        return list(found.values())

    async def user_ids(self, logins: Collection[str]) -> Mapping[str, str]:
        """Return the user id of each login that exists."""
        found: dict[str, str] = {}
        for some in _batches(login for login in logins if LOGIN.fullmatch(login)):
            found |= await self._user_ids(some)
        return found

    async def chatters(self, channel_id: str) -> Sequence[Chatter]:
        """Return who is in a channel; MissingScopeError when we are not its moderator."""
        moderator_id = await self._caller.user_id()
        if not moderator_id:
            raise MissingScopeError("an app access token does not show chatters")
        params = [
            ("broadcaster_id", channel_id),
            ("moderator_id", moderator_id),
            ("first", str(CHATTERS_PER_PAGE)),
        ]
        found: dict[str, Chatter] = {}
        cursor = ""
        for _ in range(MAX_CHATTER_PAGES):
            after = [("after", cursor)] if cursor else []
            answer = await self._caller.get("/chat/chatters", params + after)
            items = items_of(answer)
            found |= {c.user_id: c for item in items if (c := chatter_of(item)) is not None}
            cursor = cursor_of(answer)
            if not items or not cursor:  # a cursor may stand on an empty last page
                break
        return list(found.values())

    async def _user_ids(self, logins: Sequence[str]) -> Mapping[str, str]:
        """Ask for a batch; one name that Twitch dislikes fails all, so then ask for its halves."""
        answer = await self._caller.get("/users", [("login", login) for login in logins])
        if answer.status == 400:
            if len(logins) == 1:
                return {}
            middle = len(logins) // 2
            first, second = logins[:middle], logins[middle:]
            return {**await self._user_ids(first), **await self._user_ids(second)}
        return {
            text_of(item.get("login")).lower(): text_of(item.get("id")) for item in items_of(answer)
        }


def _batches(values: Iterator[str]) -> Iterator[list[str]]:
    distinct = sorted(set(values))
    for start in range(0, len(distinct), IDS_PER_CALL):
        yield distinct[start : start + IDS_PER_CALL]
