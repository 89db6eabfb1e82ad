"""``fundwatch dashboard``: the screens, served to those who sign in."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Annotated

import typer

from detection.cli.language.choice import say
from detection.cli.terminal import place
from detection.starting import become
from features.errors import UsageError
from features.message import Message

LOOPBACK = "127.0.0.1"
_LOCAL = (LOOPBACK, "::1")


def dashboard(
    workspace: Annotated[
        Path, typer.Option("--workspace", help="Folder that keeps runs, models and alerts.")
    ],
    port: Annotated[int, typer.Option("--port", min=1, max=65_535, help="Port of the dashboard.")] = 8501,
    listen: Annotated[
        str, typer.Option("--listen", help="Address to listen at; beyond this machine with TLS only.")
    ] = LOOPBACK,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", help="Name under which browsers open it; may be given several times."),
    ] = None,
    tls_cert: Annotated[
        Path | None, typer.Option("--tls-cert", help="File with the certificate, for https.")
    ] = None,
    tls_key: Annotated[Path | None, typer.Option("--tls-key", help="File with its key.")] = None,
    behind_proxy: Annotated[
        str,
        typer.Option(
            "--behind-proxy", help="Address that browsers use, of a proxy on this machine: https://NAME."
        ),
    ] = "",
    oidc: Annotated[
        Path | None,
        typer.Option("--oidc", help="TOML file of the fund's identity provider (docs/security.md)."),
    ] = None,
) -> None:
    """Serve the supervision dashboard until Ctrl-C, to those who sign in.

    It listens to this machine alone, unless there is TLS. Users are made with: fundwatch user add.
    A workspace that fundwatch demo made, and that holds nothing else, needs no sign-in on this machine.
    """
    from features.workspace import open_workspace

    open_workspace(place(workspace), create=True)
    if oidc is not None:
        from detection.accounts.provider.settings import read_settings

        read_settings(oidc)
    else:
        _refuse_without_users(workspace, private=listen in _LOCAL and not behind_proxy)
    _refuse_taken(listen, port)
    own = f"{'http' if tls_cert is None else 'https'}://{(name or [LOOPBACK])[0]}:{port}"
    say(Message("Dashboard: {address} (Ctrl-C stops it)", address=behind_proxy or own))
    files = {"--tls-cert": tls_cert, "--tls-key": tls_key, "--oidc": oidc}
    others = [word for option, file in files.items() if file for word in (option, str(file.resolve()))]
    others += [word for each in name or [] for word in ("--name", each)]
    others += ["--behind-proxy", behind_proxy] if behind_proxy else []
    # A process of its own: the screens are above this package, so they are started, not imported. It starts in another
    # folder: paths are absolute.
    words = ["--workspace", str(workspace.resolve()), "--port", str(port), "--listen", listen]
    code = become("dashboard.server", [*words, *others])
    if code not in (0, -2, 130):
        raise typer.Exit(1)


def _refuse_without_users(workspace: Path, *, private: bool) -> None:
    from detection.accounts.opening import open_accounts

    accounts = open_accounts(place(workspace))
    if not accounts.store.users() and not (private and accounts.open_as_demo()):
        raise UsageError(
            "Nobody can sign in to this workspace yet.",
            where=str(workspace),
            next_step="make the first administrator: "
            "fundwatch user add NAME --role administrator --workspace {workspace}",
            workspace=workspace,
        )


def _refuse_taken(address: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            raise UsageError(
                "Port {port} is in use.",
                next_step="choose another: --port {next_port}",
                port=port,
                next_port=port + 1,
            ) from None
