"""The annex: every table of the report in full as an Excel file, in numbers that add up to those of the screens."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import xlsxwriter
from xlsxwriter.format import Format

from detection.indicators.card import IndicatorCard
from detection.report.content import Content, Group, Share
from detection.report.document import Document
from detection.report.indicators import IndicatorLine
from detection.report.words import Words, change_of

_FEN = 100
_WRITTEN = dt.datetime(2000, 1, 1)  # the file says nothing about when it was written
_WIDEST = 60
_NOTHING = (None,) * 7
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


def annex(content: Content, document: Document, words: Words) -> bytes:
    """The annex as an .xlsx file; the same content gives the same bytes."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"title": document.title, "created": _WRITTEN})
        formats = {
            "bold": book.add_format({"bold": True, "bottom": 1}),
            "money": book.add_format({"num_format": "#,##0.00"}),
            "total": book.add_format({"bold": True, "num_format": "#,##0"}),
            "total money": book.add_format({"bold": True, "num_format": "#,##0.00"}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        for sheet in sheets(content, document, words):
            _write(book, sheet, formats)
    return file.getvalue()


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
    return Sheet(words("report.sheet.method"), "", (document.title,), tuple((one,) for one in rows))


def _screen(content: Content, words: Words, **asked: str) -> str:
    """Where the same figures stand on the screens."""
    period = content.period
    query = {**asked, "start": period.start.isoformat(), "end": period.end.isoformat()}
    return words("report.as_on_screen", address=f"alerts?{urlencode(query)}")


def _by_detector(content: Content, words: Words) -> Sheet:
    rows: list[tuple[Any, ...]] = []
    for group in content.groups:
        listed = words(f"report.list.{group.name}")
        rows += [(words.detector(one.key), one.key, listed, *_figures(one)) for one in group.by_detector]
        rows += _again(group, group.by_detector, words, 3)
        rows.append((words("report.total", list=listed), "", listed, *_figures(Share("", group.totals))))
    columns = ("detector", "name", "list", "alerts", "pool", "account")
    return Sheet(
        words("report.sheet.detectors"),
        _screen(content, words, list="all"),
        tuple(words(f"report.column.{one}") for one in columns),
        tuple(rows),
        frozenset((4, 5)),
    )


def _by_district(content: Content, words: Words) -> Sheet:
    rows: list[tuple[Any, ...]] = []
    for group in content.groups:
        listed = words(f"report.list.{group.name}")
        rows += [(words.district(one.key), listed, *_figures(one)) for one in group.by_district]
        rows += _again(group, group.by_district, words, 2)
        rows.append((words("report.total", list=listed), listed, *_figures(Share("", group.totals))))
    columns = ("district", "list", "alerts", "pool", "account")
    return Sheet(
        words("report.sheet.districts"),
        _screen(content, words, list="all"),
        tuple(words(f"report.column.{one}") for one in columns),
        tuple(rows),
        frozenset((3, 4)),
    )


def _again(group: Group, rows: Sequence[Share], words: Words, texts: int) -> list[tuple[Any, ...]]:
    """The row that takes off what several rows share, so that a column adds up to its total."""
    pool, account = group.counted_again(rows)
    if not pool and not account:
        return []
    return [(words("report.again"), *("",) * (texts - 1), 0, -pool / _FEN, -account / _FEN)]


def _figures(one: Share) -> tuple[int, float, float]:
    return one.totals.alerts, one.totals.pool / _FEN, one.totals.account / _FEN


def _cells(content: Content, words: Words) -> Sheet:
    columns = ("detector", "name", "district", "alerts")
    rows = [
        (words.detector(one.detector), one.detector, words.district(one.district), one.alerts)
        for one in content.cells
    ]
    rows.append((words("report.all_tables"), "", "", sum(one.alerts for one in content.cells)))
    return Sheet(
        words("report.sheet.cells"),
        _screen(content, words, list="all"),
        tuple(words(f"report.column.{one}") for one in columns),
        tuple(rows),
        totals=1,
    )


def _institutions(content: Content, words: Words) -> Sheet:
    columns = ("institution", "place", "alerts", "pool", "account")
    return Sheet(
        words("report.sheet.institutions"),
        _screen(content, words, list="all", queue="institutions"),
        tuple(words(f"report.column.{one}") for one in columns),
        tuple(
            (
                one.name,
                words.place(one.kind, one.level, one.district),
                one.totals.alerts,
                one.totals.pool / _FEN,
                one.totals.account / _FEN,
            )
            for one in content.institutions
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
        tuple(words(f"report.column.{one}") for one in columns),
        tuple(_indicator(one, words) for one in content.indicators),
    )


def _indicator(one: IndicatorLine, words: Words) -> tuple[Any, ...]:
    card, value = one.card, one.now.value if one.now else None
    named = (words(f"report.screen.{card.screen}"), card.words[words.language].title, card.name)
    if one.now is None or value is None:
        reason = (one.now.reason_zh if words.language == "zh" else one.now.reason_en) if one.now else ""
        why = words("report.not_assessable")
        return *named, *_NOTHING, f"{why}: {reason}" if reason else why
    if value.numerator is None or value.denominator is None:
        return *named, *_NOTHING, words("report.hidden")
    before = one.before.value if one.before else None
    remark = "report.attention" if one.now.attention else "" if value.assessed else "report.few"
    return (
        *named,
        _in_unit(card, value.value),
        _amount(value.numerator, card.of[0]),
        _amount(value.denominator, card.of[1]),
        *(map(_amount, value.other, card.of) if value.other else (None, None)),
        _in_unit(card, before.value if before else None),
        _in_unit(card, change_of(one)),
        words(remark) if remark else "",
    )


def _in_unit(card: IndicatorCard, value: float | None) -> float | None:
    return None if value is None else card.in_unit(value)


def _amount(value: int, unit: str) -> float:
    return value / _FEN if unit == "fen" else value


def _data(content: Content, words: Words) -> Sheet:
    parts = ("read", "accepted", "quarantined", "excluded", "flagged")
    rows = [
        (words.code("table", one.table), one.table, *(getattr(one, part) for part in parts))
        for one in content.intake.tables
    ]
    rows.append((words("report.all_tables"), "", *(content.intake.rows(part) for part in parts)))
    columns = ("table", "name", *parts)
    return Sheet(
        words("report.sheet.data"),
        words("report.as_on_screen", address="data?part=tables"),
        tuple(words(f"report.column.{one}") for one in columns),
        tuple(rows),
        totals=1,
    )


def _limited(content: Content, words: Words) -> Sheet:
    columns = ("detector", "name", "status", "reason")
    return Sheet(
        words("report.sheet.limited"),
        words("report.as_on_screen", address="data?part=matrix"),
        tuple(words(f"report.column.{one}") for one in columns),
        tuple(
            (
                words.detector(one.detector),
                one.detector,
                words(f"report.status.{one.status}"),
                one.reason_zh if words.language == "zh" else one.reason_en,
            )
            for one in content.limited
        ),
    )


def _write(book: xlsxwriter.Workbook, sheet: Sheet, formats: dict[str, Format]) -> None:
    page = book.add_worksheet(sheet.name)
    top = 0
    if sheet.above:
        page.write_string(0, 0, sheet.above)
        top = 2
    for column, heading in enumerate(sheet.columns):
        page.write_string(top, column, heading, formats["bold"])
        longest = max([len(heading), *(_shown(row[column]) for row in sheet.rows)])
        page.set_column(column, column, min(max(longest + 2, 10), _WIDEST))
    page.freeze_panes(top + 1, 0)
    for place, row in enumerate(sheet.rows, 1):
        total = "total " if place > len(sheet.rows) - sheet.totals else ""
        for column, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, str):
                page.write_string(top + place, column, value, formats["wrap"])
            else:
                kind = f"{total}money" if column in sheet.money else total.strip()
                page.write_number(top + place, column, value, formats.get(kind))


def _shown(value: object) -> int:
    """Characters that a cell takes; a Chinese one takes two."""
    text = f"{value:,.2f}" if isinstance(value, float) else str(value if value is not None else "")
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)
