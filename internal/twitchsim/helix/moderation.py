"""Bans, deletions and warnings; chat sees them as CLEARCHAT and CLEARMSG."""

from typing import Any

from starlette.responses import Response

from twitchsim.clock import rfc3339
from twitchsim.helix.call import Endpoint, HelixCall, answer, no_content
from twitchsim.helix.errors import HelixError
from twitchsim.room import Person, Room

_MAX_TIMEOUT_S = 1_209_600
_MAX_REASON = 500


def ban(call: HelixCall) -> Response:
    """Ban a user, or time them out when a duration is given."""
    room, moderator = _moderated(call, "moderator:manage:banned_users")
    data = _data(call)
    person, duration = _target(call, data), data.get("duration")
    _check_ban(call, room, person, data)
    made = call.parts.moderation.ban(
        room,
        person,
        duration_s=duration,
        reason=str(data.get("reason", "")),
        moderator_id=moderator.user_id,
    )
    result = {
        "broadcaster_id": room.room_id,
        "moderator_id": moderator.user_id,
        "user_id": person.user_id,
        "created_at": rfc3339(made.created_at),
        "end_time": None if made.until is None else rfc3339(made.until),
    }
    return answer({"data": [result]})


def unban(call: HelixCall) -> Response:
    """Lift a ban or timeout."""
    room, _ = _moderated(call, "moderator:manage:banned_users")
    person = call.state.world.people.get(call.one("user_id"))
    if person is None or not call.parts.moderation.unban(room, person):
        text = "The user specified in the user_id query parameter is not banned."
        raise HelixError(400, text)
    return no_content()


def delete_messages(call: HelixCall) -> Response:
    """Delete one message, or without an id clear the whole chat."""
    room, _ = _moderated(call, "moderator:manage:chat_messages")
    message_id = call.query.get("message_id")
    if not message_id:
        call.parts.moderation.clear_chat(room)
        return no_content()
    said = room.recent.get(message_id)
    oldest_ms = (call.state.clock.now() - call.state.settings.times.deletable_s) * 1000
    if said is None or said.sent_ts < oldest_ms:
        raise HelixError(404, "The ID in message_id was not found.")
    if room.moderated_by(said.user.user_id) and said.user is not call.caller.person:
        text = "You cannot delete the broadcaster's or another moderator's messages."
        raise HelixError(400, text)
    call.parts.moderation.delete(room, said)
    return no_content()


def warn(call: HelixCall) -> Response:
    """Warn a user."""
    room, moderator = _moderated(call, "moderator:manage:warnings")
    data = _data(call)
    person, reason = _target(call, data), str(data.get("reason", ""))
    if not 1 <= len(reason) <= _MAX_REASON:
        raise HelixError(400, "The reason field must have 1 to 500 characters.")
    result = {
        "broadcaster_id": room.room_id,
        "user_id": person.user_id,
        "moderator_id": moderator.user_id,
        "reason": reason,
    }
    return answer({"data": [result]})


ENDPOINTS: dict[tuple[str, str], Endpoint] = {
    ("POST", "/moderation/bans"): ban,
    ("DELETE", "/moderation/bans"): unban,
    ("DELETE", "/moderation/chat"): delete_messages,
    ("POST", "/moderation/warnings"): warn,
}


def _moderated(call: HelixCall, scope: str) -> tuple[Room, Person]:
    call.caller.need_scope(scope)
    room = call.room()
    call.caller.need_self("moderator_id", call.one("moderator_id"))
    call.caller.need_moderator(room)
    return room, call.caller.person


def _data(call: HelixCall) -> dict[str, Any]:
    data = call.body.get("data")
    if not isinstance(data, dict):
        raise HelixError(400, "The data field is required.")
    return data


def _target(call: HelixCall, data: dict[str, Any]) -> Person:
    person = call.state.world.people.get(str(data.get("user_id", "")))
    if person is None:
        raise HelixError(400, "The ID in user_id is not valid.")
    return person


def _check_ban(call: HelixCall, room: Room, person: Person, data: dict[str, Any]) -> None:
    duration = data.get("duration")
    if duration is not None and (
        not isinstance(duration, int) or not 1 <= duration <= _MAX_TIMEOUT_S
    ):
        raise HelixError(400, f"The duration must be 1 to {_MAX_TIMEOUT_S} seconds.")
    if len(str(data.get("reason", ""))) > _MAX_REASON:
        raise HelixError(400, "The reason may have at most 500 characters.")
    if room.moderated_by(person.user_id):
        raise HelixError(400, "The user specified in the user_id field may not be banned.")
    found = room.active_ban(person.user_id, call.state.clock.now())
    if found is not None and found.until is None:
        raise HelixError(400, "The user specified in the user_id field is already banned.")
