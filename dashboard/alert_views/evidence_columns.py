"""Columns of the evidence tables: what every row has, and what the alert's card names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.identities import unmasked
from dashboard.markup import styled
from dashboard.subjects import settlement_link, subject_link
from dashboard.wording import figures, label, language, t, time_text
from detection.detectors.cards import Card
from detection.proof.columns import NUMBERS, EvidenceColumn, columns_of
from detection.proof.wording import value_text
from detection.store.queries.evidence import EvidenceRow, RecordRow

Row = EvidenceRow | RecordRow

_WRAPPED = {"items": "wide", "provider": "place", "code": "", "text": "", "moment": ""}
"""Kinds whose texts may run over several lines, with their style."""
_MONO = ("person", "payer_account", "prescriber", "operator", "settlement", "record")


@dataclass(frozen=True)
class TableColumn:
    """One column of a table.

    Attributes:
        title: heading.
        cell: of a row: text or HTML; empty where nothing is known.
        numeric: whether it is aligned to the right.
        kept: whether it is shown even where all rows have the same value.
    """

    title: str
    cell: Callable[[Row], str]
    numeric: bool = False
    kept: bool = False


def table_columns(card: Card) -> list[TableColumn]:
    """All columns of a card's evidence: when, number, cause, what the card names, money, who, where, source."""
    own, others = _of_card(card)
    return [*_row_columns(card), *own, *_money_and_people(card), *others, _source()]


def split_columns(
    columns: Sequence[TableColumn], rows: Sequence[Row]
) -> tuple[list[TableColumn], list[TableColumn]]:
    """The columns of the table, and those whose one value is said above it: all rows have the same.

    Columns that are empty for all rows, or zero, are in neither.
    """
    nothing = {"", figures().yuan(0)}
    shown: list[TableColumn] = []
    common: list[TableColumn] = []
    for column in columns:
        cells = {column.cell(row) for row in rows}
        if cells <= nothing:
            continue
        same = len(rows) > 1 and len(cells) == 1 and not column.kept
        (common if same else shown).append(column)
    return shown, common


def _row_columns(card: Card) -> list[TableColumn]:
    if card.evidence == "settlements":
        first = [
            TableColumn(t("column.settled_at"), _time, kept=True),
            TableColumn(t("column.settlement"), _settlement, kept=True),
        ]
    else:
        first = [
            TableColumn(t("column.day"), _time, kept=True),
            TableColumn(t("column.table"), _table),
            TableColumn(t("column.record"), _record, kept=True),
        ]
    cause = TableColumn(t("column.cause"), lambda row: card.cause_text(row.cause, language()))
    return [*first, *([cause] if card.causes else [])]


def _money_and_people(card: Card) -> list[TableColumn]:
    people = [TableColumn(t("column.person"), lambda row: _linked("person", row.person))]
    places = [TableColumn(t("column.place"), _place)] if card.evidence == "settlements" else []
    return [
        TableColumn(t("column.pool"), lambda row: figures().yuan(row.pool), numeric=True),
        TableColumn(t("column.account"), lambda row: figures().yuan(row.account), numeric=True),
        *people,
        *places,
    ]


def _of_card(card: Card) -> tuple[list[TableColumn], list[TableColumn]]:
    """What the card names, and what its kind of evidence has besides."""
    shown = [column for column in columns_of(card) if not column.hidden]
    own = [_stored(column) for column in shown if column.name in card.proof]
    return own, [_stored(column) for column in shown if column.name not in card.proof]


def _stored(column: EvidenceColumn) -> TableColumn:
    def cell(row: Row) -> str:
        text = value_text(column, row.proof.get(column.name), language())
        return _shaped(column, text)

    return TableColumn(column.title[language()], cell, numeric=column.kind in NUMBERS)


def _shaped(column: EvidenceColumn, text: str) -> str:
    if not text or column.kind in NUMBERS:
        return text
    if column.kind in _MONO:
        return _linked(column.kind, text)
    return styled(text, _WRAPPED.get(column.kind, "nowrap"))


def _source() -> TableColumn:
    def cell(row: Row) -> str:
        return styled(t("alert.source", file=row.source_file, row=row.source_row), "muted source")

    return TableColumn(t("column.source"), cell, kept=True)


def _time(row: Row) -> str:
    return time_text(row.settled_at) if isinstance(row, EvidenceRow) else figures().day(row.day)


def _settlement(row: Row) -> str:
    return settlement_link(row.settlement) if isinstance(row, EvidenceRow) else ""


def _place(row: Row) -> str:
    if not isinstance(row, EvidenceRow):
        return ""
    return styled(subject_link("provider", row.institution, row.provider), "place")


def _table(row: Row) -> str:
    return label("table", row.table) if isinstance(row, RecordRow) else ""


def _record(row: Row) -> str:
    return _mono(row.record) if isinstance(row, RecordRow) else ""


def _linked(kind: str, text: str) -> str:
    """A pseudonym as a link to its page; empty where there is none."""
    if not text:
        return ""
    return settlement_link(text) if kind == "settlement" else subject_link(kind, text)


def _mono(text: str) -> str:
    return styled(unmasked(text), "mono") if text else ""
