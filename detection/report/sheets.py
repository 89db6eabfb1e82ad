"""The sheets of the annex: every table of the report in full, in numbers that add up to those of the screens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from detection.indicators.card import IndicatorCard
from detection.language.text import Text
from detection.report.content import Content, Group
from detection.report.document import Document
from detection.report.indicators import IndicatorLine
from detection.report.words import Words, change_of
from detection.store.queries.breakdown import Share
from features.money import FEN_PER_YUAN

_NO_FIGURES = (None,) * 7
"""Figures of an indicator that has none."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, what stands above the table, headings, and rows of texts and numbers (money in yuan)."""

    name: str
    above: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    money: frozenset[int] = frozenset()
    totals: int = 0


def sheets(content: Content, document: Document, words: Words) -> Iterator[Sheet]:
    """The sheets in order."""
    yield _method(document, words)
    yield _by_detector(content, words)
    yield _by_district(content, words)
    yield _cells(content, words)
    yield _institutions(content, words)
    yield _indicators(content, words)
    yield _data(content, words)
    yield _limited(content, words)


def _method(document: Document, words: Words) -> Sheet:
    last = document.pages[-1][-1]
    rows = [document.subtitle, *document.warnings, *last.sentences, document.footer]
    return Sheet(words("report.sheet.method"), "", (document.title,), tuple((text,) for text in rows))


def _screen(content: Content, words: Words, **filters: str) -> str:
    """Where the same figures stand on the screens."""
    period = content.period
    query = {**filters, "start": period.start.isoformat(), "end": period.end.isoformat()}
    return words("report.as_on_screen", address=f"alerts?{urlencode(query)}")


def _by_detector(content: Content, words: Words) -> Sheet:
    rows: list[tuple[Any, ...]] = []
    for group in content.groups:
        listed = words(f"report.list.{group.name}")
        rows += [
            (words.detector(share.key), share.key, listed, *_figures(share)) for share in group.by_detector
        ]
        rows += _again(group, group.by_detector, words, 3)
        rows.append((words("report.total", list=listed), "", listed, *_figures(Share("", group.totals))))
    columns = ("detector", "name", "list", "alerts", "pool", "account")
    return Sheet(
        words("report.sheet.detectors"),
        _screen(content, words, list="all"),
        tuple(words(f"report.column.{name}") for name in columns),
        tuple(rows),
        frozenset((4, 5)),
    )


def _by_district(content: Content, words: Words) -> Sheet:
    rows: list[tuple[Any, ...]] = []
    for group in content.groups:
        listed = words(f"report.list.{group.name}")
        rows += [(words.district(share.key), listed, *_figures(share)) for share in group.by_district]
        rows += _again(group, group.by_district, words, 2)
        rows.append((words("report.total", list=listed), listed, *_figures(Share("", group.totals))))
    columns = ("district", "list", "alerts", "pool", "account")
    return Sheet(
        words("report.sheet.districts"),
        _screen(content, words, list="all"),
        tuple(words(f"report.column.{name}") for name in columns),
        tuple(rows),
        frozenset((3, 4)),
    )


def _again(group: Group, rows: Sequence[Share], words: Words, texts: int) -> list[tuple[Any, ...]]:
    """The row that takes off what several rows share, so that a column adds up to its total."""
    pool, account = group.counted_again(rows)
    if not pool and not account:
        return []
    return [(words("report.again"), *("",) * (texts - 1), 0, -pool / FEN_PER_YUAN, -account / FEN_PER_YUAN)]


def _figures(share: Share) -> tuple[int, float, float]:
    return (
        share.totals.alerts,
        share.totals.at_issue.pool / FEN_PER_YUAN,
        share.totals.at_issue.account / FEN_PER_YUAN,
    )


