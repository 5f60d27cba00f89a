"""What a line says about its author in a given room."""

from twitchsim.lines import Tags
from twitchsim.room import Person, Room

_SUBSCRIBER_STEPS = (72, 60, 48, 36, 24, 18, 12, 9, 6, 3, 2, 0)


def badges_of(room: Room, person: Person) -> dict[str, str]:
    """Return badge sets and versions, most important first."""
    badges: dict[str, str] = {}
    if person.user_id == room.room_id:
        badges["broadcaster"] = "1"
    elif person.user_id in room.lead_moderators:
        badges["lead_moderator"] = "1"
    elif person.user_id in room.moderators:
        badges["moderator"] = "1"
    elif person.user_id in room.vips:
        badges["vip"] = "1"
    months = room.subscribers.get(person.user_id)
    if months is not None:
        badges["subscriber"] = str(next(step for step in _SUBSCRIBER_STEPS if step <= months))
    return badges | person.badges


def badge_tags(room: Room, person: Person) -> Tags:
    """Return the tags ``badges`` and ``badge-info``."""
    badges = badges_of(room, person)
    months = room.subscribers.get(person.user_id)
    return {
        "badges": ",".join(f"{name}/{version}" for name, version in badges.items()),
        "badge-info": "" if months is None else f"subscriber/{months}",
    }


def author_tags(room: Room, person: Person) -> Tags:
    """Return the tags about the author that PRIVMSG and USERNOTICE share."""
    is_moderator = person.user_id in room.moderators
    tags = badge_tags(room, person) | {
        "color": person.color,
        "display-name": person.display_name,
        "mod": str(int(is_moderator)),
        "subscriber": str(int(person.user_id in room.subscribers)),
        "turbo": str(int(person.turbo)),
        "user-id": person.user_id,
        "user-type": person.user_type or ("mod" if is_moderator else ""),
    }
    if person.user_id in room.vips:
        tags["vip"] = "1"
    return tags


def userstate_tags(room: Room, person: Person) -> Tags:
    """Return the tags of a USERSTATE line."""
    tags = author_tags(room, person) | {"emote-sets": "0,42,237"}
    for name in ("turbo", "user-id", "vip"):
        tags.pop(name, None)
    return tags


def global_tags(person: Person) -> Tags:
    """Return the tags of the GLOBALUSERSTATE line."""
    return {
        "badge-info": "",
        "badges": ",".join(f"{name}/{version}" for name, version in person.badges.items()),
        "color": person.color,
        "display-name": person.display_name,
        "emote-sets": "0,42,237",
        "user-id": person.user_id,
        "user-type": person.user_type,
    }
