"""Partial changes: a patch names the new values, None leaves a field as it is."""

from __future__ import annotations

from dataclasses import Field, fields
from typing import Any, ClassVar, Protocol


class Patch(Protocol):
    """Any dataclass of optional fields, named as in what they change."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


def changes_of(patch: Patch) -> dict[str, Any]:
    """Return the fields that a patch sets, as keywords for `dataclasses.replace`."""
    values = ((field.name, getattr(patch, field.name)) for field in fields(patch))
    return {name: value for name, value in values if value is not None}
