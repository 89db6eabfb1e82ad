"""The problems of a policy file, for which it cannot be used, and its oddities, which are only reported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise, product

from features.dated import problems
from features.message import Message
from features.policy.categories import KEYS, Row, gaps_and_ties, most_specific
from features.policy.models import value_model
from features.policy.parameters import PARAMETERS

_CATEGORIES, _LEVELS = KEYS["person_category"] or (), KEYS["level"] or ()


def parameters_in(raw: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """``[group.name]`` tables, as ``group.name``."""
    for group, entries in raw.items():
        if isinstance(entries, dict) and group != "label":
            yield from ((f"{group}.{name}", entry) for name, entry in entries.items())


def values_in(entry: object) -> list[Mapping[str, object]]:
    """The values of a parameter's table, as far as they are tables."""
    values = entry.get("values") if isinstance(entry, dict) else None
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def rows_in(value: Mapping[str, object]) -> tuple[Row, ...]:
    """The rows of a value; none where it is given as one value."""
    rows = value.get("rows")
    return tuple(row for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()


def problems_of(raw: Mapping[str, object], area: str, below: frozenset[str] = frozenset()) -> list[Message]:
    """Everything for which a file cannot be used.

    Args:
        raw: the file as read.
        area: six digits that it is named for.
        below: parameters of the layers below, whose words it need not repeat.
    """
    wrong: list[Message] = []
    if raw.get("area") != area:
        wrong.append(
            Message("area = {given!r}, but the file is named for {area}", given=raw.get("area"), area=area)
        )
    wrong += [
        Message("{key!r} is neither area nor a [group.name] table", key=key)
        for key, entry in raw.items()
        if key != "area" and not isinstance(entry, dict)
    ]
    for name, entry in parameters_in(raw):
        wrong += _problems_of_parameter(name, entry, words=name not in below)
    return wrong


def warnings_of(raw: Mapping[str, object]) -> list[Message]:
    """Oddities of a file that can be used."""
    warnings: list[Message] = []
    for name, entry in parameters_in(raw):
        for number, value in enumerate(values_in(entry), 1):
            warnings += [
                Message("{name}, value {number}: {oddity}", name=name, number=number, oddity=oddity)
                for oddity in _oddities(name, value)
            ]
    return warnings


def _problems_of_parameter(name: str, entry: object, *, words: bool) -> Iterator[Message]:
    if name not in PARAMETERS:
        yield Message("{name} is not a parameter of this version", name=name)
    if not isinstance(entry, dict) or not isinstance(entry.get("values"), list) or not entry["values"]:
        yield Message("{name} has no [[{name}.values]]", name=name)
        return
    if words:
        yield from (
            Message("{name} lacks {part!r}", name=name, part=part)
            for part in ("en", "zh")
            if not entry.get(part)
        )
    values = values_in(entry)
    if len(values) < len(entry["values"]):
        yield Message("{name}: a value is not a table", name=name)
    for number, value in enumerate(values, 1):
        wrong = [*problems(value_model(name), value), *_contradictions(value)]
        yield from (
            Message("{name}, value {number}: {problem}", name=name, number=number, problem=problem)
            for problem in wrong or _ties(value)
        )
    yield from (Message("{name}: {problem}", name=name, problem=problem) for problem in _wrong_order(values))


def _contradictions(value: Mapping[str, object]) -> Iterator[Message]:
    """Keys that do not go together."""
    status, given = value.get("status"), [part for part in ("value", "rows") if part in value]
    if status == "verified" and "source" in value and not str(value["source"]).strip():
        yield Message("verified, but without a source: name it, or give another status")
    if status == "unknown":
        yield from (Message("an unknown value has no {part!r}", part=part) for part in given)
    elif not given:
        yield Message("lacks 'value'")
    if len(given) > 1:
        yield Message("has both 'value' and 'rows'")


def _ties(value: Mapping[str, object]) -> Iterator[Message]:
    if value.get("unit") == "layers":
        yield from _overlapping_layers(rows_in(value))
        return
    ties = [what for what, tied in gaps_and_ties(rows_in(value)) if tied]
    yield from (Message("two rows are equally specific for {keys}", keys=what) for what in ties)


def _overlapping_layers(rows: Sequence[Mapping[str, object]]) -> Iterator[Message]:
    """Rows of further layers add up, so that two rows of one layer must hold for different people."""
    for first, second in combinations(rows, 2):
        if first["layer"] == second["layer"] and _share_people(first, second):
            yield Message("two rows of the layer {layer!r} hold for the same people", layer=first["layer"])


def _share_people(first: Mapping[str, object], second: Mapping[str, object]) -> bool:
    categories = {row["person_category"] for row in (first, second) if row.get("person_category")}
    employers = [set(named) for row in (first, second) if isinstance(named := row.get("employers"), list)]
    return len(categories) < len((first, second)) and (
        len(employers) < len((first, second)) or not employers[0].isdisjoint(employers[1])
    )


def _wrong_order(values: Sequence[Mapping[str, object]]) -> Iterator[Message]:
    """A value ends where the next begins: two on one day, or dates out of order, overlap."""
    starts = [start for value in values if isinstance(start := value.get("from"), dt.date)]
    starts = [start for start in starts if not isinstance(start, dt.datetime)]
    for earlier, later in pairwise(starts):
        if later == earlier:
            yield Message("two values from {later}", later=later)
        elif later < earlier:
            yield Message(
                "the value from {later} overlaps the one from {earlier} that stands before it",
                later=later,
                earlier=earlier,
            )


def _oddities(name: str, value: Mapping[str, object]) -> Iterator[Message]:
    rows = rows_in(value)
    if value.get("unit") == "layers":
        return
    yield from (
        Message("no row for {keys}", keys=what) for what, tied in gaps_and_ties(rows) if rows and not tied
    )
    if name == "benefit.ratio":
        yield from _odd_ratios(rows)


def _odd_ratios(rows: Sequence[Row]) -> Iterator[Message]:
    """Usually the retired are paid no smaller a share, and care near home no smaller a one than at a large hospital."""
    segments = sorted({0.0, *(float(row.get("segment_from", 0)) for row in rows)})
    for segment, level in product(segments, _LEVELS):
        active, retired = (_ratio(rows, category, level, segment) for category in ("active", "retired"))
        if active is not None and retired is not None and retired < active:
            yield Message(
                "retired {retired} is less than active {active} ({level}, from {segment:g} yuan)",
                retired=retired,
                active=active,
                level=level,
                segment=segment,
            )
    for segment, category, (nearer, farther) in product(segments, _CATEGORIES, pairwise(_LEVELS)):
        near, far = (_ratio(rows, category, level, segment) for level in (nearer, farther))
        if near is not None and far is not None and near < far:
            yield Message(
                "{nearer} {near} is less than {farther} {far} ({category}, from {segment:g} yuan)",
                nearer=nearer,
                near=near,
                farther=farther,
                far=far,
                category=category,
                segment=segment,
            )


def _ratio(rows: Sequence[Row], category: str, level: str, segment: float) -> float | None:
    row = most_specific(rows, {"person_category": category, "level": level, "segment_from": segment})
    return None if row is None else float(row["value"])
