"""drug_trace_scans: the codes of the packs that were scanned when they were sold; a pack has one code.

Not every provider scans, nor from the beginning, nor always. A scene may sell a pack that was sold before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from data_samples.drafts import Drafts, take
from data_samples.ids import of_settlements
from data_samples.magnitudes import CARES, Magnitudes
from data_samples.other_rows import item_codes, item_kinds
from data_samples.period import DAY, Flags, Ints, Period
from data_samples.settlement_rows import Outcome
from data_samples.writing import names, times

_MOST_PACKS = 64
"""Room for packs in the number of a code."""
_DRUG = 0
_SOLD = [CARES.index(name) for name in ("pharmacy", "outpatient", "chronic_outpatient")]
_MIX, _PARTS = 2_654_435_761, 10_000
"""Multiplier and modulus that spread settlements over ten thousandths, whatever else is planted."""


@dataclass(frozen=True)
class Traces:
    """Who scans, and what scenes have planned.

    Attributes:
        provider_scans: by provider, whether it scans.
        first_day: from when.
        read: ten-thousandths of the settlements that are scanned there.
        again: by row, the row in which the same packs had been sold before.
        split: rows of packs that are sold in parts.
    """

    provider_scans: Flags
    first_day: int
    read: int
    again: Mapping[int, int]
    split: frozenset[int]


def traces_of(
    rng: np.random.Generator,
    providers: int,
    period: Period,
    sizes: Magnitudes,
    again: Mapping[int, int],
    split: frozenset[int],
) -> Traces:
    """The scans of a city.

    Args:
        rng: the generator of this component.
        providers: how many there are.
        period: the months of the city.
        sizes: `magnitudes.toml`.
        again: by row, the row in which the same packs had been sold before.
        split: rows of packs that are sold in parts.
    """
    here = sizes["traces"]
    months = min(here["months"], period.months)
    return Traces(
        provider_scans=rng.random(providers) < here["providers"],
        first_day=int(period.month_starts[-months]),
        read=round(here["read"] * _PARTS),
        again=again,
        split=split,
    )


def scan_frame(outcome: Outcome, row: Ints, back: Flags, traces: Traces) -> pl.DataFrame:
    """Rows of the contract table for these drafts; reversals (`back`) are not scanned."""
    row = row[~back]
    row = row[_scanned(outcome.drafts, row, traces)]
    drafts = take(outcome.drafts, row)
    packs = np.minimum(drafts.packs.astype(np.int64), _MOST_PACKS)
    of = np.repeat(np.arange(len(row)), packs)
    pack = np.arange(len(of)) - np.repeat(np.cumsum(packs) - packs, packs)
    source = np.array([traces.again.get(int(each), int(each)) for each in row], dtype=np.int64)[of]
    number = outcome.drafts.number[source] * _MOST_PACKS + pack
    split = np.isin(row, list(traces.split))
    return pl.DataFrame(
        {
            "trace_code": of_settlements("81", outcome.drafts.stream[source], number),
            "settlement_id": names(outcome.settlement_ids(row), of),
            "line_no": np.ones(len(of), dtype=np.int64),
            "provider_id": names(outcome.provider_ids, drafts.provider[of]),
            "item_code": names(item_codes(), drafts.item[of]),
            "scanned_at": times(drafts.at[of]),
            "split_pack": split[of],
        }
    ).sort("scanned_at", "settlement_id", "trace_code")


def _scanned(drafts: Drafts, row: Ints, traces: Traces) -> Flags:
    """Whether the packs of a draft are scanned; what scenes have planned always is."""
    usual = traces.provider_scans[drafts.provider[row]] & (drafts.at[row] >= traces.first_day * DAY)
    usual &= (drafts.number[row] * _MIX + drafts.stream[row]) % _PARTS < traces.read
    planned = [*traces.again, *traces.again.values(), *traces.split]
    drug = np.isin(drafts.care[row], _SOLD) & (item_kinds()[drafts.item[row]] == _DRUG)
    scanned: Flags = drug & (usual | np.isin(row, planned))
    return scanned
