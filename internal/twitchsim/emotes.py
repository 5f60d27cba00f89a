"""A few global emotes and the ``emotes`` tag, whose positions count Unicode code points."""

import re

EMOTES = {
    "Kappa": "25",
    "Keepo": "1902",
    "LUL": "425618",
    "PogChamp": "305954156",
    "HeyGuys": "30259",
    "BibleThump": "86",
    "NotLikeThis": "58765",
    "Kreygasm": "41",
    "SeemsGood": "64138",
    "TwitchUnity": "196892",
    "WutFace": "28087",
    "ResidentSleeper": "245",
    "DinoDance": "emotesv2_dcd06b30a5c24f6eb871e8f5edbd44f7",
    "HypePog": "emotesv2_b0c6ccb3b12b4f99a9cc83af365a09f1",
    "Kappa_TK": "300196486_TK",
}

_WORD = re.compile(r"\S+")


def emote_tag(text: str) -> str:
    """Return the tag value for a text, ``25:0-4,12-16/1902:6-10``, or nothing."""
    found: dict[str, list[str]] = {}
    for word in _WORD.finditer(text):
        emote_id = EMOTES.get(word.group())
        if emote_id is not None:
            found.setdefault(emote_id, []).append(f"{word.start()}-{word.end() - 1}")
    return "/".join(f"{emote_id}:{','.join(ranges)}" for emote_id, ranges in found.items())


def is_emote_only(text: str) -> bool:
    """Tell whether a text consists of emotes alone."""
    words = text.split()
    return bool(words) and all(word in EMOTES for word in words)
