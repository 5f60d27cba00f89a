"""How a session of ours follows what Helix lists: pure rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from twitchbot.domain.ids import new_id
from twitchbot.domain.stream import EndedReason, LiveStream, Stream
from twitchbot.domain.unix_time import unix_ms


def opened(live: LiveStream, now: datetime) -> Stream:
    """Return a new session that began when Twitch says it did."""
    return Stream(
        id=new_id(unix_ms(now)),
        channel_id=live.channel_id,
        channel=live.channel,
        twitch_stream_id=live.twitch_stream_id,
        title=live.title,
        game_name=live.game_name,
        game_id=live.game_id,
        started_at=live.started_at,
        created_at=now,
        updated_at=now,
    )


def continued(session: Stream, live: LiveStream, now: datetime) -> Stream:
    """Return a session as it is while Helix lists its channel, also after it was taken as over."""
    return replace(
        session,
        twitch_stream_id=live.twitch_stream_id,
        title=live.title,
        game_name=live.game_name,
        game_id=live.game_id,
        ended_at=None,
        ended_reason=None,
        offline_since=None,
        updated_at=now,
    )


def ended_offline(session: Stream, at: datetime, now: datetime) -> Stream:
    """Return a session that ended when Helix stopped listing it."""
    return replace(session.ended(at, EndedReason.OFFLINE), updated_at=now)


def last_seen_live(session: Stream) -> datetime:
    """Return until when we know that a session was live: each round that sees it updates it."""
    return session.offline_since or session.updated_at


def is_another_broadcast(session: Stream, live: LiveStream, grace: timedelta) -> bool:
    """Tell whether the channel went live anew, and not just dropped out for a moment.

    A new Twitch stream id alone does not say so: Twitch gives one after each drop-out. A session
    made through the API has none, and takes the first one it meets.
    """
    if session.twitch_stream_id in ("", live.twitch_stream_id):
        return False
    return live.started_at - last_seen_live(session) > grace


def may_reopen(session: Stream) -> bool:
    """Tell whether an ended session goes on when its broadcast is listed again.

    That it was offline was our guess; that somebody ended or deleted it was a decision.
    """
    return session.deleted_at is None and session.ended_reason is EndedReason.OFFLINE
