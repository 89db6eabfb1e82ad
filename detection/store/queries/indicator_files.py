"""The indicators' files of the current run, opened: values, what is not assessable, policy versions, and the ground."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from detection.detectors.cards import LANGUAGES
from detection.indicators.card import AttentionThreshold, IndicatorCard
from detection.indicators.card_files import indicator_cards
from detection.indicators.disclosure import Sides, Value, suppressed
from detection.indicators.measure import sums
from detection.store.queries.reader import Reader
from features.errors import StoreError, UsageError
from features.indicators.ground import Ground, open_ground
from features.indicators.periods import Period, first_day, month_text, periods
from features.indicators.registry import all_indicators, with_cuts
from features.registry import Frame


@dataclass(frozen=True)
class Version:
    """A version of a policy parameter that a period spans; ``end`` None while it is in force.

    ``value``: as the policy has it, a list of rows where it depends on category or level, None where unknown.
    ``status``: verified, illustrative or unknown. ``en``, ``zh``: what the parameter says.
    """

    parameter: str
    en: str
    zh: str
    start: str
    end: str | None
    value: Any
    source: str
    status: str


@dataclass(frozen=True)
class Point:
    """An indicator over one period.

    Attributes:
        window: key of the period, as addresses hold it: ``rolling12:2024-06``.
        kind: ``month``, ``rolling12``, ``before``, ``after`` or ``whole``.
        start, end: first and last month.
        value: None where it is not assessable, and ``reason_en``, ``reason_zh`` say why.
        attention: whether the value meets the attention line of the period's last day.
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
        folder: where they lie.
        about: what ``about.json`` says.
    """

    folder: Path
    about: Mapping[str, Any]

    @cached_property
    def ground(self) -> Ground:
        """What lists are made from."""
        return open_ground(self.folder / "ground")

    @cached_property
    def periods(self) -> list[Period]:
        """Every period of the data."""
        day = self.about["cut_over"]
        cut_over = None if day is None else dt.date.fromisoformat(day)
        return periods(self.about["first"], self.about["last"], cut_over)

    @cached_property
    def values(self) -> Mapping[tuple[str, str], Sides]:
        """Sums by indicator and period."""
        cards, found = indicator_cards(), dict[tuple[str, str], list[tuple[int, int, int]]]()
        for one in pl.read_parquet(self.folder / "values.parquet").iter_rows(named=True):
            period = Period(one["kind"], one["start"], one["end"])
            sides = found.setdefault((one["indicator"], period.key), _nobody(cards[one["indicator"]]))
            sides[one["side"]] = (one["numerator"], one["denominator"], one["units"])
        return {place: Sides(tuple(sides)) for place, sides in found.items()}

    def period(self, window: str) -> Period:
        """A period by its key.

        Raises:
            UsageError: the data have no such period.
        """
        for one in self.periods:
            if one.key == window:
                return one
        keys = [one.key for one in self.periods]
        raise UsageError(
            f"There is no period {window!r}.",
            next_step=f"the data have {keys[0]} to {keys[-1]}, for instance",
        )

    def point(self, card: IndicatorCard, period: Period) -> Point:
        """An indicator over a period, as it may be shown."""
        start, end = month_text(period.start), month_text(period.end)
        reasons = self.about["lacking"].get(card.name) or self.about["outside"].get(card.name, {}).get(
            period.key
        )
        if not reasons and period.kind not in card.kinds:
            reasons = [["is not measured over such a period", "不按此类期间统计"]]
        if reasons:
            said = "; ".join(en for en, _ in reasons), "；".join(zh for _, zh in reasons)
            return Point(period.key, period.kind, start, end, None, False, *said)
        value = self.values.get((card.name, period.key), Sides(())).shown(period.last_day)
        met = is_met(card, card.attention_at(period.last_day), value.value if value.judged else None)
        return Point(period.key, period.kind, start, end, value, met)

    def versions(self, card: IndicatorCard, period: Period) -> tuple[Version, ...]:
        """The policy versions that a period spans."""
        first, last = str(first_day(period.start)), str(period.last_day)
        found: list[Version] = []
        for name in card.spans:
            known = self.about["policy"].get(name, {"words": {}, "versions": []})
            en, zh = (known["words"].get(language, name) for language in LANGUAGES)
            found += [
                Version(name, en, zh, one["from"], one["to"], one["value"], one["source"], one["status"])
                for one in known["versions"]
                if one["from"] <= last and (one["to"] is None or one["to"] >= first)
            ]
        return tuple(found)

    def rows(self, card: IndicatorCard, period: Period) -> Frame:
        """The list of a period, with everything that it can be cut by."""
        found = all_indicators()[card.name].rows(self.ground, period, card.drawn(period.last_day))
        if "side" not in found.collect_schema().names():
            found = found.with_columns(side=nw.lit(0))
        return with_cuts(found, self.ground, period)

    def cells(self, card: IndicatorCard, period: Period, by: str) -> dict[str, Value]:
        """The cells of a cut as they may be shown; a part's numerator is held against the whole denominator."""
        found: pl.LazyFrame = sums(self.rows(card, period), by).to_native()
        table = found.sort(by, "side").collect()
        if by != "part":
            return suppressed(_by_cell(table, by, card), period.last_day)
        whole = self.values[card.name, period.key].sides
        parts = {
            part: Sides(
                tuple((numerator, *whole[side][1:]) for side, (numerator, _, _) in enumerate(cell.sides))
            )
            for part, cell in _by_cell(table.filter(pl.col(by).is_not_null()), by, card).items()
        }
        return {part: cell.shown(period.last_day) for part, cell in parts.items()}


def open_files(reader: Reader) -> Files:
    """The files of the run that readers see.

    Raises:
        StoreError: no run yet, or one of a version that did not measure indicators.
    """
    folder = reader.workspace.run(reader.current_run().run_id) / "indicators"
    if not (folder / "about.json").exists():
        raise StoreError(
            "The current run has no indicators.", where=str(folder), next_step="run again: fundwatch run"
        )
    return Files(folder, json.loads((folder / "about.json").read_text(encoding="utf-8")))


def card_of(name: str) -> IndicatorCard:
    """An indicator's card.

    Raises:
        UsageError: there is no such indicator.
    """
    cards = indicator_cards()
    if name not in cards:
        raise UsageError(f"There is no indicator {name!r}.", next_step="use one of: " + ", ".join(cards))
    return cards[name]


def is_met(card: IndicatorCard, line: AttentionThreshold | None, value: float | None) -> bool:
    """Whether a value, or a difference, that may be judged meets an attention line."""
    return line is not None and value is not None and line.met(card.in_unit(value))


def _by_cell(table: pl.DataFrame, by: str, card: IndicatorCard) -> dict[str, Sides]:
    cells: dict[str, list[tuple[int, int, int]]] = {}
    for one in table.iter_rows(named=True):
        sides = cells.setdefault(str(one[by]), _nobody(card))
        sides[one["side"]] = (one["numerator"], one["denominator"], one["units"])
    return {cell: Sides(tuple(sides)) for cell, sides in cells.items()}


def _nobody(card: IndicatorCard) -> list[tuple[int, int, int]]:
    """Sums of nobody: a difference has two sides, and one of them alone is no difference."""
    return [(0, 0, 0)] * (2 if card.unit == "points" else 1)
