"""``fundwatch request …``: real ids that wait for a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from detection.cli.followup import WorkspaceFolder
from detection.cli.language.choice import in_terminal_language, say, terminal_language
from detection.cli.language.help_page import Command, Group
from detection.cli.language.plain import plain_text
from detection.cli.terminal import actor, now, place
from features.message import Message

if TYPE_CHECKING:
    from pathlib import Path

    from detection.accounts.rights import Actor
    from detection.store.disclosure.records import Decision, Request

app = typer.Typer(
    cls=Group, no_args_is_help=True, help="Requests for real ids, which a second person approves or refuses."
)
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="As `fundwatch request list` shows it.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; it is kept.")]


@app.command("list", cls=Command)
def list_requests(workspace: WorkspaceFolder) -> None:
    """List requests for real ids that wait for you, and your own."""
    from rich.table import Table

    from detection.cli.summaries import console
    from detection.followup.requests import requests_of, requests_waiting_for
    from detection.store.queries.reader import open_store
    from features.workspace import open_workspace

    who = _actor(workspace)
    with open_store(open_workspace(place(workspace))) as reader:
        requests = [*requests_waiting_for(reader, who), *requests_of(reader, who, now())]
    table = Table()
    for heading in (
        Message("request"),
        Message("real ids of"),
        Message("asked by"),
        Message("on"),
        Message("reason"),
        Message("state"),
    ):
        table.add_column(in_terminal_language(heading))
    for request in requests:
        table.add_row(*map(plain_text, _cells(request)))
    console().print(table)


@app.command("approve", cls=Command)
def approve(number: Number, workspace: WorkspaceFolder, reason: Reason = "") -> None:
    """Let a colleague have the real ids that they asked for, once."""
    _decide(workspace, number, "approved", reason)
    say(Message("Request {number} is approved.", number=number))


@app.command("refuse", cls=Command)
def refuse(number: Number, workspace: WorkspaceFolder, reason: Reason) -> None:
    """Refuse what a colleague asked for."""
    _decide(workspace, number, "refused", reason)
    say(Message("Request {number} is refused.", number=number))


@app.command("withdraw", cls=Command)
def withdraw(number: Number, workspace: WorkspaceFolder) -> None:
    """Withdraw what you asked for."""
    _decide(workspace, number, "withdrawn", "")
    say(Message("Request {number} is withdrawn.", number=number))


def _decide(workspace: Path, number: int, decision: Decision, reason: str) -> None:
    from detection.followup.requests import decide

    decide(place(workspace), number, decision, actor=_actor(workspace), reason=reason, at=now())


def _cells(request: Request) -> list[str]:
    from detection.language.messages import case_label

    wanted = request.wanted
    state = case_label("request_state", request.state, terminal_language().value)
    about = " ".join(part for part in (wanted.subject, wanted.detail) if part)
    return [str(request.number), about, wanted.actor, wanted.at, wanted.reason, state]


def _actor(workspace: Path) -> Actor:
    from detection.accounts.opening import open_accounts

    return open_accounts(place(workspace)).user_at_terminal(actor())
