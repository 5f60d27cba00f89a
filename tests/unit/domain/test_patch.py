from dataclasses import fields

import pytest

from twitchbot.domain.clip import Clip, ClipPatch
from twitchbot.domain.command import Command, CommandPatch
from twitchbot.domain.patch import changes_of
from twitchbot.domain.stream import Stream, StreamPatch
from twitchbot.domain.viewer import Viewer, ViewerPatch


def test_an_empty_patch_changes_nothing() -> None:
    assert changes_of(CommandPatch()) == {}


def test_what_is_set_is_changed_also_to_a_value_that_is_false() -> None:
    patch = CommandPatch(description="", is_active=False, cooldown_seconds=0)

    assert changes_of(patch) == {"description": "", "is_active": False, "cooldown_seconds": 0}


@pytest.mark.parametrize(
    ("patch", "patched"),
    [(StreamPatch, Stream), (ViewerPatch, Viewer), (ClipPatch, Clip), (CommandPatch, Command)],
)
def test_a_patch_names_fields_of_what_it_changes(patch: type, patched: type) -> None:
    names = {field.name for field in fields(patch)}

    assert names <= {field.name for field in fields(patched)}
