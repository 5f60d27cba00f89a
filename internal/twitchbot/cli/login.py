"""Log a Twitch account in from a terminal, also over SSH."""

from __future__ import annotations

import io
import sys
import time
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from twitchbot.cli.connect import (
    CALL_TIMEOUT_S,
    DEFAULT_ADDRESS,
    EXIT_REFUSED,
    Address,
    connected,
    is_away,
)
from twitchbot.cli.scopes import meaning_of

if TYPE_CHECKING:
    from twitchbot.api.account_service_pb2 import (
        Account,
        GetDeviceLoginResponse,
        StartDeviceLoginResponse,
    )
    from twitchbot.api.account_service_pb2_grpc import AccountServiceStub


def login(
    address: Address = DEFAULT_ADDRESS,
    scopes: Annotated[
        str,
        typer.Option(
            help="Scopes to ask for, e.g. 'chat:read clips:edit'; else what the bot needs."
        ),
    ] = "",
) -> None:
    """Log a Twitch account in: open an address on any device and enter a code."""
    from twitchbot.api.account_service_pb2 import StartDeviceLoginRequest
    from twitchbot.api.account_service_pb2_grpc import AccountServiceStub

    with connected(address) as channel:
        service = AccountServiceStub(channel)
        asked = StartDeviceLoginRequest(scopes=scopes.replace(",", " ").split())
        started = service.StartDeviceLogin(asked, timeout=CALL_TIMEOUT_S)
        _show_code(started)
        _report(_outcome(service, started))


def qr_code(text: str) -> str:
    """Return a QR code drawn with half blocks."""
    import segno

    drawn = io.StringIO()
    segno.make(text, micro=False).terminal(out=drawn, compact=True)
    return drawn.getvalue()


def _show_code(started: StartDeviceLoginResponse) -> None:
    if _shows_blocks(sys.stdout):
        typer.echo(qr_code(started.verification_uri))
    typer.echo(f"Open   {started.verification_uri}")
    typer.echo(f"Code   {started.user_code}")
    typer.echo("Waiting until you agree there; Ctrl-C gives up.")


def _shows_blocks(stream: TextIO) -> bool:
    return stream.isatty() and (stream.encoding or "").lower().startswith("utf")


def _outcome(
    service: AccountServiceStub, started: StartDeviceLoginResponse
) -> GetDeviceLoginResponse:
    """Ask until the login is decided; while Twitch is away, go on asking until the code ends."""
    import grpc

    from twitchbot.api.account_service_pb2 import (
        DEVICE_LOGIN_STATE_PENDING,
        GetDeviceLoginRequest,
    )

    request = GetDeviceLoginRequest(login_id=started.login_id)
    while True:
        # The pace that Twitch asks for; a command in a terminal has nothing else to do.
        time.sleep(max(started.interval_seconds, 1))
        try:
            answer = service.GetDeviceLogin(request, timeout=CALL_TIMEOUT_S)
        except grpc.RpcError as error:
            if not is_away(error) or time.time() >= started.expires_at.seconds:
                raise
            continue
        if answer.state != DEVICE_LOGIN_STATE_PENDING:
            return answer


def _report(answer: GetDeviceLoginResponse) -> None:
    from twitchbot.api.account_service_pb2 import (
        DEVICE_LOGIN_STATE_EXPIRED,
        DEVICE_LOGIN_STATE_GRANTED,
    )

    if answer.state == DEVICE_LOGIN_STATE_GRANTED:
        _welcome(answer.account)
        return
    expired = answer.state == DEVICE_LOGIN_STATE_EXPIRED
    why = "The code was not entered in time." if expired else "The login was refused."
    typer.echo(f"{why} Nothing was stored.", err=True)
    raise typer.Exit(EXIT_REFUSED)


def _welcome(account: Account) -> None:
    typer.echo(f"Logged in as {account.login}. The service keeps the tokens and renews them.")
    for scope in account.scopes:
        typer.echo(f"  {scope:<32} {meaning_of(scope)}")
