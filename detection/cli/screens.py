"""``fundwatch dashboard``: the screens, served on this machine only."""

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


def dashboard(
    workspace: Annotated[
        Path, typer.Option("--workspace", help="Folder that keeps runs, models and alerts.")
    ],
    port: Annotated[int, typer.Option("--port", min=1, max=65_535, help="Port on localhost.")] = 8501,
) -> None:
    """Serve the supervision dashboard on localhost until Ctrl-C.

    It listens on the loopback address only: there is no sign-in yet.
    """
    from features.workspace import open_workspace

    open_workspace(place(workspace), create=True)
    _refuse_taken(port)
    say(Message("Dashboard: http://127.0.0.1:{port} (Ctrl-C stops it)", port=port))
    # A process of its own: the screens are above this package, so they are started, not imported. It starts in another
    # folder: paths are absolute.
    code = become("dashboard.server", ["--workspace", str(workspace.resolve()), "--port", str(port)])
    if code not in (0, -2, 130):
        raise typer.Exit(1)


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise UsageError(
                "Port {port} is in use.",
                next_step="choose another: --port {next_port}",
                port=port,
                next_port=port + 1,
            ) from None
