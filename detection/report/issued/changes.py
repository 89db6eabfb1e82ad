"""Which figures a report changes against the issue that it replaces, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from detection.report.document import Section, Table
from detection.report.issued.record import AlertState, Figure, IssuedReport, Origin
from detection.report.period import report_period
from detection.report.words import Words

Reason = Literal["handled", "evidence", "correction", "version", "unknown"]
"""Alerts were handled; the data reach further; data of the same days changed; rules, policy or program changed."""
_REASONS: tuple[Reason, ...] = ("handled", "evidence", "correction", "version")


@dataclass(frozen=True)
class Change:
    """A figure that changed; None where one of the two issues does not have it."""

    figure: Figure
    then: int | None
    now: int | None
    reasons: tuple[Reason, ...]


def changes(
    earlier: IssuedReport, figures: dict[str, Figure], alerts: dict[str, AlertState], origin: Origin
) -> tuple[Change, ...]:
    """Every figure that differs from an earlier issue, in the order of the figures."""
    keys = dict.fromkeys((*figures, *earlier.figures))
    rows = []
    for key in keys:
        then, now = earlier.figures.get(key), figures.get(key)
        if (then.value if then else 0) == (now.value if now else 0):
            continue
        figure = now or then
        if figure is None:
            continue
        reasons = tuple(_reasons(figure, earlier, alerts, origin))
        rows.append(
            Change(figure, then.value if then else None, now.value if now else None, reasons or ("unknown",))
        )
    return tuple(rows)


def changes_section(earlier: IssuedReport, rows: tuple[Change, ...], words: Words) -> Section:
    """The figures that changed, as a section of the report that replaces an earlier one."""
    heading = words("report.changes", number=earlier.number)
    if not rows:
        return Section(heading, (words("report.changes.none", number=earlier.number),))
    columns = (
        words("report.column.figure"),
        words("report.column.then", number=earlier.number),
        words("report.column.this"),
        words("report.column.change"),
        words("report.column.reason"),
    )
    table = Table(
        columns,
        ("left", "right", "right", "right", "left"),
        tuple(_row(row, words) for row in rows),
        (10, 4, 4, 4, 6),
    )
    sentence = words(
        "report.changes.note", number=earlier.number, date=words.figures.day(earlier.details.date)
    )
    return Section(heading, (sentence,), table=table)


def _row(row: Change, words: Words) -> tuple[str, ...]:
    def shown(value: int | None) -> str:
        if value is None:
            return "–"
        return words.figures.yuan(value) if row.figure.money else words.figures.count(value)

    return (
        row.figure.label,
        shown(row.then),
        shown(row.now),
        words.signed((row.now or 0) - (row.then or 0), money=row.figure.money),
        words.listed(words(f"report.change.{reason}") for reason in row.reasons),
    )


def _reasons(
    figure: Figure, earlier: IssuedReport, alerts: dict[str, AlertState], origin: Origin
) -> Iterator[Reason]:
    """Why a figure changed: from the alerts behind it that differ, and from what both issues were made from."""
    if not figure.list:
        yield from _of_data(earlier, origin)
        return
    then, now = _behind(figure, earlier.alerts), _behind(figure, alerts)
    handled = any(
        then[name].open != now[name].open or (figure.handling and then[name].status != now[name].status)
        for name in then.keys() & now.keys()
    )
    others = {
        name
        for name in then.keys() | now.keys()
        if name not in then or name not in now or _evidence(then[name]) != _evidence(now[name])
    }
    causes = {reason for name in others for reason in _causes(now.get(name), earlier.origin, origin)}
    if handled:
        causes.add("handled")
    yield from (reason for reason in _REASONS if reason in causes)


def _of_data(earlier: IssuedReport, origin: Origin) -> Iterator[Reason]:
    """Why a figure without alerts changed: more days of the period, other data of the same days, or other versions."""
    then = earlier.origin
    if then.snapshot != origin.snapshot:
        whole = then.last_day >= report_period(earlier.printed.period).end.isoformat()
        yield "evidence" if origin.last_day > then.last_day and not whole else "correction"
    if then.versions != origin.versions:
        yield "version"


def _causes(now: AlertState | None, then: Origin, origin: Origin) -> Iterator[Reason]:
    """What may have changed an alert: data of later days, other data of the same days, or other versions."""
    if then.snapshot != origin.snapshot:
        later = now is not None and now.last > then.last_day
        yield "evidence" if later else "correction"
    if then.versions != origin.versions:
        yield "version"


def _behind(figure: Figure, alerts: dict[str, AlertState]) -> dict[str, AlertState]:
    return {
        name: alert
        for name, alert in alerts.items()
        if alert.list == figure.list
        and figure.detector in ("", alert.detector)
        and figure.money_kind in ("", alert.money_kind)
    }


def _evidence(alert: AlertState) -> tuple[int, int, str]:
    return alert.pool, alert.account, alert.last
