"""Sending, colours, announcements, shoutouts and whispers."""

import re

from starlette.responses import Response

from twitchsim.helix.call import Endpoint, HelixCall, answer, no_content
from twitchsim.helix.errors import HelixError
from twitchsim.room import Person, Room, Said
from twitchsim.settings import LimitSettings
from twitchsim.usernotices import announcement

NAMED_COLORS = {
    "blue": "#0000FF",
    "blue_violet": "#8A2BE2",
    "cadet_blue": "#5F9EA0",
    "chocolate": "#D2691E",
    "coral": "#FF7F50",
    "dodger_blue": "#1E90FF",
    "firebrick": "#B22222",
    "golden_rod": "#DAA520",
    "green": "#008000",
    "hot_pink": "#FF69B4",
    "orange_red": "#FF4500",
    "red": "#FF0000",
    "sea_green": "#2E8B57",
    "spring_green": "#00FF7F",
    "yellow_green": "#9ACD32",
}
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_NOT_REPLYABLE = "The request's input was not valid. Message cannot be replied to."


def send_message(call: HelixCall) -> Response:
    """Send a chat message; 200 does not mean that it was sent."""
    room, sender = _sender(call)
    text = str(call.body.get("message", ""))
    if not text:
        raise HelixError(400, "The message field is required.")
    if len(text) > call.state.settings.limits.message_characters:
        raise HelixError(422, "The message is too large.")
    reply_to = str(call.body.get("reply_parent_message_id") or "")
    if reply_to and reply_to not in room.recent:
        raise HelixError(400, _NOT_REPLYABLE)
    if room.active_ban(sender.user_id, call.state.clock.now()):
        raise HelixError(403, "The sender is not permitted to send chat messages to the channel.")
    text = call.parts.rules.prepare(text)
    refusal = call.parts.rules.judge(room, sender, text)
    if refusal is not None:
        call.state.note_message(sender.login, room, text, refusal.msg_id or "ignored")
        reason = {"code": refusal.msg_id or "msg_ratelimit", "message": refusal.text}
        return answer({"data": [{"message_id": "", "is_sent": False, "drop_reason": reason}]})
    said = _say(call, room, sender, text, reply_to)
    call.state.note_message(sender.login, room, text, "accepted", said=said, reply_to=reply_to)
    return answer({"data": [{"message_id": said.message_id, "is_sent": True}]})


def put_color(call: HelixCall) -> Response:
    """Change the caller's name colour; hex values are for Turbo users."""
    call.caller.need_scope("user:manage:chat_color")
    user_id = call.query.get("user_id") or str(call.body.get("user_id", ""))
    color = call.query.get("color") or str(call.body.get("color", ""))
    call.caller.need_self("user_id", user_id)
    person = call.caller.person
    if color in NAMED_COLORS:
        person.color = NAMED_COLORS[color]
    elif person.turbo and _HEX.fullmatch(color):
        person.color = color.upper()
    else:
        raise HelixError(400, f"invalid color: {color}")
    return no_content()


def announce(call: HelixCall) -> Response:
    """Send an announcement."""
    call.caller.need_scope("moderator:manage:announcements")
    room = call.room()
    call.caller.need_self("moderator_id", call.one("moderator_id"))
    call.caller.need_moderator(room)
    text, color = str(call.body.get("message", "")), str(call.body.get("color", "primary"))
    if not text or color not in ("primary", "blue", "green", "orange", "purple"):
        raise HelixError(400, "The message or color field is not valid.")
    _cool_down(call, f"announcement {room.room_id}", _limits(call).announcement_interval_s)
    tags = announcement(color.upper())
    text = text[: _limits(call).message_characters]
    call.parts.rooms.usernotice(room, call.caller.person, tags, text)
    return no_content()


def shoutout(call: HelixCall) -> Response:
    """Send a shoutout, of which IRC shows nothing."""
    call.caller.need_scope("moderator:manage:shoutouts")
    room, target = call.room("from_broadcaster_id"), call.room("to_broadcaster_id")
    call.caller.need_self("moderator_id", call.one("moderator_id"))
    call.caller.need_moderator(room)
    if room is target:
        raise HelixError(400, "The broadcaster may not give themselves a Shoutout.")
    if room.stream is None or room.stream.viewers < 1:
        text = "The broadcaster is not streaming live or does not have one or more viewers."
        raise HelixError(400, text)
    _cool_down(call, f"shoutout {room.room_id}", _limits(call).shoutout_interval_s)
    key = f"shoutout {room.room_id} {target.room_id}"
    _cool_down(call, key, _limits(call).shoutout_target_interval_s)
    return no_content()


def whisper(call: HelixCall) -> Response:
    """Accept a whisper; as on Twitch that does not mean it arrives."""
    call.caller.need_scope("user:manage:whispers")
    call.caller.need_self("from_user_id", call.one("from_user_id"))
    if call.one("to_user_id") not in call.state.world.people:
        raise HelixError(404, "The ID in to_user_id was not found.")
    if not call.body.get("message"):
        raise HelixError(400, "The message field is required.")
    return no_content()


ENDPOINTS: dict[tuple[str, str], Endpoint] = {
    ("POST", "/chat/messages"): send_message,
    ("PUT", "/chat/color"): put_color,
    ("POST", "/chat/announcements"): announce,
    ("POST", "/chat/shoutouts"): shoutout,
    ("POST", "/whispers"): whisper,
}


def _sender(call: HelixCall) -> tuple[Room, Person]:
    room_id, sender_id = str(call.body.get("broadcaster_id")), str(call.body.get("sender_id"))
    room = call.state.world.rooms.get(room_id)
    sender = call.state.world.people.get(sender_id)
    token = call.caller.token
    if token.user_id is None:
        _need_bot_grants(call, room, sender_id)
    else:
        if "user:write:chat" not in token.scopes:
            raise HelixError(401, "User access token requires the user:write:chat scope.")
        call.caller.need_self("sender_id", sender_id)
        if "for_source_only" in call.body:
            raise HelixError(400, "for_source_only requires an app access token.")
    if room is None or sender is None:
        raise HelixError(400, "The broadcaster_id or sender_id field is not valid.")
    return room, sender


def _need_bot_grants(call: HelixCall, room: Room | None, sender_id: str) -> None:
    """Let an app token speak for a user who granted it, where the channel allows bots."""
    scopes = call.state.tokens.scopes_of(sender_id, call.caller.token.client_id)
    if not {"user:bot", "user:write:chat"} <= scopes:
        raise HelixError(401, "The sender must have authorized the app with user:bot.")
    if room is not None and not (room.bot_allowed or room.moderated_by(sender_id)):
        raise HelixError(403, "The broadcaster has not authorized the app with channel:bot.")


def _say(call: HelixCall, room: Room, sender: Person, text: str, reply_to: str) -> Said:
    action = text.startswith("/me ") and call.state.settings.quirks.helix_me_is_action
    return call.parts.rooms.say(
        room, sender, text[4:] if action else text, action=action, reply_to=reply_to or None
    )


def _limits(call: HelixCall) -> LimitSettings:
    return call.state.settings.limits


def _cool_down(call: HelixCall, key: str, interval_s: float) -> None:
    """Refuse with 429 what comes too early; the caller still has points then."""
    now = call.state.clock.monotonic()
    if now < call.state.cooldowns.get(key, 0.0):
        raise HelixError(429, "Too Many Requests")
    call.state.cooldowns[key] = now + interval_s
