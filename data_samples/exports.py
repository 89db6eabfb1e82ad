"""What a fund's export gives of the simulated city: all columns or fewer, times to the second or to the day.

What is left out is what exports lack most often. The city itself and its truth are the same in every export.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from features.contract import TABLES, Kind

Columns = Literal["full", "typical", "poor"]
Clock = Literal["minute", "day"]

_TYPICAL_COLUMNS: Mapping[str, frozenset[str]] = {
    "settlements": frozenset({"operator_id", "prescriber_id", "prescribed_at", "account_balance_after"}),
    "charge_lines": frozenset({"prescriber_id", "days_supply"}),
    "providers": frozenset({"latitude", "longitude"}),
}
_TYPICAL_TABLES = frozenset({"drug_trace_scans"})

_POOR_COLUMNS: Mapping[str, frozenset[str]] = {
    "settlements": frozenset(
        {
            "service_date",
            "encounter_id",
            "diagnosis_code",
            "prescription_no",
            "credential_type",
            "channel",
            "fully_self_paid",
            "over_limit_self_paid",
            "pre_self_paid",
            "in_scope_amount",
            "deductible_paid",
            "provider_borne",
        }
    ),
    "providers": frozenset({"owner_id", "agreement_start", "agreement_end"}),
    "family_authorizations": frozenset({"channel", "verified"}),
}
_POOR_TABLES = frozenset(
    {
        "account_entries",
        "charge_lines",
        "contributions",
        "item_reference",
        "programme_registrations",
        "provider_status",
        "registered_contexts",
        "survey_answers",
    }
)


@dataclass(frozen=True)
class Export:
    """How much of the tables is written.

    Attributes:
        columns: `full`, `typical` (without operators, prescribers, trace scans, balances and coordinates), or
            `poor` (without charge lines, ledger, contributions, diagnoses and the parts of the cost, too).
        clock: `minute` keeps times; `day` writes their days: day precision, in Parquet by the type.
    """

    columns: Columns = "full"
    clock: Clock = "minute"

    def fit(self, table: str, frame: pl.DataFrame) -> pl.DataFrame | None:
        """The table as exported; None where the export does not have it."""
        if table in self._tables():
            return None
        frame = frame.drop(self._left_out(table) & set(frame.columns))
        return _by_day(table, frame) if self.clock == "day" else frame

    def mapping(self, written: Mapping[str, Sequence[str]]) -> str:
        """A mapping file that declares the day precision of text; types of Parquet declare it themselves.

        Args:
            written: by table, the columns that are written.
        """
        parts = []
        for table, columns in written.items():
            times = [f'"{name}"' for name in TABLES[table].of_kind(Kind.TIME) if name in columns]
            if times:
                parts.append(f"[tables.{table}]\nday_precision = [{', '.join(times)}]\n")
        return "\n".join(parts)

    def _tables(self) -> frozenset[str]:
        without = {
            "full": frozenset[str](),
            "typical": _TYPICAL_TABLES,
            "poor": _TYPICAL_TABLES | _POOR_TABLES,
        }
        return without[self.columns]

    def _left_out(self, table: str) -> frozenset[str]:
        none = frozenset[str]()
        typical, poor = _TYPICAL_COLUMNS.get(table, none), _POOR_COLUMNS.get(table, none)
        return {"full": none, "typical": typical, "poor": typical | poor}[self.columns]


def _by_day(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Times as dates. Rows of a day are in the order of their ids, which says nothing about the time."""
    times = [name for name in TABLES[table].of_kind(Kind.TIME) if name in frame.columns]
    frame = frame.with_columns(pl.col(times).cast(pl.Date))
    if table in ("settlements", "charge_lines", "drug_trace_scans"):
        return frame.sort([*times[:1], *(key for key in TABLES[table].key if key not in times)])
    return frame
