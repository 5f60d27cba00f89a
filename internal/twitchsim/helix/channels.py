"""GET /streams, /users, /channels, /games and /search/categories; PATCH /channels."""

import re
from typing import Any

from starlette.responses import Response

from twitchsim.clock import rfc3339
from twitchsim.helix.call import Endpoint, HelixCall, answer, no_content
from twitchsim.helix.errors import HelixError
from twitchsim.room import Game, Person, Room, Stream

_LOGIN = re.compile(r"[A-Za-z0-9_]{1,25}")
_TAG = re.compile(r"[^\W_]{1,25}")
_LABELS = frozenset(
    {
        "DebatedSocialIssuesAndPolitics",
        "DrugsIntoxication",
        "SexualThemes",
        "ViolentGraphic",
        "Gambling",
        "ProfanityVulgarity",
    }
)


def get_streams(call: HelixCall) -> Response:
    """List live streams, of the given users, logins and games or of everybody."""
    ids, logins = call.many("user_id"), call.many("user_login")
    games, languages = call.many("game_id"), call.many("language")
    if not all(_LOGIN.fullmatch(login) for login in logins):
        raise HelixError(400, "Malformed query params.")
    wanted_logins = {login.lower() for login in logins}
    data = []
    for room, stream in call.state.world.live_rooms(call.state.clock.now()):
        named = room.room_id in ids or room.login in wanted_logins
        if (ids or logins) and not named:
            continue
        if games and (room.game is None or room.game.game_id not in games):
            continue
        if languages and room.language not in languages:
            continue
        data.append(_stream(room, stream))
    return call.page(data)


def get_users(call: HelixCall) -> Response:
    """List users by id and login; one malformed name fails the whole batch."""
    ids, logins = call.many("id"), call.many("login")
    if len(ids) + len(logins) > 100:
        raise HelixError(400, "The sum of id and login may not exceed 100.")
    if not all(i.isdecimal() for i in ids) or not all(_LOGIN.fullmatch(n) for n in logins):
        raise HelixError(400, _bad_login_text(call))
    world = call.state.world
    if not ids and not logins:
        found: list[Person | None] = [call.caller.person]
    else:
        found = [world.people.get(user_id) for user_id in ids]
        found += [world.find_person(login.lower()) for login in logins]
    unique = {p.user_id: p for p in found if p is not None and not p.suspended}
    return answer({"data": [_user(call, person) for person in unique.values()]})


def get_channels(call: HelixCall) -> Response:
    """List channel information by broadcaster id."""
    ids = call.many("broadcaster_id")
    if not ids:
        raise HelixError(400, 'Missing required parameter "broadcaster_id"')
    rooms = [call.state.world.rooms.get(room_id) for room_id in ids]
    return answer({"data": [_channel(r) for r in rooms if r is not None and not r.owner.suspended]})


def patch_channels(call: HelixCall) -> Response:
    """Change a channel's title, category, language, tags or labels."""
    call.caller.need_scope("channel:manage:broadcast")
    room = call.room()
    call.caller.need_self("broadcaster_id", room.room_id)
    changes = [name for name in _CHANGES if name in call.body]
    if not changes:
        raise HelixError(400, "The request must set at least one field.")
    for name in changes:
        _CHANGES[name](call, room, call.body[name])
    return no_content()


def get_games(call: HelixCall) -> Response:
    """List categories by id or exact name."""
    ids, names, igdb = call.many("id"), call.many("name"), call.many("igdb_id")
    if not 1 <= len(ids) + len(names) + len(igdb) <= 100:
        raise HelixError(400, "Between 1 and 100 of id, name and igdb_id are required.")
    games = call.state.world.games.values()
    found = [g for g in games if g.game_id in ids or g.name in names or g.igdb_id in igdb]
    return answer({"data": [{**_category(game), "igdb_id": game.igdb_id} for game in found]})


def search_categories(call: HelixCall) -> Response:
    """Search categories; all words must occur."""
    words = call.one("query").lower().split()
    games = call.state.world.games.values()
    found = [g for g in games if all(word in g.name.lower() for word in words)]
    return call.page([_category(game) for game in found])


ENDPOINTS: dict[tuple[str, str], Endpoint] = {
    ("GET", "/streams"): get_streams,
    ("GET", "/users"): get_users,
    ("GET", "/channels"): get_channels,
    ("PATCH", "/channels"): patch_channels,
    ("GET", "/games"): get_games,
    ("GET", "/search/categories"): search_categories,
}


