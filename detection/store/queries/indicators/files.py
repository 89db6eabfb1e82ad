"""The indicators of the current run: values, what is not assessable, policy versions, and the lists behind values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.cards import LANGUAGES
from detection.indicators.about import About, PolicyHistory, PolicyValue, read_about
from detection.indicators.card import AttentionThreshold, IndicatorCard
from detection.indicators.catalogue import Indicator, indicators
from detection.indicators.disclosure import NOTHING, Side, Sides, Value, suppressed
from detection.indicators.sums import sums
from detection.indicators.tables import open_tables
from detection.store.queries.reader import Reader
from features.calendar import month_text
from features.engine import collect
from features.errors import StoreError, UsageError
from features.indicators.periods import Period, year_to
from features.registry import Frame, Relations

_EARLIER_RUN = ("the run is of a version without it: run again", "本次运行的版本尚无此指标，请重新运行")
_OTHER_KIND = ("is not measured over such a period", "不按此类期间统计")


@dataclass(frozen=True)
class Version:
    """A version of a policy parameter that a period spans; ``end`` None while it is in force.

    ``status`` is verified, illustrative or unknown; ``en`` and ``zh`` say what the parameter means.
    """

    parameter: str
    en: str
    zh: str
    start: str
    end: str | None
    value: PolicyValue
    source: str
    status: str


@dataclass(frozen=True)
class Point:
    """An indicator over one period.

    Attributes:
        window: key of the period, as it stands in addresses: ``rolling12:2024-06``.
        kind: ``month``, ``rolling12``, ``before``, ``after`` or ``whole``.
        start, end: first and last month.
        value: None where it is not assessable; then ``reason_en`` and ``reason_zh`` give the reason.
        attention: whether the value meets the attention threshold of the period's last day.
    """

    window: str
    kind: str
    start: str
    end: str
    value: Value | None
    attention: bool
    reason_en: str = ""
    reason_zh: str = ""


@dataclass(frozen=True)
class Files:
    """``indicators/`` of a run.

    Attributes:
        folder: the folder.
        about: content of ``about.json``.
    """

    folder: Path
    about: About

    @cached_property
    def tables(self) -> Relations:
        """The views that lists are made from."""
        return open_tables(self.folder)

    @cached_property
    def values(self) -> Mapping[tuple[str, str], Sides]:
        """Sums by indicator and key of the period."""
        rows: dict[tuple[str, str], dict[int, Side]] = defaultdict(dict)
        for row in pl.read_parquet(self.folder / "values.parquet").iter_rows(named=True):
            key = (row["indicator"], Period(row["kind"], row["start"], row["end"]).key)
            rows[key][row["side"]] = _side(row)
        known = indicators()
        return {key: _sides(by_side, known[key[0]].card) for key, by_side in rows.items() if key[0] in known}

    @property
    def periods(self) -> list[Period]:
        """Every period of the data."""
        return self.about.periods

    def period(self, window: str) -> Period:
        """A period by its key.

        Raises:
            UsageError: the data have no such period.
        """
        by_key = {period.key: period for period in self.periods}
        kind, _, end = window.partition(":")
        if kind == "year" and f"month:{end}" in by_key:
            return year_to(by_key[f"month:{end}"].end, self.about.first)
        if window not in by_key:
            keys = list(by_key)
            raise UsageError(
                "There is no period {window!r}.",
                next_step="the data have {first} to {last}, for instance",
                window=window,
                first=keys[0],
                last=keys[-1],
            )
        return by_key[window]

    def point(self, indicator: Indicator, period: Period) -> Point:
        """An indicator over a period, as it may be shown."""
        card, start, end = indicator.card, month_text(period.start), month_text(period.end)
        reasons = self.about.why_missing(card.name, period)
        kind = "month" if period.kind == "year" else period.kind
        if not reasons and kind not in card.kinds:
            reasons = (_OTHER_KIND,)
        if not reasons and card.name not in self.measured:
            reasons = (_EARLIER_RUN,)
        if reasons:
            texts = "; ".join(en for en, _ in reasons), "；".join(zh for _, zh in reasons)
            return Point(period.key, period.kind, start, end, None, False, *texts)
        value = self.whole(indicator, period).shown(period.last_day)
        met = is_met(card, card.attention_at(period.last_day), value.value if value.assessed else None)
        return Point(period.key, period.kind, start, end, value, met)

    def versions(self, card: IndicatorCard, period: Period) -> tuple[Version, ...]:
        """The policy versions that a period spans."""
        first, last = str(period.first_day), str(period.last_day)
        spanned: list[Version] = []
        for name in card.spans:
            history = self.about.policy.get(name, PolicyHistory(words={}, versions=()))
            en, zh = (history.words.get(language, name) for language in LANGUAGES)
            spanned += [
                Version(name, en, zh, old.start, old.end, old.value, old.source, old.status)
                for old in history.versions
                if old.start <= last and (old.end is None or old.end >= first)
            ]
        return tuple(spanned)

    def rows(self, indicator: Indicator, period: Period) -> Frame:
        """The list of a period, with everything that it can be cut by."""
        rows = indicator.rows_with_cuts(self.tables, period)
        return rows if "side" in rows.collect_schema().names() else rows.with_columns(side=nw.lit(0))

    @cached_property
    def measured(self) -> frozenset[str]:
        """Indicators that the run knows, whether or not it could measure them."""
        return frozenset(
            {name for name, _ in self.values} | self.about.lacking.keys() | self.about.outside.keys()
        )

    def whole(self, indicator: Indicator, period: Period) -> Sides:
        """The sums of a period: those of the run, or counted now for a period that runs do not measure."""
        if period.kind == "year":
            return self.sums_of(indicator, self.rows(indicator, period))
        return self.values.get((indicator.name, period.key), Sides(()))

    def sums_of(self, indicator: Indicator, rows: Frame, side: int | None = None) -> Sides:
        """The sums of some rows of an indicator's list; of a difference, those of one side where it is given."""
        totals = collect(sums(rows)).iter_rows(named=True)
        whole = _sides({row["side"]: _side(row) for row in totals}, indicator.card)
        return whole if side is None else Sides((whole.sides[side],), of_whole=whole.of_whole)

    def cells(self, indicator: Indicator, period: Period, by: str) -> dict[str, Value]:
        """The cells of a cut as they may be shown; a part's numerator is divided by the whole denominator."""
        table = collect(sums(self.rows(indicator, period), by)).sort(by, "side")
        if by != "part":
            return suppressed(_by_cell(table, by, indicator.card), period.last_day)
        whole = self.whole(indicator, period)
        named = _by_cell(table.filter(pl.col(by).is_not_null()), by, indicator.card)
        parts = {part: _part_of(whole.sides, cell) for part, cell in named.items()}
        if whole.shown(period.last_day).sufficiency == "withheld":
            return {part: cell.withheld() for part, cell in parts.items()}
        return suppressed(parts, period.last_day)


