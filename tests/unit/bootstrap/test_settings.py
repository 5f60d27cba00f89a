"""Settings: read all at once, refused all at once."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from twitchbot.bootstrap.settings_reader import BRANCHES, SettingsError, load, variables_of

EXAMPLE = Path(__file__).parents[3] / ".env.example"


def problems_of(**environment: str) -> dict[str, str]:
    with pytest.raises(SettingsError) as raised:
        load(environment)
    return {problem.variable: problem.text for problem in raised.value.problems}


def all_variables() -> set[str]:
    return {
        name
        for branch in BRANCHES.values()
        for names in variables_of(branch).values()
        for name in names
    }


def test_without_any_variable_the_defaults_stand() -> None:
    settings = load({})

    assert settings.service.grpc_port == 9093
    assert settings.service.http_port == 8083
    assert settings.database_url.drivername == "sqlite+aiosqlite"
    assert settings.database_url.database == "data/twitchbot.db"
    assert not settings.is_configured
    assert not settings.twitch.is_wanted


def test_all_problems_are_reported_at_once_by_variable() -> None:
    problems = problems_of(
        PORT="http",
        TWITCH_CHANNEL="not a channel",
        TWITCH_REFRESH_TOKEN="CANARY-refresh",
        DATABASE_URL="mysql://CANARY-password@host/db",
        STREAM_GRACE="1 fortnight",
        LOG_LEVEL="loud",
    )

    assert problems.keys() == {
        "PORT",
        "TWITCH_CHANNEL",
        "TWITCH_REFRESH_TOKEN",
        "DATABASE_URL",
        "STREAM_GRACE",
        "LOG_LEVEL",
    }
    assert "TWITCH_CLIENT_ID" in problems["TWITCH_REFRESH_TOKEN"]
    assert "CANARY" not in str(problems)


@pytest.mark.parametrize(
    ("environment", "variable"),
    [
        ({"TWITCH_ANONYMOUS": "true", "TWITCH_ACCESS_TOKEN": "x"}, "TWITCH_ANONYMOUS"),
        ({"TWITCH_ANONYMOUS": "true", "TWITCH_OAUTH_TOKEN": "x"}, "TWITCH_ANONYMOUS"),
        ({"TWITCH_CLIENT_SECRET": "x"}, "TWITCH_CLIENT_SECRET"),
        ({"TWITCH_RETRY_BASE": "60s", "TWITCH_RETRY_MAX": "5s"}, "TWITCH_RETRY_MAX"),
        ({"INGEST_BATCH_SIZE": "50", "INGEST_BATCH_SIZE_MAX": "10"}, "INGEST_BATCH_SIZE_MAX"),
        ({"AUTH_ENABLED": "true"}, "AUTH_ENABLED"),
        ({"DATABASE_URL": "sqlite://"}, "DATABASE_URL"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:///:memory:"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://bot:p@CANARY:w/rd%@host/x"}, "DATABASE_URL"),
        ({"PORT": "9093"}, "PORT"),
        ({"PORT": "7000", "GRPC_PORT": "7000"}, "PORT"),
        ({"TWITCH_HELIX_URL": "ftp://x"}, "TWITCH_HELIX_URL"),
        ({"TWITCH_HELIX_URL": "https://"}, "TWITCH_HELIX_URL"),
        ({"TWITCH_OAUTH_URL": "http://[::1"}, "TWITCH_OAUTH_URL"),
        ({"TWITCH_OAUTH_URL": "http://host:many"}, "TWITCH_OAUTH_URL"),
        ({"TWITCH_IRC_CA_FILE": "absent.pem"}, "TWITCH_IRC_CA_FILE"),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT"),
        ({"STREAM_GRACE": "0s"}, "STREAM_GRACE"),
        ({"STREAM_GRACE": "9999999999d"}, "STREAM_GRACE"),
        ({"STREAM_GRACE": "9" * 400}, "STREAM_GRACE"),
        ({"INGEST_BATCH_SIZE": "0"}, "INGEST_BATCH_SIZE"),
        ({"TWITCH_ACCESS_TOKEN_FILE": "absent.txt"}, "TWITCH_ACCESS_TOKEN_FILE"),
    ],
)
def test_a_wrong_or_contradictory_setting_is_named(
    environment: dict[str, str], variable: str
) -> None:
    problems = problems_of(**environment)

    assert problems.keys() == {variable}
    assert "CANARY" not in str(problems)


def test_not_reading_as_a_guest_contradicts_no_token() -> None:
    settings = load({"TWITCH_ANONYMOUS": "false", "TWITCH_ACCESS_TOKEN": "x"})

    assert settings.twitch.is_wanted


def test_secrets_never_show() -> None:
    settings = load(
        {
            "TWITCH_ACCESS_TOKEN": "CANARY-token",
            "DATABASE_URL": "postgresql://bot:CANARY-password@db/x",
            "SECRET_KEYS": "CANARY-key",
        }
    )

    assert "CANARY" not in repr(settings)
    assert "CANARY" not in str(settings.database_url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://bot:CANARY@db/x",
        "postgresql://bot@db/x?sslmode=require&password=CANARY",
        "postgresql:///x?host=db&user=bot&password=CANARY",
    ],
)
def test_a_databases_password_is_not_shown_wherever_it_stands(url: str) -> None:
    shown = load({"DATABASE_URL": url}).database_shown

    assert "CANARY" not in shown
    assert shown.startswith("postgresql+psycopg://")
    assert shown.endswith("/x")


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("\ufeffabc123\n", encoding="utf-8")

    settings = load({"TWITCH_ACCESS_TOKEN_FILE": str(secret)})

    assert settings.twitch.access_token.get_secret_value() == "abc123"


def test_a_secret_in_a_file_and_in_the_environment_is_a_contradiction(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_bytes(b"\xff\xfe")

    both = problems_of(TWITCH_ACCESS_TOKEN="x", TWITCH_ACCESS_TOKEN_FILE=str(secret))
    unreadable = problems_of(TWITCH_ACCESS_TOKEN_FILE=str(secret))

    assert both == {"TWITCH_ACCESS_TOKEN_FILE": "contradicts TWITCH_ACCESS_TOKEN; unset one"}
    assert unreadable == {"TWITCH_ACCESS_TOKEN_FILE": "can't be read: not UTF-8 text"}


def test_the_environment_wins_over_the_env_file(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("PORT=1111\nGRPC_PORT=2222\n")

    settings = load({"PORT": "3333"}, env_file)

    assert (settings.service.http_port, settings.service.grpc_port) == (3333, 2222)


def test_an_empty_value_means_the_default() -> None:
    assert load({"PORT": "", "DB_HOST": " "}).service.http_port == 8083


def test_channels_come_in_order_the_primary_first_and_once() -> None:
    settings = load({"TWITCH_CHANNEL": "#Main", "TWITCH_CHANNELS": "b, MAIN ,c"})

    assert settings.twitch.channels == ("main", "b", "c")
    assert settings.is_configured
    assert settings.twitch.is_wanted


@pytest.mark.parametrize(
    ("environment", "tls"),
    [
        ({}, True),
        ({"TWITCH_IRC_PORT": "6667"}, False),
        ({"TWITCH_IRC_PORT": "6667", "TWITCH_IRC_TLS": "true"}, True),
        ({"TWITCH_IRC_TLS": "false"}, False),
    ],
)
def test_chat_is_encrypted_unless_the_port_is_for_plain_text(
    environment: dict[str, str], tls: bool
) -> None:
    assert load(environment).twitch.uses_tls is tls


@pytest.mark.parametrize("prefix", ["DB", "POSTGRES"])
def test_postgresql_may_be_given_by_parts(prefix: str) -> None:
    name = "NAME" if prefix == "DB" else "DB"
    settings = load(
        {
            f"{prefix}_HOST": "db",
            f"{prefix}_USER": "u",
            f"{prefix}_PASSWORD": "p/w",
            f"{prefix}_{name}": "chat",
        }
    )

    url = settings.database_url.render_as_string(hide_password=False)
    assert url == "postgresql+psycopg://u:p%2Fw@db:5432/chat?sslmode=prefer"


def test_the_database_url_wins_over_its_parts() -> None:
    settings = load({"DATABASE_URL": "postgres://h/x", "DB_HOST": "other"})

    assert str(settings.database_url) == "postgresql+psycopg://h/x"


def test_zero_is_accepted_where_deployments_use_it() -> None:
    database = load({"DB_MAX_IDLE_CONNECTIONS": "0", "DB_CONNECTION_MAX_LIFETIME": "0"}).database

    assert (database.max_idle_connections, database.connection_max_lifetime) == (0, timedelta())


def test_an_unreadable_env_file_is_a_problem_like_others(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_bytes(b"PORT=\xff\xfe")

    with pytest.raises(SettingsError, match="not UTF-8 text"):
        load({}, env_file)


def test_variables_of_features_to_come_are_noticed() -> None:
    assert load({"KAFKA_BROKERS": "k:9092"}).unused == ("KAFKA_BROKERS",)


def test_the_example_file_has_every_variable_and_no_other() -> None:
    text = EXAMPLE.read_text()
    mentioned = set(re.findall(r"\b([A-Z][A-Z_]+)=", text)) - {"NAME_FILE"}

    assert mentioned == all_variables()


def test_the_example_file_shows_the_defaults() -> None:
    shown = dict(re.findall(r"^# ([A-Z_]+)=(\S*)$", EXAMPLE.read_text(), re.MULTILINE))

    assert load(shown).model_dump(exclude={"unused"}) == load({}).model_dump(exclude={"unused"})


def test_copying_the_example_file_changes_nothing(tmp_path: Path) -> None:
    assert load({}, EXAMPLE) == load({})


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("24h", timedelta(hours=24)),
        ("1h30m", timedelta(minutes=90)),
        ("500ms", timedelta(milliseconds=500)),
        ("86400", timedelta(days=1)),
        ("1.5s", timedelta(seconds=1.5)),
        ("7D", timedelta(days=7)),
    ],
)
def test_durations_are_read_as_people_write_them(text: str, duration: timedelta) -> None:
    assert load({"STREAM_GRACE": text}).streams.grace == duration
