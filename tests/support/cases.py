"""Contract tables built from the text tables of a card's cases, as the tests run them.

::

    settlements = '''
      settlement | person | provider | settled_at       | mutual_aid_paid | mutual_aid_payer
      s1         | mother | p1       | 2024-03-01 10:00 | 88.00           | son
    '''

Column names are the contract's; ``_id`` may be left off. Money is yuan, times are local, an empty cell is
null. Columns that a case leaves out take a plain default, so that a case shows only what matters.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.case_tables import parse
from features.contract import TABLES, Column, Kind, Table, stem
from features.errors import CardError
from features.policy import Policy, PolicyValue
from features.tables import Tables, stored_schema

_EPOCH = dt.datetime(1970, 1, 1)
_DEFAULTS: dict[str, dict[str, str]] = {
    "settlements": {
        "provider_id": "p1",
        "scheme": "employee",
        "person_category": "active",
        "care_type": "pharmacy",
        "total_amount": "100.00",
        "pool_paid": "0.00",
        "account_paid": "0.00",
    },
    "enrolments": {
        "scheme": "employee",
        "person_category": "active",
        "status": "active",
        "pooling_area": "320600",
        "start_date": "2020-01-01",
    },
    "providers": {
        "provider_kind": "pharmacy",
        "level": "ungraded",
        "pooling_area": "320600",
        "agreement_start": "2020-01-01",
    },
    "family_authorizations": {"relation": "parent", "valid_from": "2020-01-01 00:00"},
    "registered_contexts": {"from": "2020-01-01"},
}


def world(**texts: str) -> Tables:
    """Tables of the contract from text tables, by table name."""
    return tables_of(texts)


def tables_of(texts: Mapping[str, Any]) -> Tables:
    """Tables of the contract from the text tables of a case; other entries of the case are left alone."""
    frames: dict[str, nw.LazyFrame[pl.LazyFrame]] = {}
    columns: dict[str, frozenset[str]] = {}
    for name, text in texts.items():
        if name in TABLES:
            frame, named = _frame(TABLES[name], text)
            to_the_day = [time for time in texts.get("day_precision", ()) if time.startswith(f"{name}.")]
            minutes = [f"{stem(time.partition('.')[2])}_minute" for time in to_the_day]
            frame = frame.with_columns(pl.lit(None, dtype=pl.Int64).alias(minute) for minute in minutes)
            frames[name] = nw.from_native(frame.lazy())
            columns[name] = named
    return Tables(frames, columns, frozenset(texts.get("day_precision", ())))


def policy_of(case: Mapping[str, Any], policy: Policy) -> Policy:
    """The policy of a case's area with the values that the case sets throughout: ``policy = {"a.b" = 0.02}``.

    A value ``"unknown"`` is unverified.
    """
    unverified = PolicyValue(_EPOCH.date(), None, "", "not read", "unknown")
    stated = {
        name: (
            unverified
            if value == "unknown"
            else PolicyValue(_EPOCH.date(), value, "as the case says", "the case", "illustrative"),
        )
        for name, value in case.get("policy", {}).items()
    }
    return replace(policy, parameters={**policy.parameters, **stated})


def _frame(table: type[Table], text: str) -> tuple[pl.DataFrame, frozenset[str]]:
    header = [cell.strip() for cell in text.strip().splitlines()[0].split("|")]
    names = {cell: _full_name(table, cell) for cell in header}
    defaults = _DEFAULTS.get(table.table, {})
    rows = []
    for number, cells in enumerate(parse(text), 1):
        given = {names[cell]: text for cell, text in cells.items()}
        row = {
            name: _value(column, given.get(name, defaults.get(name, _key_default(table, name, number))))
            for name, column in table.columns.items()
        }
        rows.append(row | {"source_file": 0, "source_row": number} | _derived(table, row))
    present = frozenset(names.values()) | frozenset(defaults) | frozenset(table.required_columns())
    return pl.DataFrame(rows, schema=stored_schema(table)), present


def _full_name(table: type[Table], cell: str) -> str:
    for name in (cell, f"{cell}_id"):
        if name in table.columns:
            return name
    raise CardError(f"A case draws {table.table}.{cell}, which is not a column of the contract.")


def _key_default(table: type[Table], name: str, number: int) -> str:
    column = table.columns[name]
    return f"{table.table}-{number}" if column.required and column.kind in (Kind.ID, Kind.TEXT) else ""


def _value(column: Column, text: str) -> Any:
    if text == "":
        return None
    match column.kind:
        case Kind.MONEY:
            return int(Decimal(text) * 100)
        case Kind.PRICE:
            return int(Decimal(text) * 1_000_000)
        case Kind.QUANTITY:
            return int(Decimal(text) * 10_000)
        case Kind.DATE:
            return dt.date.fromisoformat(text)
        case Kind.TIME:
            return dt.datetime.fromisoformat(text)
        case Kind.INTEGER:
            return int(text)
        case Kind.DECIMAL:
            return float(text)
        case Kind.FLAG:
            return text == "true"
        case _:
            return text


def _derived(table: type[Table], row: Mapping[str, Any]) -> dict[str, int | None]:
    """The integer time columns that intake writes beside dates, times and months."""
    derived: dict[str, int | None] = {}
    for name, column in table.columns.items():
        value = row[name]
        if column.kind is Kind.DATE:
            derived[f"{stem(name)}_day"] = None if value is None else (value - _EPOCH.date()).days
        elif column.kind is Kind.TIME:
            derived[f"{stem(name)}_day"] = None if value is None else (value - _EPOCH).days
            derived[f"{stem(name)}_minute"] = (
                None if value is None else int((value - _EPOCH).total_seconds()) // 60
            )
        elif column.kind is Kind.MONTH:
            derived[f"{stem(name)}_index"] = (
                None if value is None else int(value[:4]) * 12 + int(value[5:]) - 1
            )
    if table.table == "settlements":
        settled, service = row["settled_at"], row["service_date"] or row["settled_at"]
        derived["service_day"] = (
            _EPOCH.replace(year=service.year, month=service.month, day=service.day) - _EPOCH
        ).days
        derived["settled_month"] = settled.year * 12 + settled.month - 1
        derived["service_month"] = service.year * 12 + service.month - 1
    return derived
