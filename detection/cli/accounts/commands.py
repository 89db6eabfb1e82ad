"""``fundwatch user …``: who may use the screens. Passwords are typed or read from stdin, never given as an option."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from detection.cli.followup import WorkspaceFolder
from detection.cli.language.choice import chosen, in_terminal_language, say
from detection.cli.language.help_page import Command, Group
from detection.cli.language.plain import plain_text
from detection.cli.terminal import now, place, terminal_actor
from detection.language.messages import code_label
from features.errors import UsageError
from features.message import Message

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from detection.accounts.opening import Accounts
    from detection.accounts.users import Users

app = typer.Typer(
    cls=Group, no_args_is_help=True, help="Users of the dashboard, their roles and their districts."
)


class RoleName(StrEnum):
    """Roles of users."""

    reader = "reader"
    inspector = "inspector"
    reviewer = "reviewer"
    supervisor = "supervisor"
    director = "director"
    auditor = "auditor"
    administrator = "administrator"


UserName = Annotated[str, typer.Argument(metavar="NAME", help="What the user signs in with.")]
GivenRole = Annotated[
    RoleName,
    typer.Option(
        "--role", help="reader, inspector, reviewer, supervisor, director, auditor or administrator."
    ),
]
Districts = Annotated[
    str, typer.Option("--districts", help="Codes with commas between them (320601,320602), or all.")
]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input, one line.")
]
Issuer = Annotated[
    str, typer.Option("--issuer", help="Address of the identity provider, as its settings have it.")
]
Subject = Annotated[
    str, typer.Option("--subject", help="What the identity provider calls the user for good: its claim sub.")
]


@app.command("add", cls=Command)
def add(
    name: UserName,
    workspace: WorkspaceFolder,
    role: GivenRole,
    display_name: Annotated[str, typer.Option("--display-name", help="What screens show.")] = "",
    districts: Districts = "all",
    password_stdin: FromStdin = False,
    issuer: Issuer = "",
    subject: Subject = "",
) -> None:
    """Add a user; the password is asked for, unless they sign in at the identity provider.

    The first one is made like this, before the dashboard starts:
    fundwatch user add NAME --role administrator --workspace WS
    """
    from detection.accounts.identity import identity_typed
    from detection.accounts.passwords import refuse_weak
    from detection.accounts.rights import Role

    identity = identity_typed(issuer, subject)
    with _managing(workspace, create=True) as users:
        password = _password(from_stdin=password_stdin) if identity is None or password_stdin else None
        if password is not None:
            refuse_weak(password, name)
        user = users.add(
            name,
            role=Role(role.value),
            password=password,
            at=now(),
            display_name=display_name,
            districts=_districts(districts),
            identity=identity,
        )
    say(Message("User {name} can sign in as {role}.", name=user.name, role=_named(user.role)))


@app.command("list", cls=Command)
def list_users(workspace: WorkspaceFolder) -> None:
    """List the users: name, role, districts, whether they can sign in."""
    from rich.table import Table

    from detection.cli.summaries import console

    table = Table()
    headings = (
        Message("name"),
        Message("shown as"),
        Message("role"),
        Message("districts"),
        Message("can sign in"),
    )
    for heading in headings:
        table.add_column(in_terminal_language(heading))
    for user in _accounts(workspace).store.users():
        table.add_row(
            user.name,
            plain_text(user.display_name),
            _named(user.role),
            in_terminal_language(Message("all")) if user.districts is None else ", ".join(user.districts),
            in_terminal_language(Message("no") if user.disabled_at else Message("yes")),
        )
    console().print(table)


@app.command("link", cls=Command)
def link(name: UserName, workspace: WorkspaceFolder, issuer: Issuer, subject: Subject) -> None:
    """Say who a user is at the identity provider, and end their sessions. Nobody there is two users."""
    from detection.accounts.identity import ProviderIdentity

    with _managing(workspace) as users:
        users.link(name, ProviderIdentity(issuer, subject), now())
    say(Message("User {name} can sign in at the identity provider.", name=name))


@app.command("unlink", cls=Command)
def unlink(name: UserName, workspace: WorkspaceFolder) -> None:
    """Let a user no longer sign in at the identity provider, but with their password alone; end their sessions."""
    with _managing(workspace) as users:
        users.link(name, None, now())
    say(Message("User {name} signs in with a password alone.", name=name))


@app.command("disable", cls=Command)
def disable(name: UserName, workspace: WorkspaceFolder) -> None:
    """Let a user no longer sign in, and end their sessions."""
    with _managing(workspace) as users:
        users.disable(name, now())
    say(Message("User {name} can no longer sign in.", name=name))


@app.command("enable", cls=Command)
def enable(name: UserName, workspace: WorkspaceFolder) -> None:
    """Let a user sign in again, also one who has to wait after failed attempts."""
    with _managing(workspace) as users:
        users.enable(name, now())
    say(Message("User {name} can sign in.", name=name))


@app.command("set-role", cls=Command)
def set_role(name: UserName, workspace: WorkspaceFolder, role: GivenRole) -> None:
    """Give a user another role, and end their sessions."""
    from detection.accounts.rights import Role

    with _managing(workspace) as users:
        users.set_role(name, Role(role.value), now())
    say(Message("User {name} has the role {role}.", name=name, role=_named(role.value)))


@app.command("set-districts", cls=Command)
def set_districts(name: UserName, workspace: WorkspaceFolder, districts: Districts) -> None:
    """Limit a user to the alerts of some districts, and end their sessions."""
    with _managing(workspace) as users:
        users.set_districts(name, _districts(districts), now())
    say(Message("User {name} sees the districts: {districts}.", name=name, districts=districts))


@app.command("reset-password", cls=Command)
def reset_password(name: UserName, workspace: WorkspaceFolder, password_stdin: FromStdin = False) -> None:
    """Give a user another password, and end their sessions."""
    password = _password(from_stdin=password_stdin)
    with _managing(workspace) as users:
        users.set_password(name, password, now())
    say(Message("User {name} has a new password.", name=name))


@app.command("sign-out", cls=Command)
def sign_out(name: UserName, workspace: WorkspaceFolder) -> None:
    """End all sessions of a user at once."""
    with _managing(workspace) as users:
        ended = users.sign_out(name, now())
    say(Message("Ended sessions: {ended:,}.", ended=ended))


def _named(role: str) -> str:
    """A role in the language of the terminal."""
    return code_label("role", role, chosen(None))


def _managing(workspace: Path, *, create: bool = False) -> AbstractContextManager[Users]:
    from detection.followup.users import managing

    return managing(_accounts(workspace, create=create), terminal_actor())


def _accounts(workspace: Path, *, create: bool = False) -> Accounts:
    from detection.accounts.opening import open_accounts
    from features.workspace import open_workspace

    where = place(workspace)
    open_workspace(where, create=create)
    return open_accounts(where)


def _password(*, from_stdin: bool) -> str:
    """The password, as typed twice at a terminal or as a line of standard input.

    Raises:
        UsageError: there is neither.
    """
    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        text = in_terminal_language(Message("Password"))
        again = in_terminal_language(Message("Once more"))
        password = typer.prompt(text, hide_input=True, confirmation_prompt=again)
    else:
        raise UsageError("There is no terminal to type a password at.", next_step="add --password-stdin")
    return password


def _districts(text: str) -> tuple[str, ...] | None:
    names = tuple(sorted({name.strip() for name in text.split(",") if name.strip()}))
    return None if names == ("all",) else names
