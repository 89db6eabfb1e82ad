"""Writes the files of subjects and the index that finds them, into the folder of a run."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from detection.subjects.bills import FUNDS, bills_of, coded_bills
from detection.subjects.files import SubjectFiles, subject_files
from detection.subjects.index import write_index
from detection.subjects.kinds import KINDS, TIES
from detection.subjects.registers import (
    companions,
    contribution_months,
    credit_kinds,
    employed_people,
    everyone,
    ledger_months,
    partners,
)
from detection.subjects.sums import months_of, ties_of, totals_of
from features.engine import Views, collect
from features.ids.enumerated import AS_TEXT


def write_subjects(views: Views, folder: Path, key: bytes) -> None:
    """Write ``subjects/`` and ``search/`` of a run, for every subject of the data, with or without alerts.

    Each file is computed and written by itself: memory holds one sum at a time, and the settlements by codes.

    Args:
        views: of the data set; ids may be codes.
        folder: of the run.
        key: secret of the pseudonyms, which the index is sorted by.
    """
    files = subject_files(folder, views.tables.ids)
    bills = coded_bills(views)
    for kind in KINDS:
        _write_money(files, kind, bills, views)
    del bills
    files.write("payer_account", "ledger", ledger_months(views), "month")
    files.write("payer_account", "credits", credit_kinds(views), "-amount", "entry_kind")
    files.write("employer", "contributions", contribution_months(views), "month")
    files.write("person", "companions", companions(views), "-days", "other")
    files.write("provider", "companions", partners(views), "-people", "other")
    settlements = collect(views.tables.settlements.select("settlement_id"))
    write_index(views.tables.in_text(settlements, "settlement_id").lazy(), files, folder, key)


def _write_money(files: SubjectFiles, kind: str, bills: pl.LazyFrame, views: Views) -> None:
    """Money of one kind of subject by month, by tie, and in all."""
    own = bills_of(kind, bills, views)
    months = files.write(kind, "months", months_of(own), "month").lazy().with_columns(AS_TEXT)
    files.write(kind, "totals", totals_of(everyone(kind, views), months))
    del months
    for tie in TIES[kind]:
        rows = ties_of(own, tie)
        if (kind, tie.name) == ("employer", "employees"):
            rows = _with_everybody(rows.with_columns(AS_TEXT), employed_people(views))
        files.write(kind, tie.name, rows, "-money", "-settlements", "other")


def _with_everybody(rows: pl.LazyFrame, employed: pl.LazyFrame) -> pl.LazyFrame:
    """People of an employer, those without settlements too."""
    sums = ("settlements", "people", *FUNDS, "money")
    return employed.join(rows, on=["id", "other"], how="left").with_columns(pl.col(sums).fill_null(0))
