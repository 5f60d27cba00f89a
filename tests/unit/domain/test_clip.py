from dataclasses import replace
from datetime import timedelta

from tests.support.builders import NOON, a_clip
from twitchbot.domain.clip import ClipPatch


def test_a_patch_changes_what_it_names() -> None:
    clip = a_clip(view_count=10)
    later = NOON + timedelta(hours=1)

    patched = clip.patched(ClipPatch(view_count=0), later)

    assert patched == replace(clip, view_count=0, updated_at=later)