def _stream(room: Room, stream: Stream) -> dict[str, Any]:
    preview = f"https://static-cdn.jtvnw.net/previews-ttv/live_user_{room.login}"
    return {
        "id": stream.stream_id,
        "user_id": room.room_id,
        "user_login": room.login,
        "user_name": room.owner.display_name,
        "game_id": room.game.game_id if room.game else "",
        "game_name": room.game.name if room.game else "",
        "type": "live",
        "title": room.title,
        "tags": room.tags,
        "viewer_count": stream.viewers,
        "started_at": rfc3339(stream.started_at),
        "language": room.language,
        "thumbnail_url": preview + "-{width}x{height}.jpg",
        "tag_ids": [],
        "is_mature": bool(room.labels),
    }


def _user(call: HelixCall, person: Person) -> dict[str, Any]:
    pictures = f"https://static-cdn.jtvnw.net/jtv_user_pictures/{person.login}"
    user = {
        "id": person.user_id,
        "login": person.login,
        "display_name": person.display_name,
        "type": person.user_type,
        "broadcaster_type": person.broadcaster_type,
        "description": person.description,
        "profile_image_url": f"{pictures}-profile_image-300x300.png",
        "offline_image_url": f"{pictures}-channel_offline_image-1920x1080.png",
        "view_count": 0,
        "created_at": rfc3339(person.created_at),
    }
    token = call.caller.token
    if token.user_id == person.user_id and "user:read:email" in token.scopes:
        user["email"] = person.email or f"{person.login}@example.com"
    return user


def _channel(room: Room) -> dict[str, Any]:
    return {
        "broadcaster_id": room.room_id,
        "broadcaster_login": room.login,
        "broadcaster_name": room.owner.display_name,
        "broadcaster_language": room.language,
        "game_id": room.game.game_id if room.game else "",
        "game_name": room.game.name if room.game else "",
        "title": room.title,
        "delay": room.delay_s,
        "tags": room.tags,
        "content_classification_labels": room.labels,
        "is_branded_content": room.branded,
    }


def _category(game: Game) -> dict[str, Any]:
    art = f"https://static-cdn.jtvnw.net/ttv-boxart/{game.game_id}" + "-{width}x{height}.jpg"
    return {"id": game.game_id, "name": game.name, "box_art_url": art}


def _bad_login_text(call: HelixCall) -> str:
    if call.state.settings.quirks.helix_old_bad_login_text:
        return "Invalid login names, emails or IDs in request"
    return "Invalid username(s), email(s), or ID(s). Bad Identifiers."


def _set_title(_: HelixCall, room: Room, title: object) -> None:
    if not isinstance(title, str) or not 1 <= len(title.strip()) <= 140:
        raise HelixError(400, "The title field may not contain an empty string or be too long.")
    room.title = title


def _set_game(call: HelixCall, room: Room, game_id: object) -> None:
    game = call.state.world.games.get(str(game_id))
    if game is None and game_id not in ("0", ""):
        raise HelixError(400, "The ID in game_id is not valid.")
    room.game = game


def _set_language(_: HelixCall, room: Room, language: object) -> None:
    if not isinstance(language, str) or not re.fullmatch(r"[a-z]{2}|other", language):
        raise HelixError(400, "The broadcaster_language field is not valid.")
    room.language = language


def _set_delay(_: HelixCall, room: Room, delay: object) -> None:
    if room.owner.broadcaster_type != "partner":
        raise HelixError(400, "Only partners may set delay.")
    if not isinstance(delay, int) or not 0 <= delay <= 900:
        raise HelixError(400, "The delay field must be 0 to 900 seconds.")
    room.delay_s = delay


def _set_tags(_: HelixCall, room: Room, tags: object) -> None:
    if not isinstance(tags, list) or len(tags) > 10:
        raise HelixError(400, "At most 10 tags are allowed.")
    if not all(isinstance(tag, str) and _TAG.fullmatch(tag) for tag in tags):
        raise HelixError(400, "A tag must have 1 to 25 letters and digits.")
    room.tags = list(tags)


def _set_labels(_: HelixCall, room: Room, labels: object) -> None:
    if not isinstance(labels, list) or not all(isinstance(label, dict) for label in labels):
        raise HelixError(400, "The content_classification_labels field is not valid.")
    for label in labels:
        name = str(label.get("id"))
        if name not in _LABELS:
            raise HelixError(400, f"Unknown content classification label {name}.")
        if name in room.labels:
            room.labels.remove(name)
        if label.get("is_enabled"):
            room.labels.append(name)


def _set_branded(_: HelixCall, room: Room, branded: object) -> None:
    room.branded = bool(branded)


_CHANGES = {
    "title": _set_title,
    "game_id": _set_game,
    "broadcaster_language": _set_language,
    "delay": _set_delay,
    "tags": _set_tags,
    "content_classification_labels": _set_labels,
    "is_branded_content": _set_branded,
}
