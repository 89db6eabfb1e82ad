"""Values of evidence columns as a person reads them."""

from __future__ import annotations

from typing import Any

from detection.alerts.moment import Moment
from detection.language.formats import formats
from detection.proof.columns import EvidenceColumn
from detection.proof.values import Value, items_of

_ITEMS_SHOWN = 3
_DAYS_SHOWN = 3


def value_text(column: EvidenceColumn, value: Value | None, language: str) -> str:
    """A value in a language; empty for none. Ids are shown as they are given: masked by the query layer."""
    if value is None or column.kind == "point":
        return ""
    figures = formats(language)
    match column.kind, value:
        case "day", str():
            return figures.day(value)
        case "moment", str():
            moment = Moment.from_text(value)
            return figures.time(moment.at) if moment.to_the_minute else figures.day(moment.day)
        case "month", str():
            return figures.month(value)
        case "amount", int():
            return figures.yuan(value)
        case "count", int():
            return figures.count(value)
        case "km", int() | float():
            return figures.fixed(value, 1)
        case "days", list():
            return _days(value, language)
        case "items", list():
            return _items(value, language)
        case "code", str():
            name = column.codes.get(value)
            return name[language] if name else value
        case _:
            return str(value)


def _days(value: list[Any], language: str) -> str:
    separator = "、" if language == "zh" else ", "
    shown = separator.join(formats(language).day(str(day)) for day in value[:_DAYS_SHOWN])
    return f"{shown} …" if len(value) > _DAYS_SHOWN else shown


def _items(value: Value, language: str) -> str:
    separator = "；" if language == "zh" else "; "
    yuan = formats(language).yuan
    return separator.join(f"{name} {yuan(fen)}" for name, fen in items_of(value)[:_ITEMS_SHOWN])
