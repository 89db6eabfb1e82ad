"""Every sum of a pack: what it is about, by which rule, and of which rows; computed from the files of the pack."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from detection.cases.money import FUNDS, RECOVERY_KINDS, STAGES
from detection.detectors.cards import MONEY_KINDS
from detection.pack.layout import ALERTS, FACTS, MONEY, ROWS, Members
from detection.pack.tables import csv_rows

Method = Literal["rows of the alert", "each row once", "ledger"]
"""How the rows are added: all rows of one alert; those of several alerts, where a settlement or a record that more than
one cites counts once, with the largest amount; entries of a case's ledger."""

_FUNDS = ("pool", "account")
SUM_COLUMNS = ("sum", "about", "method", "kind", "fund", "fen", "rules", "table", "rows")


@dataclass(frozen=True)
class Sum:
    """A sum.

    Attributes:
        about: ``alert:…``, ``packet:…`` or ``case:…``.
        kind: of money; of a ledger ``recovered/claimed``: how it comes back, and how far it has come.
        rules: ``detector@digest`` of the cards whose rows they are; of a ledger the events that entered them.
        table: file with the rows.
        rows: their numbers there, in order.
    """

    about: str
    method: Method
    kind: str
    fund: str
    fen: int
    rules: tuple[str, ...]
    table: str
    rows: tuple[int, ...]


@dataclass(frozen=True)
class _Alert:
    alert: str
    kind: str
    rule: str


@dataclass(frozen=True)
class _Row:
    number: int
    alert: str
    table: str
    row: str
    fen: Mapping[str, int]


def sums_of(members: Members) -> list[Sum]:
    """The sums of a pack, in a fixed order.

    Raises:
        ValueError: a file is not as this version writes it.
        KeyError: a column, or an alert of a row, is not there.
    """
    stated = json.loads(members[FACTS])
    alerts = [
        _Alert(each["alert"], each["money_kind"], f"{each['detector']}@{each['card']}")
        for each in json.loads(members[ALERTS])
    ]
    rows = [
        _Row(
            int(row["row"]),
            row["alert"],
            row["table"],
            row["id"],
            {fund: int(row[f"{fund}_fen"]) for fund in _FUNDS},
        )
        for row in csv_rows(members[ROWS])
    ]
    _refuse_strangers(alerts, rows)
    return [
        *_of_alerts(alerts, rows),
        *_together(stated["about"], alerts, rows),
        *(_of_ledgers(csv_rows(members[MONEY])) if MONEY in members else ()),
    ]


def sum_rows(sums: Iterable[Sum]) -> Iterator[tuple[object, ...]]:
    """The sums as rows of a table."""
    for number, each in enumerate(sums, 1):
        yield (
            number,
            each.about,
            each.method,
            each.kind,
            each.fund,
            each.fen,
            " ".join(each.rules),
            each.table,
            ranges(each.rows),
        )


def ranges(numbers: Sequence[int]) -> str:
    """Numbers in order as ranges: ``1-3 7``."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return " ".join(str(first) if first == last else f"{first}-{last}" for first, last in parts)


def _refuse_strangers(alerts: Sequence[_Alert], rows: Sequence[_Row]) -> None:
    """A row of no alert of the pack would resolve to no rule."""
    known = {alert.alert for alert in alerts}
    for place, row in enumerate(rows, 1):
        if row.number != place:
            raise ValueError(f"rows.csv: row {place} has the number {row.number}")
        if row.alert not in known:
            raise KeyError(row.alert)


def _of_alerts(alerts: Iterable[_Alert], rows: Sequence[_Row]) -> Iterator[Sum]:
    by_alert: dict[str, list[_Row]] = {}
    for row in rows:
        by_alert.setdefault(row.alert, []).append(row)
    for alert in alerts:
        own = by_alert.get(alert.alert, [])
        for fund in _FUNDS:
            yield Sum(
                f"alert:{alert.alert}",
                "rows of the alert",
                alert.kind,
                fund,
                sum(row.fen[fund] for row in own),
                (alert.rule,),
                ROWS,
                tuple(row.number for row in own),
            )


def _together(about: str, alerts: Sequence[_Alert], rows: Sequence[_Row]) -> Iterator[Sum]:
    """The alerts of a packet or a case together, by kind of money."""
    for kind in MONEY_KINDS:
        of_kind = {alert.alert: alert.rule for alert in alerts if alert.kind == kind}
        inside = [row for row in rows if row.alert in of_kind]
        for fund in _FUNDS if of_kind else ():
            counted = _each_once(inside, fund)
            yield Sum(
                about,
                "each row once",
                kind,
                fund,
                sum(row.fen[fund] for row in counted),
                tuple(sorted(set(of_kind.values()))),
                ROWS,
                tuple(row.number for row in counted),
            )


def _each_once(rows: Iterable[_Row], fund: str) -> list[_Row]:
    """Settlements and records once, with the largest amount."""
    counted: dict[tuple[str, str], _Row] = {}
    for row in rows:
        key = (row.table, row.row)
        known = counted.get(key)
        if known is None or row.fen[fund] > known.fen[fund]:
            counted[key] = row
    return sorted(counted.values(), key=lambda row: row.number)


def _of_ledgers(entries: Sequence[Mapping[str, str]]) -> Iterator[Sum]:
    for case in sorted({entry["case"] for entry in entries}):
        for kind in RECOVERY_KINDS:
            for stage in STAGES:
                for fund in FUNDS:
                    own = [
                        entry
                        for entry in entries
                        if (entry["case"], entry["kind"], entry["stage"], entry["fund"])
                        == (case, kind, stage, fund)
                    ]
                    if own:
                        yield Sum(
                            f"case:{case}",
                            "ledger",
                            f"{kind}/{stage}",
                            fund,
                            sum(int(entry["fen"]) for entry in own),
                            tuple(dict.fromkeys(f"event:{entry['event']}" for entry in own)),
                            MONEY,
                            tuple(int(entry["row"]) for entry in own),
                        )
