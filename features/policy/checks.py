"""What is wrong with a policy file, and what is odd in it, a line each."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise, product
from typing import Any

from features.policy.categories import KEYS, Row, gaps_and_ties, most_specific
from features.policy.parameters import LISTS, PARAMETERS, Parameter

_PARTS = ("from", "unit", "source", "status")
_MAY = (*_PARTS, "value", "rows")
_FORMS = {
    "month": (r"\d{4}-(0[1-9]|1[0-2])", "2024-03"),
    "day": (r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "2024-03-01"),
    "province code": (r"\d{2}", "32"),
}
"""Units whose values are text of a certain form, each with an example."""
_STATUSES = ("verified", "illustrative", "unknown")
_FREE = Parameter("")
_MOST_DECIMALS = {"yuan": 2, "ratio": 4}
_CATEGORIES, _LEVELS = KEYS["person_category"] or (), KEYS["level"] or ()


def parameters_in(raw: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """``[group.name]`` tables, as ``group.name``."""
    for group, entries in raw.items():
        if isinstance(entries, dict) and group != "label":
            yield from ((f"{group}.{name}", entry) for name, entry in entries.items())


def problems_of(raw: Mapping[str, Any], area: str, below: frozenset[str] = frozenset()) -> list[str]:
    """Everything for which a file cannot be used.

    Args:
        raw: the file as read.
        area: six digits that it is named for.
        below: parameters of the layers below, whose words it need not repeat.
    """
    problems = (
        [] if raw.get("area") == area else [f"area = {raw.get('area')!r}, but the file is named for {area}"]
    )
    problems += [
        f"{key!r} is neither area nor a [group.name] table"
        for key, said in raw.items()
        if key != "area" and not isinstance(said, dict)
    ]
    for name, entry in parameters_in(raw):
        problems += _wrong(name, entry, words=name not in below)
    return problems


def warnings_of(raw: Mapping[str, Any]) -> list[str]:
    """What is odd in a file that can be used."""
    found = []
    for name, entry in parameters_in(raw):
        for number, value in enumerate(entry["values"], 1):
            found += [f"{name}, value {number}: {odd}" for odd in _odd(name, value)]
    return found


def _wrong(name: str, entry: object, *, words: bool) -> Iterator[str]:
    if name not in PARAMETERS:
        yield f"{name} is not a parameter of this version"
    if not isinstance(entry, dict) or not isinstance(entry.get("values"), list) or not entry["values"]:
        yield f"{name} has no [[{name}.values]]"
        return
    if words:
        yield from (f"{name} lacks {part!r}" for part in ("en", "zh") if not entry.get(part))
    values = [value for value in entry["values"] if isinstance(value, dict)]
    if len(values) < len(entry["values"]):
        yield f"{name}: a value is not a table"
    for number, value in enumerate(values, 1):
        of = PARAMETERS.get(name, _FREE)
        yield from (f"{name}, value {number}: {problem}" for problem in _wrong_value(value, of))
    yield from (f"{name}: {problem}" for problem in _wrong_order(values))


def _wrong_value(value: Mapping[str, Any], of: Parameter) -> Iterator[str]:
    yield from (f"lacks {part!r}" for part in _PARTS if part not in value)
    yield from (f"{part!r} is not one of {', '.join(_MAY)}" for part in value if part not in _MAY)
    status = value.get("status")
    if status is not None and status not in _STATUSES:
        yield f"status = {status!r} is not one of {', '.join(_STATUSES)}"
    if status == "verified" and "source" in value and not str(value["source"]).strip():
        yield "verified, but without a source: name it, or give another status"
    given = [part for part in ("value", "rows") if part in value]
    if status == "unknown":
        yield from (f"an unknown value has no {part!r}" for part in given)
    elif not given:
        yield "lacks 'value'"
    if len(given) > 1:
        yield "has both 'value' and 'rows'"
    if "from" in value and type(value["from"]) is not dt.date:
        yield f"from = {value['from']!r} is not a date"
    if of.unit and "unit" in value and value["unit"] != of.unit:
        yield f"unit = {value['unit']!r} is not {of.unit!r}"
    unit = of.unit or str(value.get("unit"))
    if "value" in value and status != "unknown":
        yield from _wrong_single(value["value"], unit, of.words)
    if "rows" in value and status != "unknown":
        yield from _wrong_rows(value["rows"], unit, of.keys)


def _wrong_single(value: object, unit: str, words: Sequence[str]) -> Iterator[str]:
    if unit in _MOST_DECIMALS:
        yield from _wrong_number(value, unit)
    elif unit in _FORMS:
        form, example = _FORMS[unit]
        if not isinstance(value, str) or not re.fullmatch(form, value):
            yield f"{unit} {value!r} is not text such as {example!r}"
    elif unit == "flag" and not isinstance(value, bool):
        yield f"flag {value!r} is not true or false"
    elif unit == "layer" and value is not False:
        yield f"layer {value!r} is not false; a layer is given as rows of ratio and cap"
    elif unit in LISTS and not isinstance(value, list):
        yield f"{unit} {value!r} is not a list"
    elif words:
        said = value if isinstance(value, list) else [value]
        yield from (f"{unit} {one!r} is not one of {', '.join(words)}" for one in said if one not in words)


def _wrong_number(value: object, unit: str) -> Iterator[str]:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        yield f"{unit} {value!r} is not a plain number"
    elif unit == "ratio" and not 0 <= value <= 1:
        yield f"ratio {value!r} is outside 0–1"
    elif value < 0:
        yield f"{unit} {value!r} is below zero"
    elif round(Decimal(str(value)), _MOST_DECIMALS[unit]) != Decimal(str(value)):
        yield f"{unit} {value!r} has more than {_MOST_DECIMALS[unit]} decimals"


def _wrong_rows(rows: object, unit: str, keys: Sequence[str]) -> Iterator[str]:
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        yield "rows is not a list of { … } rows"
        return
    if not keys:
        yield "is one value, not rows"
        return
    numbers = {"ratio": "ratio", "cap": "yuan"} if unit == "layer" else {"value": unit}
    problems = [
        f"row {number}: {problem}"
        for number, row in enumerate(rows, 1)
        for problem in _wrong_row(row, keys, numbers)
    ]
    yield from problems
    if not problems:
        ties = [what for what, tied in gaps_and_ties(rows) if tied]
        yield from (f"two rows are equally specific for {what}" for what in ties)


def _wrong_row(row: Mapping[str, Any], keys: Sequence[str], numbers: Mapping[str, str]) -> Iterator[str]:
    for part, said in row.items():
        if part in numbers:
            yield from _wrong_number(said, numbers[part])
        elif part not in keys:
            yield f"{part!r} is not one of {', '.join([*keys, *numbers])}"
        elif (words := KEYS[part]) is None:
            yield from _wrong_number(said, "yuan")
        elif said not in words:
            yield f"{part} = {said!r} is not one of {', '.join(words)}"
    yield from (f"lacks {part!r}" for part in numbers if part not in row)


def _wrong_order(values: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """A value ends where the next begins: two on one day, or dates out of order, overlap."""
    starts = [value["from"] for value in values if type(value.get("from")) is dt.date]
    for earlier, later in pairwise(starts):
        if later == earlier:
            yield f"two values from {later}"
        elif later < earlier:
            yield f"the value from {later} overlaps the one from {earlier} that stands before it"


def _odd(name: str, value: Mapping[str, Any]) -> Iterator[str]:
    rows = value.get("rows", ())
    yield from (f"no row for {what}" for what, tied in gaps_and_ties(rows) if rows and not tied)
    if name == "benefit.ratio":
        yield from _odd_ratios(rows)


def _odd_ratios(rows: Sequence[Row]) -> Iterator[str]:
    """Usually the retired are paid no smaller a share, and care near home no smaller a one than at a large hospital."""
    segments = sorted({0.0, *(float(row.get("segment_from", 0)) for row in rows)})
    for segment, level in product(segments, _LEVELS):
        active, retired = (_ratio(rows, who, level, segment) for who in ("active", "retired"))
        if active is not None and retired is not None and retired < active:
            yield f"retired {retired} is less than active {active} ({level}, from {segment:g} yuan)"
    for segment, who, (nearer, farther) in product(segments, _CATEGORIES, pairwise(_LEVELS)):
        near, far = (_ratio(rows, who, level, segment) for level in (nearer, farther))
        if near is not None and far is not None and near < far:
            yield f"{nearer} {near} is less than {farther} {far} ({who}, from {segment:g} yuan)"


def _ratio(rows: Sequence[Row], who: str, level: str, segment: float) -> float | None:
    row = most_specific(rows, {"person_category": who, "level": level, "segment_from": segment})
    return None if row is None else float(row["value"])
