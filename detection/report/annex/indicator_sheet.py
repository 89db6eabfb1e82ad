"""The sheet of indicators: values, numerators and denominators as numbers, and why a value is missing."""

from __future__ import annotations

from fractions import Fraction

from detection.indicators.card import IndicatorCard
from detection.language.text import Text
from detection.report.annex.sheet import Cell, Sheet
from detection.report.indicators import IndicatorLine
from detection.report.period import ReportPeriod
from detection.report.sections.indicator_table import remark
from detection.report.words import Words
from detection.store.queries.indicators.files import Point
from features.money import FEN_PER_YUAN

_COUNTS = ("numerator", "denominator", "numerator_off", "denominator_off")


def indicator_sheet(lines: tuple[IndicatorLine, ...], period: ReportPeriod, words: Words) -> Sheet:
    """Every indicator."""
    columns = (
        *(words(f"report.column.{name}") for name in ("screen", "indicator", "name", "now", *_COUNTS)),
        words("report.column.before", period=words.figures.period(period.before.name)),
        words("report.column.change"),
        words("report.column.year_before", period=words.figures.period(period.year_before.name)),
        words("report.column.change"),
        words("report.column.remark"),
    )
    return Sheet(
        words("report.sheet.indicators"),
        words("report.indicators.note"),
        columns,
        tuple(_row(line, words) for line in lines),
    )


def _row(line: IndicatorLine, words: Words) -> tuple[Cell, ...]:
    card, value = line.card, line.now.value
    title = card.words[words.language].title
    counts: tuple[Cell, ...] = (None,) * len(_COUNTS)
    if value is not None:
        other = value.other or (None, None)
        counts = (
            _amount(value.numerator, card.of[0]),
            _amount(value.denominator, card.of[1]),
            _amount(other[0], card.of[0]),
            _amount(other[1], card.of[1]),
        )
    return (
        words(f"report.screen.{card.screen}"),
        words("report.twelve_months", title=title) if line.twelve_months else title,
        card.name,
        _value(line.now, card),
        *counts,
        _value(line.before, card),
        _in_unit(line.change, card),
        _value(line.year_before, card),
        _in_unit(line.change_in_a_year, card),
        _remark(line, words),
    )


def _remark(line: IndicatorLine, words: Words) -> str:
    reason = Text(line.now.reason_en, line.now.reason_zh)[words.language]
    return words.joined([remark(line, words), reason]) if reason else remark(line, words)


def _value(point: Point | None, card: IndicatorCard) -> float | None:
    return _in_unit(point.value.value if point and point.value else None, card)


def _in_unit(value: float | Fraction | None, card: IndicatorCard) -> float | None:
    return None if value is None else card.in_unit(float(value))


def _amount(value: int | None, unit: str) -> float | None:
    return None if value is None else value / FEN_PER_YUAN if unit == "fen" else value
