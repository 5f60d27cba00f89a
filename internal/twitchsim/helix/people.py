"""Who is in a channel: chatters, followers, moderators, VIPs, banned users, colours, grants."""

from typing import Any

from starlette.responses import Response

from twitchsim.clock import rfc3339
from twitchsim.helix.call import Endpoint, HelixCall, answer, no_content
from twitchsim.helix.errors import HelixError
from twitchsim.room import Person, Room


def get_chatters(call: HelixCall) -> Response:
    """List who is in the chat room, behind reality by the configured lag."""
    call.caller.need_scope("moderator:read:chatters")
    room = call.room()
    call.caller.need_self("moderator_id", call.one("moderator_id"))
    call.caller.need_moderator(room)
    seen_before = call.state.clock.now() - call.state.settings.times.chatters_lag_s
    present = [person for person, since in room.chatters.values() if since <= seen_before]
    return call.page([_user(p) for p in present], default=100, most=1000, total=len(present))


def get_followers(call: HelixCall) -> Response:
    """List followers; who may not see them gets only their number."""
    room = call.room()
    token = call.caller.token
    allowed = "moderator:read:followers" in token.scopes and token.user_id is not None
    followers = sorted(room.followers.items(), key=lambda entry: -entry[1])
    total = len(followers)
    if not allowed or not room.moderated_by(token.user_id or ""):
        return answer({"total": total, "data": [], "pagination": {}})
    wanted = call.query.get("user_id")
    people = call.state.world.people
    data = [
        {**_user(people[user_id]), "followed_at": rfc3339(since)}
        for user_id, since in followers
        if wanted in (None, user_id)
    ]
    return call.page(data, total=total)


def get_moderators(call: HelixCall) -> Response:
    """List moderators; the broadcaster is not among them."""
    call.caller.need_scope("moderation:read", "channel:manage:moderators")
    return _listed(call, _own_room(call).moderators)


def get_vips(call: HelixCall) -> Response:
    """List VIPs."""
    call.caller.need_scope("channel:read:vips", "channel:manage:vips")
    return _listed(call, _own_room(call).vips)


def get_moderated_channels(call: HelixCall) -> Response:
    """List the channels in which the caller is a moderator."""
    call.caller.need_scope("user:read:moderated_channels")
    user_id = call.one("user_id")
    call.caller.need_self("user_id", user_id)
    rooms = [room for room in call.state.world.rooms.values() if user_id in room.moderators]
    return call.page([_broadcaster(room) for room in rooms])


def get_banned(call: HelixCall) -> Response:
    """List bans and running timeouts."""
    call.caller.need_scope("moderation:read", "moderator:manage:banned_users")
    room = _own_room(call)
    wanted, now = call.many("user_id"), call.state.clock.now()
    found = [i for i in list(room.bans) if room.active_ban(i, now) and (not wanted or i in wanted)]
    return call.page([_banned(call, room, user_id) for user_id in found])


def get_colors(call: HelixCall) -> Response:
    """List name colours."""
    people = [call.state.world.people.get(user_id) for user_id in call.many("user_id")]
    return answer({"data": [{**_user(p), "color": p.color} for p in people if p is not None]})


def get_shared_chat(call: HelixCall) -> Response:
    """Return the shared chat session that a channel takes part in."""
    shared = call.room().shared
    if shared is None:
        return answer({"data": []})
    session = {
        "session_id": shared.session_id,
        "host_broadcaster_id": shared.host.room_id,
        "participants": [{"broadcaster_id": room.room_id} for room in shared.rooms],
        "created_at": rfc3339(shared.created_at),
        "updated_at": rfc3339(shared.created_at),
    }
    return answer({"data": [session]})


def get_grants(call: HelixCall) -> Response:
    """List the scopes that users granted to the calling application."""
    if call.caller.token.user_id is not None:
        raise HelixError(401, "This endpoint requires an app access token.")
    client_id, data = call.caller.token.client_id, []
    for user_id in call.many("user_id", 10):
        person = call.state.world.people.get(user_id)
        scopes = call.state.tokens.scopes_of(user_id, client_id)
        if person is not None and scopes:
            data.append({**_user(person), "scopes": sorted(scopes)})
    return answer({"data": data})


