"""Every setting, one class per neighbour, with its variable, its default and its rules."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    FilePath,
    SecretStr,
    field_validator,
    model_validator,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from twitchbot.bootstrap.durations import parse_duration, parse_duration_or_zero
from twitchbot.domain.channel import normalize_channel

Duration = Annotated[timedelta, BeforeValidator(parse_duration)]
DurationOrZero = Annotated[timedelta, BeforeValidator(parse_duration_or_zero)]
Port = Annotated[int, Field(ge=0, le=65535)]
Count = Annotated[int, Field(ge=1)]
CountOrZero = Annotated[int, Field(ge=0)]


def _variable(*names: str) -> AliasChoices:
    return AliasChoices(*names)


class Branch(BaseModel):
    """Settings of one neighbour; a value that is absent or empty takes its default."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class ServiceSettings(Branch):
    """Where the service listens, where its files are, how it logs."""

    host: str = Field("127.0.0.1", validation_alias=_variable("HOST"))
    http_port: Port = Field(8083, validation_alias=_variable("PORT"))
    grpc_port: Port = Field(9093, validation_alias=_variable("GRPC_PORT"))
    grpc_reflection: bool = Field(default=True, validation_alias=_variable("GRPC_REFLECTION"))
    environment: str = Field("development", validation_alias=_variable("ENVIRONMENT"))
    log_level: str = Field("INFO", validation_alias=_variable("LOG_LEVEL"))
    log_format: str = Field("auto", validation_alias=_variable("LOG_FORMAT"))
    data_dir: Path = Field(Path("data"), validation_alias=_variable("DATA_DIR"))
    shutdown_timeout: Duration = Field(
        timedelta(seconds=8), validation_alias=_variable("SHUTDOWN_TIMEOUT")
    )
    secret_keys: SecretStr = Field(SecretStr(""), validation_alias=_variable("SECRET_KEYS"))
    auth_enabled: bool = Field(default=False, validation_alias=_variable("AUTH_ENABLED"))

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        level = {"WARN": "WARNING"}.get(value.upper(), value.upper())
        if level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("must be debug, info, warning or error")
        return level

    @field_validator("log_format")
    @classmethod
    def _known_format(cls, value: str) -> str:
        if value.lower() not in {"auto", "json", "text"}:
            raise ValueError("must be auto, json or text")
        return value.lower()

    @field_validator("auth_enabled")
    @classmethod
    def _no_auth_yet(cls, value: bool) -> bool:
        if value:
            raise ValueError(
                "this version has no authentication; running open although it was asked for "
                "would be worse than not running. Unset it and bind to loopback"
            )
        return value


