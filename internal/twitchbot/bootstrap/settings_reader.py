"""Reads the settings from the environment: once, in main() and nowhere else.

A variable also stands in `.env` in the working directory (the real environment wins), and a
secret may stand in a file that `NAME_FILE` names. Everything that is wrong is reported at once,
by variable name.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from pydantic import AliasChoices, SecretStr, ValidationError

from twitchbot.bootstrap.settings import (
    Branch,
    DatabaseSettings,
    IngestSettings,
    ServiceSettings,
    Settings,
    StreamSettings,
    TwitchSettings,
)

BRANCHES: Mapping[str, type[Branch]] = {
    "service": ServiceSettings,
    "database": DatabaseSettings,
    "twitch": TwitchSettings,
    "ingest": IngestSettings,
    "streams": StreamSettings,
}


# Variables of deployments that we take over, whose features this version does not have.
NOT_YET = (
    "KAFKA_BROKERS",
    "KEYCLOAK_CLIENT_ID",
    "KEYCLOAK_REALM",
    "KEYCLOAK_URL",
    "MESSAGE_CLEANUP_ENABLED",
    "MESSAGE_CLEANUP_INTERVAL",
    "MESSAGE_CLEANUP_RETENTION_DAYS",
    "REDIS_URL",
    "SPOOL_DIR",
    "STREAM_CLOSER_ENABLED",
    "STREAM_CLOSER_INACTIVE_TIMEOUT",
    "STREAM_CLOSER_INTERVAL",
    "TWITCH_EVENTSUB_URL",
    "TWITCH_RESTART_ON_REFRESH",
)


@dataclass(frozen=True)
class Problem:
    """What is wrong with a variable."""

    variable: str
    text: str


class SettingsError(Exception):
    """The settings can't be used; `problems` has all that is wrong."""

    def __init__(self, problems: list[Problem]) -> None:
        lines = "\n".join(f"  {problem.variable}: {problem.text}" for problem in problems)
        super().__init__(f"The settings can't be used:\n{lines}")
        self.problems = problems


def variables_of(branch: type[Branch]) -> dict[str, tuple[str, ...]]:
    """Return the variable names of each field, the preferred one first."""
    names: dict[str, tuple[str, ...]] = {}
    for field, info in branch.model_fields.items():
        alias = info.validation_alias
        if isinstance(alias, AliasChoices):
            names[field] = tuple(str(choice) for choice in alias.choices)
    return names


def load(environment: Mapping[str, str] | None = None, env_file: Path | None = None) -> Settings:
    """Read the settings from the environment and from an env file if it exists.

    Raises:
        SettingsError: with all problems.
    """
    problems: list[Problem] = []
    values = _values(dict(os.environ) if environment is None else environment, env_file, problems)
    values = _with_secret_files(values, problems)
    branches = {name: _read(branch, values, problems.append) for name, branch in BRANCHES.items()}
    problems += _contradictions(values)
    if problems:
        raise SettingsError(problems)
    unused = tuple(name for name in NOT_YET if values.get(name, "").lower() not in {"", "false"})
    return Settings.model_validate({**branches, "unused": unused})


def _values(
    environment: Mapping[str, str], env_file: Path | None, problems: list[Problem]
) -> dict[str, str]:
    values: dict[str, str] = {}
    if env_file is not None and env_file.is_file():
        try:
            written = dotenv_values(env_file)
        except (OSError, UnicodeDecodeError) as error:
            problems.append(Problem(str(env_file), f"can't be read: {_why_unreadable(error)}"))
        else:
            values |= {name: text for name, text in written.items() if text is not None}
    values |= environment
    # `NAME=` in a shell or a compose file means that nothing was chosen.
    return {name: text.strip() for name, text in values.items() if text.strip()}


def _with_secret_files(values: dict[str, str], problems: list[Problem]) -> dict[str, str]:
    found = dict(values)
    for name in _secret_variables():
        path = values.get(f"{name}_FILE")
        if path is None:
            continue
        if name in values:
            problems.append(Problem(f"{name}_FILE", f"contradicts {name}; unset one"))
            continue
        try:
            found[name] = Path(path).read_text("utf-8-sig").strip()
        except (OSError, UnicodeDecodeError) as error:
            problems.append(Problem(f"{name}_FILE", f"can't be read: {_why_unreadable(error)}"))
    return found


def _secret_variables() -> list[str]:
    return [
        name
        for branch in BRANCHES.values()
        for field, names in variables_of(branch).items()
        if branch.model_fields[field].annotation is SecretStr
        for name in names
    ]


def _why_unreadable(error: OSError | UnicodeDecodeError) -> str:
    return error.strerror or "unknown" if isinstance(error, OSError) else "not UTF-8 text"


def _contradictions(values: Mapping[str, str]) -> list[Problem]:
    """Check what stands in several variables, also when one of them is wrong by itself."""
    found = []
    if "TWITCH_CLIENT_ID" not in values:
        found += [
            Problem(name, "can't be used without TWITCH_CLIENT_ID")
            for name in ("TWITCH_REFRESH_TOKEN", "TWITCH_CLIENT_SECRET")
            if name in values
        ]
    if values.get("PORT", "8083") == values.get("GRPC_PORT", "9093") != "0":
        found.append(Problem("PORT", "must not be the same as GRPC_PORT"))
    return found


def _read(
    branch: type[Branch], values: Mapping[str, str], report: Callable[[Problem], None]
) -> Branch | None:
    try:
        return branch.model_validate(values)
    except ValidationError as error:
        names = variables_of(branch)
        for detail in error.errors(include_input=False, include_url=False):
            report(_problem(dict(detail), names))
        return None


def _problem(detail: Mapping[str, Any], names: Mapping[str, tuple[str, ...]]) -> Problem:
    text = str(detail["msg"]).removeprefix("Value error, ")
    location = detail["loc"]
    if not location:
        # A rule over several fields names its variable itself.
        variable, _, text = text.partition(": ")
        return Problem(variable, text)
    variable = str(location[0])
    return Problem(names.get(variable, (variable,))[0], text)
