"""``fundwatch evaluate``: the current run against what is known to be wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detection.cli.followup import WorkspaceFolder
from detection.cli.language.choice import say
from detection.cli.terminal import actor, now, place
from features.message import Message


def evaluate(
    workspace: WorkspaceFolder,
    truth: Annotated[Path, typer.Option("--truth", help="Folder with entities.parquet.", exists=True)],
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the tables, pictures and a summary.")
    ] = None,
) -> None:
    """Compare the current run with a truth: planted by a simulator, or audited findings in the same form.

    Example: fundwatch simulate --out city && fundwatch run --data city --workspace ws --area 320600
    && fundwatch evaluate --workspace ws --truth city/truth

    Prints how many alerts are right, how many instances of each kind were found, how well persons, providers and
    accounts are ranked next to ranking by money alone, and how much evidence innocent subjects have. Shares have
    Wilson's 95 % interval. Reading the real ids that this needs is recorded.
    """
    from detection.cli.evaluation_tables import print_tables
    from detection.evaluation.evaluating import evaluate as evaluate_run
    from detection.evaluation.tables import write_tables
    from features.workspace import open_workspace

    evaluation = evaluate_run(open_workspace(place(workspace)), truth, actor=actor(), at=now())
    print_tables(evaluation)
    if out is not None:
        write_tables(evaluation, out)
        say(Message("tables written to {folder}", folder=out))