class DatabaseSettings(Branch):
    """Where rows go: DATABASE_URL, else PostgreSQL by DB_*, else an SQLite file in DATA_DIR."""

    url_text: SecretStr = Field(SecretStr(""), validation_alias=_variable("DATABASE_URL"))
    host: str = Field("", validation_alias=_variable("DB_HOST", "POSTGRES_HOST"))
    port: Port = Field(5432, validation_alias=_variable("DB_PORT", "POSTGRES_PORT"))
    user: str = Field("postgres", validation_alias=_variable("DB_USER", "POSTGRES_USER"))
    password: SecretStr = Field(
        SecretStr(""), validation_alias=_variable("DB_PASSWORD", "POSTGRES_PASSWORD")
    )
    name: str = Field("twitchbot", validation_alias=_variable("DB_NAME", "POSTGRES_DB"))
    ssl_mode: str = Field("prefer", validation_alias=_variable("DB_SSL_MODE"))
    max_connections: Count = Field(10, validation_alias=_variable("DB_MAX_CONNECTIONS"))
    max_idle_connections: CountOrZero = Field(
        5, validation_alias=_variable("DB_MAX_IDLE_CONNECTIONS")
    )
    connection_max_lifetime: DurationOrZero = Field(
        timedelta(minutes=30), validation_alias=_variable("DB_CONNECTION_MAX_LIFETIME")
    )

    @field_validator("url_text")
    @classmethod
    def _known_database(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value():
            _database_url(value.get_secret_value())
        return value

    def url(self, data_dir: Path) -> URL:
        """Return the database's address with the driver we use."""
        text = self.url_text.get_secret_value()
        if text:
            return _database_url(text)
        if not self.host:
            return URL.create("sqlite+aiosqlite", database=str(data_dir / "twitchbot.db"))
        return URL.create(
            "postgresql+psycopg",
            username=self.user,
            password=self.password.get_secret_value() or None,
            host=self.host,
            port=self.port,
            database=self.name,
            query={"sslmode": self.ssl_mode},
        )


def _database_url(text: str) -> URL:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        # The cause is left out: it quotes the address, and with it a badly escaped password.
        raise ValueError(
            "not a database URL like postgresql://user@host/name; "
            "special characters in a password must be written as %XX"
        ) from None
    drivers = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
    drivers |= {"sqlite": "sqlite+aiosqlite"}
    driver = drivers.get(url.get_backend_name())
    if driver is None:
        raise ValueError("only postgresql:// and sqlite:// are supported")
    if driver.startswith("sqlite") and url.database in (None, "", ":memory:"):
        raise ValueError("SQLite needs a file: sqlite:///path/to/file.db")
    return url.set(drivername=driver)


class TwitchSettings(Branch):
    """Which channels to sit in, as whom, and where Twitch is."""

    channel: str = Field("", validation_alias=_variable("TWITCH_CHANNEL"))
    channel_list: str = Field("", validation_alias=_variable("TWITCH_CHANNELS"))
    anonymous: bool = Field(default=False, validation_alias=_variable("TWITCH_ANONYMOUS"))
    username: str = Field("", validation_alias=_variable("TWITCH_BOT_USERNAME", "TWITCH_USERNAME"))
    access_token: SecretStr = Field(
        SecretStr(""), validation_alias=_variable("TWITCH_ACCESS_TOKEN", "TWITCH_OAUTH_TOKEN")
    )
    refresh_token: SecretStr = Field(
        SecretStr(""), validation_alias=_variable("TWITCH_REFRESH_TOKEN")
    )
    client_id: str = Field("", validation_alias=_variable("TWITCH_CLIENT_ID"))
    client_secret: SecretStr = Field(
        SecretStr(""), validation_alias=_variable("TWITCH_CLIENT_SECRET")
    )
    irc_server: str = Field("irc.chat.twitch.tv", validation_alias=_variable("TWITCH_IRC_SERVER"))
    irc_port: Port = Field(6697, validation_alias=_variable("TWITCH_IRC_PORT"))
    irc_tls: bool | None = Field(None, validation_alias=_variable("TWITCH_IRC_TLS"))
    irc_ca_file: FilePath | None = Field(None, validation_alias=_variable("TWITCH_IRC_CA_FILE"))
    irc_debug: bool = Field(default=False, validation_alias=_variable("TWITCH_IRC_DEBUG"))
    helix_url: str = Field(
        "https://api.twitch.tv/helix", validation_alias=_variable("TWITCH_HELIX_URL")
    )
    oauth_url: str = Field(
        "https://id.twitch.tv/oauth2", validation_alias=_variable("TWITCH_OAUTH_URL")
    )
    retry_base: Duration = Field(
        timedelta(seconds=5), validation_alias=_variable("TWITCH_RETRY_BASE")
    )
    retry_max: Duration = Field(
        timedelta(seconds=300), validation_alias=_variable("TWITCH_RETRY_MAX")
    )
    retry_max_attempts: Count | None = Field(
        None, validation_alias=_variable("TWITCH_RETRY_MAX_ATTEMPTS")
    )
    ping_after: Duration = Field(
        timedelta(seconds=30), validation_alias=_variable("TWITCH_PING_AFTER")
    )
    pong_timeout: Duration = Field(
        timedelta(seconds=10), validation_alias=_variable("TWITCH_PONG_TIMEOUT")
    )
    join_timeout: Duration = Field(
        timedelta(seconds=20), validation_alias=_variable("TWITCH_JOIN_TIMEOUT")
    )

    @field_validator("channel", "channel_list")
    @classmethod
    def _channel_names(cls, value: str) -> str:
        return ",".join(
            normalize_channel(name.strip()) for name in value.split(",") if name.strip()
        )

    @field_validator("helix_url", "oauth_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("must begin with https:// (or http:// for a simulator)")
        if not _names_a_host(value):
            raise ValueError("not an address like https://host/path")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.retry_max < self.retry_base:
            raise ValueError("TWITCH_RETRY_MAX: must not be below TWITCH_RETRY_BASE")
        if self.anonymous and self.access_token.get_secret_value():
            raise ValueError("TWITCH_ANONYMOUS: contradicts TWITCH_ACCESS_TOKEN; unset one")
        return self

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels to sit in, the primary one first."""
        names = f"{self.channel},{self.channel_list}".split(",")
        return tuple(dict.fromkeys(name for name in names if name))

    @property
    def uses_tls(self) -> bool:
        """Whether the chat connection is encrypted: yes, unless on the port for plain text."""
        return self.irc_tls if self.irc_tls is not None else self.irc_port != 6667

    @property
    def is_wanted(self) -> bool:
        """Whether anything here asks for a chat connection.

        A client id does: it is there for a device login, after which the bot acts as that account.
        """
        token = self.access_token.get_secret_value()
        return bool(self.channels or self.anonymous or token or self.client_id)


def _names_a_host(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


class IngestSettings(Branch):
    """How messages are written."""

    batch_size: Count = Field(100, validation_alias=_variable("INGEST_BATCH_SIZE"))
    batch_age: Duration = Field(
        timedelta(seconds=1.5), validation_alias=_variable("INGEST_BATCH_AGE")
    )
    batch_size_max: Count = Field(2000, validation_alias=_variable("INGEST_BATCH_SIZE_MAX"))
    queue_max: Count = Field(20_000, validation_alias=_variable("INGEST_QUEUE_MAX"))

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.batch_size_max < self.batch_size:
            raise ValueError("INGEST_BATCH_SIZE_MAX: must not be below INGEST_BATCH_SIZE")
        return self


class StreamSettings(Branch):
    """How live sessions are followed."""

    poll_interval: Duration = Field(
        timedelta(seconds=30), validation_alias=_variable("STREAM_POLL_INTERVAL")
    )
    grace: Duration = Field(timedelta(minutes=3), validation_alias=_variable("STREAM_GRACE"))


class Settings(BaseModel):
    """All settings of the service."""

    model_config = ConfigDict(frozen=True)

    service: ServiceSettings
    database: DatabaseSettings
    twitch: TwitchSettings
    ingest: IngestSettings
    streams: StreamSettings
    unused: tuple[str, ...] = ()

    @property
    def is_configured(self) -> bool:
        """Whether anybody chose a database or said anything about Twitch."""
        return bool(self.twitch.model_fields_set or self.database.model_fields_set)

    @property
    def database_url(self) -> URL:
        """The database's address."""
        return self.database.url(self.service.data_dir)

    @property
    def database_shown(self) -> str:
        """The database's address for logs: its parameters may hold a password, too."""
        return self.database_url.set(query={}).render_as_string()
