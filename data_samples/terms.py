"""What the pooled fund pays of ordinary care, as numbers: one row of terms for each benefit line and situation.

Ordinary outpatient care of employees follows the values of the area; residents' ordinary and chronic care, and
chronic care of employees under a programme, have values of their own and are counted apart. All values are
illustrative (`magnitudes.toml`); `docs/system.md` says how they are applied.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_samples.magnitudes import CATEGORIES, LEVELS, Magnitudes
from data_samples.people import RESIDENT
from data_samples.period import Flags, Ints
from features.money import FEN_PER_YUAN

NONE, ORDINARY, RESIDENTS, CHRONIC = range(4)
"""Benefit lines: what is counted together within a year. `NONE`: not by year."""

WHOLE = 10_000
"""Ratios are whole ten-thousandths."""

NO_LIMIT = 10**12
_MONTHS = 12


@dataclass(frozen=True)
class Terms:
    """Arrays by term, see `term_of`; money in fen, ratios in ten-thousandths.

    Attributes:
        deductible: of the year. visit: of each visit.
        ratio, ratio_above: up to and above `segment_from` of the year's eligible cost.
        segment_from: where the second segment begins.
        cap: of the pooled fund in the year.
        second_ratio, second_cap: of the layer above the cap.
    """

    deductible: Ints
    visit: Ints
    ratio: Ints
    ratio_above: Ints
    segment_from: Ints
    cap: Ints
    second_ratio: Ints
    second_cap: Ints


def term_of(line: Ints, category: Ints, level: Ints, first_year: Flags) -> Ints:
    """The row of `Terms` for each situation; `first_year`: of a benefit that began within that year."""
    return ((line * len(CATEGORIES) + category) * len(LEVELS) + level) * 2 + first_year


def terms_of(sizes: Magnitudes, here: Magnitudes) -> Terms:
    """The terms of an area.

    Args:
        sizes: `magnitudes.toml`.
        here: its part for the pooling area.
    """
    months = _MONTHS + 1 - here["policy_start"].month if here["benefits"]["first_year"] == "prorated" else 12
    rows = [
        _row(line, category, level, months if first_year else _MONTHS, sizes["benefits"], here["benefits"])
        for line in range(4)
        for category in range(len(CATEGORIES))
        for level in range(len(LEVELS))
        for first_year in (False, True)
    ]
    return Terms(*np.array(rows, dtype=np.int64).T)


def _row(
    line: int, category: int, level: int, months: int, apart: Magnitudes, ordinary: Magnitudes
) -> tuple[int, ...]:
    """One row of terms, in the order of the attributes."""
    if line == ORDINARY and category != RESIDENT:
        return _ordinary(CATEGORIES[category], LEVELS[level], months, ordinary)
    if line in (RESIDENTS, CHRONIC):
        name = CATEGORIES[RESIDENT if line == RESIDENTS else category]
        ratio = apart["share"][name] + apart["level_step"] * (1, 1, 0, -1)[level]
        shares = (_whole(ratio), _whole(ratio))
        return (_fen(apart["deductible"][name]), 0, *shares, NO_LIMIT, _fen(apart["cap"][name]), 0, 0)
    return (0, 0, 0, 0, NO_LIMIT, 0, 0, 0)


def _ordinary(category: str, level: str, months: int, benefits: Magnitudes) -> tuple[int, ...]:
    """Pharmacies and ungraded institutions count as primary."""
    level = "primary" if level == "ungraded" else level
    ratio = benefits["ratio"][category][level]
    above = benefits.get("ratio_above", benefits["ratio"])[category][level]
    second = benefits.get("second_layer", {"ratio": 0.0, "cap": 0.0})
    return (
        _fen(benefits["deductible"][category]) * months // _MONTHS,
        _fen(benefits["visit_deductible"][level]),
        _whole(ratio),
        _whole(above),
        _fen(benefits["segment_from"]) if "segment_from" in benefits else NO_LIMIT,
        _fen(benefits["cap"]) * months // _MONTHS,
        _whole(second["ratio"]),
        _fen(second["cap"]) * months // _MONTHS,
    )


def _fen(yuan: float) -> int:
    return round(yuan * FEN_PER_YUAN)


def _whole(ratio: float) -> int:
    return round(ratio * WHOLE)
