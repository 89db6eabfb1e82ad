"""The indicators of the period itself, with comparison and a small chart."""

from __future__ import annotations

from fractions import Fraction

from detection.indicators.texts import change_text, value_text
from detection.report.content import Content
from detection.report.document import Section, Table
from detection.report.indicators import IndicatorLine
from detection.report.words import Words
from detection.store.queries.indicators.files import Point

_NONE = "–"


def indicator_section(content: Content, words: Words) -> Section:
    """Every indicator that has a value; those without one are counted in a note and are in the annex."""
    heading = words("report.indicators")
    shown = [line for line in content.indicators if line.now.value is not None]
    if not shown:
        return Section(heading, (words("report.indicators.none"),))
    missing, period = len(content.indicators) - len(shown), content.period
    columns = (
        words("report.column.indicator"),
        words("report.column.now"),
        words("report.column.before", period=words.figures.period(period.before.name)),
        words("report.column.change"),
        words("report.column.year_before", period=words.figures.period(period.year_before.name)),
        words("report.column.change"),
        words("report.column.remark"),
    )
    table = Table(
        columns,
        ("left", "right", "right", "right", "right", "right", "left"),
        tuple(_row(line, words) for line in shown),
        (9, 5, 5, 6, 5, 6, 4),
        charts=tuple(line.history for line in shown),
        chart_heading=words("report.column.two_years"),
        note=words("report.indicators.missing", n=words.figures.count(missing)) if missing else "",
    )
    return Section(heading, (words("report.indicators.note"),), table=table)


def _row(line: IndicatorLine, words: Words) -> tuple[str, ...]:
    title = line.card.words[words.language].title
    return (
        words("report.twelve_months", title=title) if line.twelve_months else title,
        _value(line.now, line, words),
        _value(line.before, line, words),
        _change(line.change, line, words),
        _value(line.year_before, line, words),
        _change(line.change_in_a_year, line, words),
        remark(line, words),
    )


def remark(line: IndicatorLine, words: Words) -> str:
    """What a reader has to know of the value: that it deserves attention, or rests on few people."""
    value = line.now.value
    if value is None:
        return words("report.not_assessable")
    if value.sufficiency in ("hidden", "withheld"):
        return words("report.hidden")
    if line.now.attention:
        return words("report.attention")
    return "" if value.assessed else words("report.few")


def _value(point: Point | None, line: IndicatorLine, words: Words) -> str:
    value = point.value.value if point and point.value else None
    return value_text(value, line.card.unit, words.language)


def _change(change: Fraction | None, line: IndicatorLine, words: Words) -> str:
    return _NONE if change is None else change_text(change, line.card.unit, words.language)
