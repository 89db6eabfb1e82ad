"""``fundwatch case assign``, ``merge``, ``split``, ``detach``, ``attach``, ``link`` and ``unlink``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from detection.cli.casework.acting import CaseRole, acting
from detection.cli.casework.commands import CaseId, InRole, Reason, WorkspaceFolder
from detection.cli.language.choice import in_terminal_language, say
from detection.cli.language.help_page import Command
from detection.cli.terminal import now, place
from features.errors import UsageError
from features.message import Message

if TYPE_CHECKING:
    from detection.cases.moves import Actor
    from detection.followup.casework.assigning import Assigned

Alerts = Annotated[list[str], typer.Option("--alert", help="Number of an alert of the case; once for each.")]
Other = Annotated[str, typer.Argument(metavar="OTHER", help="Number of the other lead or case.")]
_OF_CASES = ("L-", "C-")


def assign(
    items: Annotated[
        list[str], typer.Argument(metavar="ITEM...", help="Packets; or leads and cases, by number.")
    ],
    workspace: WorkspaceFolder,
    to: Annotated[list[str], typer.Option("--to", help="Inspector; two for leads and cases, once for each.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; it is kept.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Give several packets, leads or cases to inspectors, as a supervisor; also what another inspector holds.

    Example: fundwatch case assign institutions.I-2F… institutions.I-7A… --to li --workspace ws
    """
    actor = acting(workspace, CaseRole.supervisor, "assign", f"case:{', '.join(items)}")
    say(Message("{count} go to {name}:", count=len(items), name=", ".join(to)))
    for item in items:
        typer.echo(f"  {item}")
    if not yes:
        typer.confirm(in_terminal_language(Message("Assign them?")), abort=True)
    of_cases = [item for item in items if item.startswith(_OF_CASES)]
    of_packets = [item for item in items if item not in of_cases]
    done = _assign(workspace, of_packets, of_cases, to, actor, reason)
    say(Message("{count} assigned", count=sum(len(each.done) for each in done)))
    if problems := [problem for each in done for problem in each.refused]:
        raise UsageError(
            "Not all of them were assigned.",
            next_step="see the reasons, and choose others",
            problems=problems,
        )


def _assign(
    workspace: WorkspaceFolder, packets: list[str], cases: list[str], to: list[str], actor: Actor, reason: str
) -> list[Assigned]:
    from detection.followup.casework.assigning import assign_cases, assign_packets

    where, at = place(workspace), now()
    done = []
    if packets:
        if len(to) != 1:
            raise UsageError("A packet is held by one inspector.", next_step="name one with --to")
        done.append(assign_packets(where, packets, to[0], actor=actor, at=at, reason=reason))
    if cases:
        done.append(assign_cases(where, cases, frozenset(to), actor=actor, at=at, reason=reason))
    return done


def merge(
    case_id: CaseId,
    into: Annotated[str, typer.Option("--into", help="The lead or case that goes on.")],
    workspace: WorkspaceFolder,
    reason: Reason,
) -> None:
    """End a lead or a case in another about the same subject, as a supervisor: all that it has goes there."""
    from detection.followup.casework.combining import merge as merge_cases

    actor = acting(workspace, CaseRole.supervisor, "merge", f"case:{case_id}")
    merge_cases(place(workspace), case_id, into, actor=actor, at=now(), reason=reason)
    say(Message("{case_id} goes on in {into}", case_id=case_id, into=into))


def split(case_id: CaseId, workspace: WorkspaceFolder, alert: Alerts, reason: Reason) -> None:
    """Put some alerts of a case into a new case, as a supervisor; people and time limits are those of the first."""
    from detection.followup.casework.combining import split as split_case

    actor = acting(workspace, CaseRole.supervisor, "split", f"case:{case_id}")
    new = split_case(place(workspace), case_id, alert, actor=actor, at=now(), reason=reason)
    say(Message("new case {case_id}", case_id=new.case_id))


def detach(
    case_id: CaseId,
    workspace: WorkspaceFolder,
    alert: Alerts,
    reason: Reason,
    role: InRole = CaseRole.inspector,
) -> None:
    """Take alerts out of a lead or a case: they are on the desk again."""
    from detection.followup.casework.combining import detach as detach_alerts

    actor = acting(workspace, role, "detach", f"case:{case_id}")
    detach_alerts(place(workspace), case_id, alert, actor=actor, at=now(), reason=reason)
    say(Message("{count} alerts detached from {case_id}", count=len(set(alert)), case_id=case_id))


def attach(
    case_id: CaseId, workspace: WorkspaceFolder, reason: Reason, role: InRole = CaseRole.inspector
) -> None:
    """Put open alerts about the subject that came since into a lead or a case."""
    from detection.followup.casework.combining import attach as attach_alerts

    attach_alerts(
        place(workspace),
        case_id,
        actor=acting(workspace, role, "attach", f"case:{case_id}"),
        at=now(),
        reason=reason,
    )
    say(Message("alerts attached to {case_id}", case_id=case_id))


def link(
    case_id: CaseId,
    other: Other,
    workspace: WorkspaceFolder,
    reason: Reason,
    role: InRole = CaseRole.inspector,
) -> None:
    """Say that two leads or cases are related; each shows the other, and nothing else follows."""
    from detection.followup.casework.combining import link as link_cases

    link_cases(
        place(workspace),
        case_id,
        other,
        actor=acting(workspace, role, "link_cases", f"case:{case_id}"),
        at=now(),
        reason=reason,
    )
    say(Message("{case_id} and {other} are linked", case_id=case_id, other=other))


def unlink(
    case_id: CaseId,
    other: Other,
    workspace: WorkspaceFolder,
    reason: Reason,
    role: InRole = CaseRole.inspector,
) -> None:
    """Take a link between two leads or cases back."""
    from detection.followup.casework.combining import unlink as unlink_cases

    unlink_cases(
        place(workspace),
        case_id,
        other,
        actor=acting(workspace, role, "unlink_cases", f"case:{case_id}"),
        at=now(),
        reason=reason,
    )
    say(Message("the link of {case_id} and {other} is removed", case_id=case_id, other=other))


def add_commands(app: typer.Typer) -> None:
    """Put the commands of this file into the group."""
    for command in (assign, merge, split, detach, attach, link, unlink):
        app.command(command.__name__, cls=Command)(command)
