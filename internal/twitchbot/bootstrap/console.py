"""The `twitchbot` command. Modules are imported when a command needs them, so that help is quick."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from twitchbot import __version__
from twitchbot.bootstrap import exits
from twitchbot.cli.login import login

if TYPE_CHECKING:
    from twitchbot.bootstrap.settings import Settings

app = typer.Typer(
    name="twitchbot",
    help="Sits in Twitch chat, keeps what is said, answers commands, and serves it over gRPC.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
ENV_FILE = Path(".env")


@app.command()
def run() -> None:
    """Serve if anything is configured, else show the demo."""
    settings = _settings()
    if settings.is_configured:
        _serve(settings)
    else:
        _demo(settings)


@app.command()
def serve() -> None:
    """Run the service with the settings of the environment."""
    _serve(_settings())


@app.command()
def demo() -> None:
    """Run the service against a simulated Twitch in the same process."""
    _demo(_settings())


@app.command()
def migrate(
    revision: Annotated[str, typer.Argument(help="Where to go; `-1` is one step back.")] = "head",
) -> None:
    """Bring the database to a schema revision."""
    from twitchbot.bootstrap.migrate import SchemaError, migrate_to
    from twitchbot.domain.errors import DatabaseUnavailableError

    settings = _settings()
    try:
        migrate_to(settings.database_url, revision)
    except SchemaError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(exits.CONFIGURATION) from None
    except DatabaseUnavailableError as error:
        print(error.message, file=sys.stderr)
        raise typer.Exit(exits.UNAVAILABLE) from None


@app.command()
def health(
    url: Annotated[str, typer.Option(help="The service's HTTP address.")] = "",
) -> None:
    """Exit with 0 if the service is ready, else with 1: for a container's health check."""
    from twitchbot.cli.health import is_ready

    raise typer.Exit(0 if is_ready(url or _own_address()) else 1)


@app.command()
def version() -> None:
    """Print the version."""
    print(__version__)


app.command()(login)


def main() -> None:
    """Start the command line."""
    app()


def _settings() -> Settings:
    from twitchbot.bootstrap.settings_reader import SettingsError, load

    try:
        return load(env_file=ENV_FILE)
    except SettingsError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(exits.CONFIGURATION) from None


def _own_address() -> str:
    service = _settings().service
    # What listens everywhere is asked at home.
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(service.host, service.host)  # noqa: S104  # nothing listens
    return f"http://{f'[{host}]' if ':' in host else host}:{service.http_port}"


def _serve(settings: Settings) -> None:
    from twitchbot.bootstrap.server import run_service

    raise typer.Exit(run_service(settings))


def _demo(settings: Settings) -> None:
    from twitchbot.bootstrap.demo import run_demo

    raise typer.Exit(run_demo(settings))
