"""Clips: made at once, visible later or never."""

import string
from datetime import datetime
from typing import Any

from starlette.responses import Response

from twitchsim.clock import rfc3339
from twitchsim.helix.call import Endpoint, HelixCall, answer
from twitchsim.helix.errors import HelixError
from twitchsim.tokens import random_text
from twitchsim.world import Clip

_DEFAULT_SPAN_S = 7 * 86_400.0


def get_clips(call: HelixCall) -> Response:
    """List clips of a broadcaster or category, most viewed first, or by id."""
    keys = [key for key in ("broadcaster_id", "game_id", "id") if call.query.get(key)]
    if len(keys) != 1:
        raise HelixError(400, "Exactly one of broadcaster_id, game_id and id is required.")
    wanted, now = call.many(keys[0]), call.state.clock.now()
    started, ended = _span(call)
    field = {"broadcaster_id": "room_id", "game_id": "game_id", "id": "clip_id"}[keys[0]]
    found = [
        clip
        for clip in call.state.world.clips.values()
        if getattr(clip, field) in wanted
        and clip.ready_at is not None
        and clip.ready_at <= now
        and started <= clip.created_at <= ended
    ]
    found.sort(key=lambda clip: (-clip.views, clip.created_at))
    most = call.state.settings.limits.clip_results
    return call.page([_shown(call, clip) for clip in found[:most]])


def create_clip(call: HelixCall) -> Response:
    """Start a clip of a live channel."""
    call.caller.need_scope("clips:edit")
    room, now = call.room(), call.state.clock.now()
    if room.stream is None:
        raise HelixError(404, "Clipping is not possible for an offline channel.")
    if not room.clippable or room.active_ban(call.caller.person.user_id, now):
        raise HelixError(403, "The broadcaster has restricted the ability to capture clips.")
    never = call.state.faults.clips_never_ready
    clip = Clip(
        clip_id="".join(random_text(5, string.ascii_lowercase).title() for _ in range(4)),
        room_id=room.room_id,
        creator_id=call.caller.person.user_id,
        title=call.query.get("title") or room.title,
        created_at=now,
        ready_at=None if never else now + call.state.settings.times.clip_ready_s,
        duration=_duration(call),
        game_id=room.game.game_id if room.game else "",
    )
    call.state.world.clips[clip.clip_id] = clip
    edit_url = f"https://www.twitch.tv/{room.login}/clip/{clip.clip_id}"
    return answer({"data": [{"id": clip.clip_id, "edit_url": edit_url}]}, 202)


ENDPOINTS: dict[tuple[str, str], Endpoint] = {
    ("GET", "/clips"): get_clips,
    ("POST", "/clips"): create_clip,
}


def _duration(call: HelixCall) -> float:
    try:
        duration = float(call.query.get("duration", "30"))
    except ValueError as error:
        raise HelixError(400, "The duration parameter is not a number.") from error
    if not 5 <= duration <= 60:
        raise HelixError(400, "The duration must be 5 to 60 seconds.")
    return duration


def _span(call: HelixCall) -> tuple[float, float]:
    started, ended = call.query.get("started_at"), call.query.get("ended_at")
    if not started:
        return 0.0, float("inf")
    first = _epoch(started)
    return first, _epoch(ended) if ended else first + _DEFAULT_SPAN_S


def _epoch(text: str) -> float:
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError as error:
        raise HelixError(400, "started_at and ended_at must be RFC 3339 times.") from error


def _shown(call: HelixCall, clip: Clip) -> dict[str, Any]:
    room = call.state.world.rooms[clip.room_id]
    creator = call.state.world.people[clip.creator_id]
    has_video = call.state.clock.now() - clip.created_at > 300
    return {
        "id": clip.clip_id,
        "url": f"https://clips.twitch.tv/{clip.clip_id}",
        "embed_url": f"https://clips.twitch.tv/embed?clip={clip.clip_id}",
        "broadcaster_id": clip.room_id,
        "broadcaster_name": room.owner.display_name,
        "creator_id": creator.user_id,
        "creator_name": creator.display_name,
        "video_id": "205586603" if has_video else "",
        "game_id": clip.game_id,
        "language": room.language,
        "title": clip.title,
        "view_count": clip.views,
        "created_at": rfc3339(clip.created_at),
        "thumbnail_url": f"https://clips-media-assets2.twitch.tv/{clip.clip_id}-preview-480x272.jpg",
        "duration": clip.duration,
        "vod_offset": 480 if has_video else None,
        "is_featured": False,
    }
