"""Decide how each ambiguous word is read, and give the tables the contract's meaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from features.errors import UsageError
from features.readings import accrual, categories, ends, pooling, status
from features.readings.deaths import with_possible_deaths
from features.readings.reading import Reading
from features.tables import Tables


@dataclass(frozen=True)
class _Word:
    """An ambiguous word: its meanings (the contract's first), what decides, and what turns the other one into it."""

    values: tuple[str, str]
    decide: Callable[[Tables], Reading]
    translate: Callable[[Tables], Tables]


_WORDS: Mapping[str, _Word] = {
    ends.NAME: _Word((ends.INCLUSIVE, ends.EXCLUSIVE), ends.end_reading, ends.with_last_days),
    status.NAME: _Word(
        (status.INTERVAL, status.TODAY), status.status_reading, status.with_status_of_the_interval
    ),
    categories.NAME: _Word(
        (categories.SETTLEMENT, categories.TODAY),
        categories.category_reading,
        categories.with_categories_of_the_day,
    ),
    accrual.CONTRIBUTIONS: _Word(
        (accrual.FOR, accrual.AFTER),
        accrual.contributions_reading,
        lambda tables: accrual.with_months_before(tables, "contributions"),
    ),
    accrual.CREDITS: _Word(
        (accrual.FOR, accrual.AFTER),
        accrual.credits_reading,
        lambda tables: accrual.with_months_before(tables, "account_entries"),
    ),
}

READINGS: Mapping[str, tuple[str, str]] = {
    **{name: word.values for name, word in _WORDS.items()},
    pooling.NAME: (pooling.COLUMN, pooling.AREA_START),
}
"""Meanings of each word that can be set; the data contract's own is the first."""


def read_as(tables: Tables, chosen: Mapping[str, str]) -> tuple[Tables, tuple[Reading, ...]]:
    """The tables in the contract's meaning, and how each word was read.

    Args:
        tables: the accepted tables.
        chosen: meanings that the run was given, by name of the word; the data decide on the others.

    Raises:
        UsageError: a name or a meaning that does not exist.
    """
    _refuse_unknown(chosen)
    readings = []
    tables = with_possible_deaths(tables)
    if not tables.has("enrolments"):
        return tables, ()
    for name, word in _WORDS.items():
        shown = word.decide(tables)
        value = chosen.get(name)
        reading = shown if value is None else Reading(name, value, "option", shown.en, shown.zh)
        readings.append(reading)
        if reading.value != word.values[0]:
            tables = word.translate(tables)
    return tables, tuple(readings)


def _refuse_unknown(chosen: Mapping[str, str]) -> None:
    for name, value in chosen.items():
        if value not in READINGS.get(name, ()):
            known = "; ".join(f"{each}={'|'.join(values)}" for each, values in READINGS.items())
            raise UsageError(
                "There is no such reading.",
                where=f"{name}={value}",
                next_step="give one of {known}",
                known=known,
            )