def add_moderator(call: HelixCall) -> Response:
    """Make somebody a moderator."""
    room, person = _own_target(call, "channel:manage:moderators")
    if person.user_id in room.moderators:
        raise HelixError(400, "user is already a mod")
    if person.user_id in room.vips:
        raise HelixError(422, "The user is a VIP; remove the VIP status first.")
    if room.active_ban(person.user_id, call.state.clock.now()):
        raise HelixError(400, "user is banned")
    room.moderators[person.user_id] = person
    return no_content()


def remove_moderator(call: HelixCall) -> Response:
    """Take away somebody's moderator status."""
    room, person = _own_target(call, "channel:manage:moderators")
    if room.moderators.pop(person.user_id, None) is None:
        raise HelixError(400, "user is not a mod")
    return no_content()


def add_vip(call: HelixCall) -> Response:
    """Make somebody a VIP."""
    room, person = _own_target(call, "channel:manage:vips")
    if person.user_id in room.vips or person.user_id in room.moderators:
        raise HelixError(422, "The user is a moderator or already a VIP.")
    room.vips[person.user_id] = person
    return no_content()


def remove_vip(call: HelixCall) -> Response:
    """Take away somebody's VIP status."""
    room, person = _own_target(call, "channel:manage:vips")
    if room.vips.pop(person.user_id, None) is None:
        raise HelixError(422, "The user is not a VIP.")
    return no_content()


ENDPOINTS: dict[tuple[str, str], Endpoint] = {
    ("GET", "/chat/chatters"): get_chatters,
    ("GET", "/channels/followers"): get_followers,
    ("GET", "/moderation/moderators"): get_moderators,
    ("POST", "/moderation/moderators"): add_moderator,
    ("DELETE", "/moderation/moderators"): remove_moderator,
    ("GET", "/channels/vips"): get_vips,
    ("POST", "/channels/vips"): add_vip,
    ("DELETE", "/channels/vips"): remove_vip,
    ("GET", "/moderation/channels"): get_moderated_channels,
    ("GET", "/moderation/banned"): get_banned,
    ("GET", "/chat/color"): get_colors,
    ("GET", "/shared_chat/session"): get_shared_chat,
    ("GET", "/authorization/users"): get_grants,
}


def _own_room(call: HelixCall) -> Room:
    room = call.room()
    call.caller.need_self("broadcaster_id", room.room_id)
    return room


def _own_target(call: HelixCall, scope: str) -> tuple[Room, Person]:
    call.caller.need_scope(scope)
    person = call.state.world.people.get(call.one("user_id"))
    if person is None:
        raise HelixError(404, "The ID in user_id was not found.")
    return _own_room(call), person


def _listed(call: HelixCall, people: dict[str, Person]) -> Response:
    wanted = call.many("user_id")
    return call.page([_user(p) for i, p in people.items() if not wanted or i in wanted])


def _user(person: Person) -> dict[str, Any]:
    return {
        "user_id": person.user_id,
        "user_login": person.login,
        "user_name": person.display_name,
    }


def _broadcaster(room: Room) -> dict[str, Any]:
    return {
        "broadcaster_id": room.room_id,
        "broadcaster_login": room.login,
        "broadcaster_name": room.owner.display_name,
    }


def _banned(call: HelixCall, room: Room, user_id: str) -> dict[str, Any]:
    people, ban = call.state.world.people, room.bans[user_id]
    moderator = people.get(ban.moderator_id, room.owner)
    return {
        **_user(people[user_id]),
        "expires_at": "" if ban.until is None else rfc3339(ban.until),
        "created_at": rfc3339(ban.created_at),
        "reason": ban.reason,
        "moderator_id": moderator.user_id,
        "moderator_login": moderator.login,
        "moderator_name": moderator.display_name,
    }
