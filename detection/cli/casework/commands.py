"""``fundwatch packets`` and ``fundwatch case``: take a packet, open a case, move it, see what is due."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detection.cli.casework.acting import CaseRole, acting, today
from detection.cli.language.choice import PrintLanguage, chosen, say, terminal_language
from detection.cli.language.help_page import Command, Group
from detection.cli.terminal import actor, now, place
from features.message import Code, Message

app = typer.Typer(cls=Group, no_args_is_help=True, help="Packets, leads and cases: take, open, move, see.")


class Queue(StrEnum):
    """Whose desk."""

    institutions = "institutions"
    insured = "insured"
    agency = "agency"
    data = "data"
    guidance = "guidance"


class Opened(StrEnum):
    """What a packet becomes."""

    case = "case"
    lead = "lead"


class Kind(StrEnum):
    """Kinds of money."""

    refused = "refused"
    self_returned = "self_returned"
    recovered = "recovered"
    agreement_damages = "agreement_damages"
    fine = "fine"


class Fund(StrEnum):
    """Whose money."""

    pool = "pool"
    account = "account"
    treasury = "treasury"


class Stage(StrEnum):
    """How far money has come."""

    claimed = "claimed"
    confirmed = "confirmed"
    upheld = "upheld"
    received = "received"


WorkspaceFolder = Annotated[
    Path, typer.Option("--workspace", help="Folder that keeps runs, models and alerts.")
]
PacketId = Annotated[str, typer.Argument(help="As `fundwatch packets` shows it.")]
CaseId = Annotated[str, typer.Argument(help="As `fundwatch case list` shows it.")]
InRole = Annotated[
    CaseRole, typer.Option("--role", help="As what you act; who you are is the user of this terminal.")
]
Reason = Annotated[str, typer.Option("--reason", help="Why; it is kept.")]
DAYS = ["%Y-%m-%d"]


def packets(
    workspace: WorkspaceFolder,
    queue: Annotated[Queue | None, typer.Option("--queue", help="Whose desk; all as default.")] = None,
    free: Annotated[
        bool, typer.Option("--free", help="Only those that nobody holds and that are in no case.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many.")] = 25,
    language: PrintLanguage = None,
) -> None:
    """List packets: all open alerts about one subject, each settlement's money once. Identities are masked."""
    from detection.cli.casework.printing import print_packets
    from detection.store.queries.casework.packets import PacketFilters
    from features.workspace import open_workspace

    filters = PacketFilters(queue.value if queue else "", free=free)
    print_packets(open_workspace(place(workspace)), filters, limit=limit, language=chosen(language))


@app.command("list", cls=Command)
def list_cases(
    workspace: WorkspaceFolder,
    mine: Annotated[bool, typer.Option("--mine", help="Only those to which you are assigned.")] = False,
    language: PrintLanguage = None,
) -> None:
    """List leads and cases that have not ended, what is due first at the top."""
    from detection.cli.casework.printing import print_cases
    from detection.store.queries.casework.cases import CaseFilters
    from features.workspace import open_workspace

    filters = CaseFilters(inspector=actor() if mine else "", open=True)
    print_cases(open_workspace(place(workspace)), filters, today(), language=chosen(language))


@app.command("show", cls=Command)
def show(case_id: CaseId, workspace: WorkspaceFolder, language: PrintLanguage = None) -> None:
    """Show a lead or a case: where it stands, what is due, its history and its money."""
    from detection.cli.casework.printing import print_case
    from features.workspace import open_workspace

    print_case(open_workspace(place(workspace)), case_id, today(), language=chosen(language))


@app.command("take", cls=Command)
def take(packet_id: PacketId, workspace: WorkspaceFolder) -> None:
    """Take a packet as an inspector, so that no other works on it."""
    from detection.followup.cases import take as take_packet

    who = acting(workspace, CaseRole.inspector, "take", f"packet:{packet_id}")
    take_packet(place(workspace), packet_id, actor=who, at=now())
    say(Message("taken: {packet_id}", packet_id=packet_id))