def open_files(reader: Reader) -> Files:
    """The files of the run that readers see.

    Raises:
        StoreError: no run yet, or one of a version that did not measure indicators.
    """
    folder = reader.run_part("indicators")
    about = read_about(folder)
    if about is None:
        raise StoreError(
            "The current run has no indicators.", where=str(folder), next_step="run again: fundwatch run"
        )
    return Files(folder, about)


def indicator_named(name: str) -> Indicator:
    """An indicator by its name.

    Raises:
        UsageError: there is no such indicator.
    """
    if name not in indicators():
        raise UsageError(
            "There is no indicator {name!r}.",
            next_step="use one of: {names}",
            names=list(indicators()),
            name=name,
        )
    return indicators()[name]


def is_met(card: IndicatorCard, threshold: AttentionThreshold | None, value: float | Fraction | None) -> bool:
    """Whether a value, or a difference, meets an attention threshold; False without either."""
    return threshold is not None and value is not None and threshold.met(card.in_unit(float(value)))


def _by_cell(table: pl.DataFrame, by: str, card: IndicatorCard) -> dict[str, Sides]:
    cells: dict[str, dict[int, Side]] = defaultdict(dict)
    for row in table.iter_rows(named=True):
        cells[str(row[by])][row["side"]] = _side(row)
    return {cell: _sides(by_side, card) for cell, by_side in cells.items()}


def _sides(by_side: Mapping[int, Side], card: IndicatorCard) -> Sides:
    """All sides of a value: a difference has two, and one of them alone is no difference."""
    count = 2 if card.unit == "points" else 1
    return Sides(tuple(by_side.get(side, NOTHING) for side in range(count)), of_whole=card.of_whole)


def _side(row: Mapping[str, int]) -> Side:
    """The sums of a row. Runs of earlier versions did not count who is behind a numerator: all who are counted."""
    units = row["units"]
    return Side(
        row["numerator"], row["denominator"], units, row.get("counted", units), row.get("rest", units)
    )


def _part_of(whole: tuple[Side, ...], part: Sides) -> Sides:
    """A part of the numerator divided by the whole denominator."""
    sides = tuple(
        side._replace(numerator=own.numerator, counted=own.counted, rest=side.units)
        for side, own in zip(whole, part.sides, strict=True)
    )
    return Sides(sides, of_whole=part.of_whole)