def _cells(content: Content, words: Words) -> Sheet:
    columns = ("detector", "name", "district", "alerts")
    rows = [
        (words.detector(cell.detector), cell.detector, words.district(cell.district), cell.alerts)
        for cell in content.cells
    ]
    rows.append((words("report.all_tables"), "", "", sum(cell.alerts for cell in content.cells)))
    return Sheet(
        words("report.sheet.cells"),
        _screen(content, words, list="all"),
        tuple(words(f"report.column.{name}") for name in columns),
        tuple(rows),
        totals=1,
    )


def _institutions(content: Content, words: Words) -> Sheet:
    columns = ("institution", "place", "alerts", "pool", "account")
    return Sheet(
        words("report.sheet.institutions"),
        _screen(content, words, list="all", queue="institutions"),
        tuple(words(f"report.column.{name}") for name in columns),
        tuple(
            (
                institution.name,
                words.institution(institution.kind, institution.level, institution.district),
                institution.totals.alerts,
                institution.totals.at_issue.pool / FEN_PER_YUAN,
                institution.totals.at_issue.account / FEN_PER_YUAN,
            )
            for institution in content.institutions
        ),
        frozenset((3, 4)),
    )


def _indicators(content: Content, words: Words) -> Sheet:
    columns = (
        "screen",
        "indicator",
        "name",
        "now",
        "numerator",
        "denominator",
        "numerator_off",
        "denominator_off",
        "before",
        "change",
        "attention",
    )
    return Sheet(
        words("report.sheet.indicators"),
        words("report.indicators.note", now=content.period.last_month, before=content.period.month_before),
        tuple(words(f"report.column.{name}") for name in columns),
        tuple(_indicator(indicator, words) for indicator in content.indicators),
    )


def _indicator(indicator: IndicatorLine, words: Words) -> tuple[Any, ...]:
    card, value = indicator.card, indicator.now.value if indicator.now else None
    named = (words(f"report.screen.{card.screen}"), card.words[words.language].title, card.name)
    if indicator.now is None or value is None:
        point = indicator.now
        reason = Text(point.reason_en, point.reason_zh)[words.language] if point else ""
        why = words("report.not_assessable")
        return *named, *_NO_FIGURES, f"{why}: {reason}" if reason else why
    if value.numerator is None or value.denominator is None:
        return *named, *_NO_FIGURES, words("report.hidden")
    before = indicator.before.value if indicator.before else None
    remark = "report.attention" if indicator.now.attention else "" if value.assessed else "report.few"
    return (
        *named,
        _in_unit(card, value.value),
        _amount(value.numerator, card.of[0]),
        _amount(value.denominator, card.of[1]),
        *(map(_amount, value.other, card.of) if value.other else (None, None)),
        _in_unit(card, before.value if before else None),
        _in_unit(card, change_of(indicator)),
        words(remark) if remark else "",
    )


def _in_unit(card: IndicatorCard, value: float | None) -> float | None:
    return None if value is None else card.in_unit(value)


def _amount(value: int, unit: str) -> float:
    return value / FEN_PER_YUAN if unit == "fen" else value


def _data(content: Content, words: Words) -> Sheet:
    parts = ("read", "accepted", "quarantined", "excluded", "flagged")
    rows = [
        (words.code("table", table.table), table.table, *(getattr(table, part) for part in parts))
        for table in content.intake.tables
    ]
    rows.append((words("report.all_tables"), "", *(content.intake.rows(part) for part in parts)))
    columns = ("table", "name", *parts)
    return Sheet(
        words("report.sheet.data"),
        words("report.as_on_screen", address="data?part=tables"),
        tuple(words(f"report.column.{name}") for name in columns),
        tuple(rows),
        totals=1,
    )


def _limited(content: Content, words: Words) -> Sheet:
    columns = ("detector", "name", "status", "reason")
    return Sheet(
        words("report.sheet.limited"),
        words("report.as_on_screen", address="data?part=matrix"),
        tuple(words(f"report.column.{name}") for name in columns),
        tuple(
            (
                words.detector(coverage.detector),
                coverage.detector,
                words(f"report.status.{coverage.status}"),
                coverage.reason[words.language],
            )
            for coverage in content.limited
        ),
    )
