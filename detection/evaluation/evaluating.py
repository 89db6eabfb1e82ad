"""Evaluate the current run of a workspace against a truth."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import polars as pl

from detection.evaluation.pictures import pictures
from detection.evaluation.report import Report, report
from detection.evaluation.tables import with_nulls
from detection.evaluation.truth import Truth, read_truth
from detection.store.queries.revealed import RevealedReader
from detection.store.queries.sheets import alert_sheet, evidence_sheet, score_sheet
from features.workspace import Workspace
from models.tracking import Tracker

KINDS = ("person", "provider", "payer_account")
REASON = "evaluation against a truth"


def evaluate(workspace: Workspace, truth_folder: Path, *, actor: str, at: str) -> Report:
    """Compare the current run with a truth, and log the figures with the experiments of the workspace.

    The comparison needs real ids: reading them is recorded like every revealing.

    Args:
        workspace: whose current run.
        truth_folder: holds ``entities.parquet`` and ``benign_lookalikes.parquet``.
        actor: who evaluates.
        at: ISO time.

    Raises:
        InputError: there is no truth, or it lacks columns.
        StoreError: no run yet.
    """
    truth = read_truth(truth_folder)
    result = _report(truth, RevealedReader(workspace, REASON, actor, at))
    params = {"truth": len(truth.instances), "at": at}
    Tracker(workspace).log_evaluation(params, result.metrics(), pictures(result, with_nulls()))
    return result


def _report(truth: Truth, revealed: RevealedReader) -> Report:
    alerts = revealed.read("evaluate alerts", lambda reader: alert_sheet(reader, language="en"))
    items = revealed.read("evaluate evidence", evidence_sheet)
    scores = {
        kind: revealed.read(f"evaluate scores {kind}", partial(score_sheet, kind=kind, language="en"))
        for kind in KINDS
    }
    return report(truth, alerts.filter(pl.col("status") != "closed"), scores, items)
