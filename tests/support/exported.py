"""Reads exported lists back, each format by a reader that knows nothing of ours."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

ALERT_COLUMNS = {
    "alert_id": pl.String,
    "run_id": pl.String,
    "detector": pl.String,
    "detector_kind": pl.String,
    "typology": pl.String,
    "subject_kind": pl.String,
    "subject_id": pl.String,
    "member_ids": pl.List(pl.String),
    "title": pl.String,
    "score": pl.Float64,
    "rank": pl.Int64,
    "severity": pl.String,
    "pool_at_issue": pl.Decimal(18, 2),
    "account_at_issue": pl.Decimal(18, 2),
    "amount_at_issue": pl.Decimal(18, 2),
    "period_start": pl.Date,
    "period_end": pl.Date,
    "settlement_ids": pl.List(pl.String),
    "legal_basis": pl.List(pl.String),
    "status": pl.String,
    "record_ids": pl.List(pl.String),
    "money_kind": pl.String,
}
"""The data contract's alerts, in its order, and the evidence that is no settlement."""

SCORE_COLUMNS = {
    "entity_id": pl.String,
    "score": pl.Float64,
    "rank": pl.Int64,
    "spend_rank": pl.Int64,
    "reasons": pl.List(pl.String),
}
"""The data contract's scores."""

WORDS = {
    "detector_kind": {"rule", "model", "network"},
    "subject_kind": {"person", "provider", "payer_account", "prescriber", "employer", "group", "agency"},
    "severity": {"info", "watch", "suspicious", "highly_suspicious", "definite"},
    "status": {"new", "triaged", "snoozed", "dismissed", "escalated", "expired", "closed"},
}
"""The words that the data contract allows."""


def as_text(row: dict[str, Any]) -> dict[str, str]:
    """A row of the Parquet export as its CSV says it."""
    return {name: _cell(value) for name, value in row.items()}


def read_csv(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file, cells as text."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def read_json(path: Path) -> dict[str, Any]:
    """A JSON file, money exact."""
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"), parse_float=str)
    return read


def names_any(path: Path, identities: Iterable[str]) -> list[str]:
    """The identities that stand in a text file as a cell, or as a word of one."""
    text = path.read_text(encoding="utf-8")
    for mark in '",[]{}：:；;（）()，。 \t\r\n':
        text = text.replace(mark, " ")
    return sorted(set(text.split()) & set(identities))


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case list():
            return json.dumps(value, ensure_ascii=False)
        case float():
            return repr(value)
        case Decimal():
            return f"{value:.2f}"
    return str(value)
