"""Scenarios: at second 3 this, then that."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from twitchsim.verbs.stage import Stage
from twitchsim.verbs.table import VERBS, BadArgumentsError, UnknownVerbError, perform


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A verb, its arguments and when it happens, in seconds from the start."""

    at_s: float
    verb: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


def parse_script(entries: Sequence[Mapping[str, Any]]) -> list[Step]:
    """Read steps of the form ``{"at": 3, "do": "say", "channel": "chan", …}``, in order of time."""
    steps = []
    for number, entry in enumerate(entries, start=1):
        arguments = dict(entry)
        verb, at_s = arguments.pop("do", None), arguments.pop("at", 0)
        if verb not in VERBS:
            raise UnknownVerbError(f"step {number}: unknown verb: {verb}")
        if not isinstance(at_s, (int, float)) or at_s < 0:
            raise BadArgumentsError(f"step {number}: bad time: {at_s}")
        steps.append(Step(at_s=at_s, verb=verb, arguments=arguments))
    return sorted(steps, key=lambda step: step.at_s)


def load_script(path: Path) -> list[Step]:
    """Read a script from a JSON file."""
    return parse_script(json.loads(path.read_text("utf-8")))


async def play(stage: Stage, steps: Sequence[Step]) -> None:
    """Carry out all steps, each at its time."""
    loop = asyncio.get_running_loop()
    started = loop.time()
    for step in steps:
        await asyncio.sleep(max(started + step.at_s - loop.time(), 0))
        await perform(stage, step.verb, step.arguments)
