"""``fundwatch pack build`` and ``fundwatch pack verify``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detection.cli.language.choice import say
from detection.cli.language.help_page import Command, Group
from detection.cli.terminal import now, place, terminal_actor
from features.message import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWN = 30
"""Differences that a terminal lists."""

app = typer.Typer(
    cls=Group,
    no_args_is_help=True,
    help=(
        "Evidence packs: one archive about a packet or a case, which another office can verify.\n\n"
        "A pack has the alerts, their rows, cards, policy versions, law, charts with their data and what the log says, "
        "each file with its hash. The same version, data set and log give the same bytes."
    ),
)


@app.command("build", cls=Command)
def build(
    name: Annotated[
        str,
        typer.Argument(
            metavar="PACKET|CASE", help="As `fundwatch packets` or `fundwatch case list` shows it."
        ),
    ],
    workspace: Annotated[
        Path, typer.Option("--workspace", help="Folder that keeps runs, models and alerts.")
    ],
    out: Annotated[Path, typer.Option("--out", help="File to write: a ZIP archive.")],
    up_to: Annotated[
        int | None,
        typer.Option(
            "--up-to", min=1, help="Number of the last entry of the log that may be in it; all as default."
        ),
    ] = None,
    reveal_ids: Annotated[
        bool,
        typer.Option("--reveal-ids", "--reveal", help="Add a list of real ids; needs --reason; is recorded."),
    ] = False,
    reason: Annotated[str, typer.Option("--reason", help="Why the real ids are needed.")] = "",
) -> None:
    """Write the evidence pack of a packet or a case.

    Example: fundwatch pack build C-2026-0001 --workspace ws --out C-2026-0001.zip

    Ids are masked. Who took the pack and its hash are entered in the audit log.
    """
    from detection.cli.disclosing.writing import write_whole
    from detection.followup.packs import build_pack
    from features.workspace.owned import refuse_owned

    refuse_owned(out)
    pack = build_pack(
        place(workspace),
        name.strip(),
        actor=terminal_actor(),
        at=now(),
        up_to=up_to,
        reveal=reveal_ids,
        reason=reason,
    )
    write_whole({out: pack.content})
    say(Message("written: {file}", file=out))
    say(Message("up to entry {number:,} of the log; sha256 {hash}", number=pack.entry, hash=pack.sha256))


@app.command("verify", cls=Command)
def verify(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="Pack to verify.", exists=True, dir_okay=False),
    ],
    workspace: Annotated[
        Path | None,
        typer.Option("--workspace", help="Also build the pack again from this workspace, and compare."),
    ] = None,
) -> None:
    """Say whether a pack is as it was made, and what differs: file, row and column.

    Without a workspace: every file has its hash, every sum is added again from its rows, and the extract of the log is
    read. With one, the pack is built again from the store and the data set, up to the same entry of the log.

    Exit codes: 0 nothing differs, 3 no pack, 6 the workspace gives another pack, 9 the pack was altered.
    """
    from detection.followup.packs import compare_pack, pack_faults
    from features.errors import IntegrityError, WorkspaceError

    content = file.read_bytes()
    wrong = pack_faults(content)
    compared = compare_pack(place(workspace), content) if workspace is not None else None
    if wrong:
        raise IntegrityError(
            "The pack is not as it was made.",
            where=str(file),
            next_step="ask for it again, and compare its hash with the audit log of the office that made it",
            problems=_shortened([*wrong, *(compared.problems if compared else ())]),
        )
    if compared is not None and compared.problems:
        raise WorkspaceError(
            "The workspace gives another pack.",
            where=str(file),
            next_step="use the version, the data set and the log that pack.json names",
            problems=_shortened(compared.problems),
        )
    say(Message("The pack is as it was made: hashes, sums and the extract of the log agree."))
    if compared is not None:
        say(Message("The workspace builds the same pack."))
        if compared.recorded:
            say(Message("The audit log knows this file: it was given out from this workspace."))
        else:
            say(Message("The audit log does not know this file: it was given out elsewhere, or later."))


def _shortened(problems: Sequence[Message]) -> list[Message]:
    """The first differences, and how many more there are."""
    more = len(problems) - _SHOWN
    shown = list(problems[:_SHOWN])
    return [*shown, Message("and {more:,} more", more=more)] if more > 0 else shown