@app.command("give-back", cls=Command)
def give_back(
    packet_id: PacketId,
    workspace: WorkspaceFolder,
    role: InRole = CaseRole.inspector,
    reason: Reason = "",
) -> None:
    """Give a packet back: its holder, or a supervisor."""
    from detection.followup.cases import give_back as give_packet_back

    who = acting(workspace, role, "give_back", f"packet:{packet_id}")
    give_packet_back(place(workspace), packet_id, actor=who, at=now(), reason=reason)
    say(Message("given back: {packet_id}", packet_id=packet_id))


@app.command("open", cls=Command)
def open_(
    packet_id: PacketId,
    workspace: WorkspaceFolder,
    reason: Reason,
    role: InRole = CaseRole.inspector,
    opened: Annotated[Opened, typer.Option("--as", help="A case, or a lead to be checked.")] = Opened.case,
) -> None:
    """Propose a packet as a case, or register it as a lead. Another person approves a case."""
    from detection.followup.cases import open_case

    first = "propose_opening" if opened is Opened.case else "register"
    who = acting(workspace, role, first, f"packet:{packet_id}")
    changed = open_case(place(workspace), packet_id, actor=who, at=now(), reason=reason, kind=opened.value)
    _say_state(opened.value, changed.case_id, changed.state)


@app.command("move", cls=Command)
def move(
    case_id: CaseId,
    name: Annotated[str, typer.Argument(metavar="MOVE", help="As `fundwatch case show` lists them.")],
    workspace: WorkspaceFolder,
    role: InRole = CaseRole.inspector,
    reason: Reason = "",
    code: Annotated[
        str, typer.Option("--code", help="A code of the move: track, verdict, disposition.")
    ] = "",
    until: Annotated[
        dt.datetime | None, typer.Option("--until", formats=DAYS, help="Day on which a pause ends.")
    ] = None,
    document: Annotated[str, typer.Option("--document", help="Number of a paper of the bureau.")] = "",
    document_day: Annotated[
        dt.datetime | None, typer.Option("--document-day", formats=DAYS, help="Its day.")
    ] = None,
    inspector: Annotated[
        list[str] | None, typer.Option("--inspector", help="Who is assigned, or recused; once for each.")
    ] = None,
) -> None:
    """Move a lead or a case. A refusal lists everything that speaks against it."""
    from detection.cases.moves import Act
    from detection.followup.cases import move as move_case

    act = Act(
        name,
        today(),
        reason=reason,
        code=code,
        until=until.date() if until else None,
        document=document,
        document_day=document_day.date() if document_day else None,
        inspectors=frozenset(inspector or ()),
    )
    who = acting(workspace, role, name, f"case:{case_id}")
    changed = move_case(place(workspace), case_id, act, actor=who, at=now())
    _say_state("lead" if case_id.startswith("L") else "case", changed.case_id, changed.state)


@app.command("money", cls=Command)
def money(
    case_id: CaseId,
    yuan: Annotated[str, typer.Argument(help="Amount in yuan, below zero to take back.")],
    workspace: WorkspaceFolder,
    kind: Annotated[Kind, typer.Option("--kind", help="How it comes back.")],
    fund: Annotated[Fund, typer.Option("--fund", help="Whose money it is.")],
    stage: Annotated[Stage, typer.Option("--stage", help="How far it has come.")],
    reason: Reason,
    role: InRole = CaseRole.inspector,
) -> None:
    """Enter money of a case: confirmed, upheld after appeals, received."""
    from detection.cases.money import Entry, fen
    from detection.cases.moves import Act
    from detection.followup.cases import record_money

    entry = Entry(kind.value, fund.value, stage.value, fen(yuan))
    act = Act("record_money", today(), reason=reason)
    who = acting(workspace, role, act.move, f"case:{case_id}")
    changed = record_money(place(workspace), case_id, entry, act, actor=who, at=now())
    _say_state("case", changed.case_id, changed.state)


def _say_state(kind: str, case_id: str, state: str) -> None:
    say(Message("{case_id}: {state}", case_id=case_id, state=_label(f"{kind}_state", state)))


def _label(group: str, code: str) -> str:
    from detection.language.messages import case_label

    return case_label(group, Code(group, code), terminal_language().value)
