"""Everything in the contract is explained where it is written."""

from __future__ import annotations

import pytest

from tests.wire.proto_comments import comments, places
from tests.wire.proto_files import compiled


@pytest.mark.parametrize("name", compiled())
def test_everything_has_a_comment_of_whole_sentences(name: str) -> None:
    file = compiled()[name]
    texts = comments(file)

    silent = [what for what, path in places(file) if not texts.get(path, "").endswith(".")]

    assert silent == []


@pytest.mark.parametrize("name", compiled())
def test_every_place_is_looked_at(name: str) -> None:
    file = compiled()[name]

    expected = len(file.service) + sum(len(service.method) for service in file.service)
    expected += len(file.message_type) + sum(len(message.field) for message in file.message_type)
    expected += len(file.enum_type) + sum(len(enum.value) for enum in file.enum_type)

    assert expected == len(list(places(file)))
    assert expected > 0
