"""Which items and diagnoses do not go with a sex and an age, learned from who has them in this fund.

Nothing is listed: what hardly anybody of a sex and an age has, although many of them would have it if it went by their
number, does not fit them.
"""

from __future__ import annotations

import polars as pl

from detection.detectors.context import DetectorContext
from features.visits.settlements import is_reversal

DAY = ["person_id", "service_day"]
_BANDS = [18, 40, 60]
_DAYS_PER_YEAR = 365.2425
DIAGNOSIS_GROUP = 3
"""Characters of a diagnosis that name its group."""
_EXPECTED = 10.0
"""Users of a cell that a code lets one expect before their absence says something."""


def uses(context: DetectorContext) -> pl.LazyFrame:
    """What people had on their days of care: `DAY`, settlement_id, provider_id, code, cell (sex and age).

    Codes are items of bills and groups of diagnoses. Left out are what a pharmacy sold without the pooled fund, which
    may be for a relative, and people whose sex or age is not known.
    """
    people: pl.LazyFrame = context.whole.persons.select("person_id", "sex", "birth_day").to_native()
    rows: pl.LazyFrame = (
        context.assessable.settlements.filter(~is_reversal())
        .select(
            "settlement_id", *DAY, "provider_id", "care_type", "pool_paid", "diagnosis_code", "settled_day"
        )
        .to_native()
    )
    lines: pl.LazyFrame = context.whole.charge_lines.to_native()
    age = (pl.col("service_day") - pl.col("birth_day")) / _DAYS_PER_YEAR
    band = pl.sum_horizontal((age >= each).cast(pl.Int64) for each in _BANDS).cast(pl.String)
    bills = (
        rows.filter((pl.col("care_type") != "pharmacy") | (pl.col("pool_paid") > 0))
        .join(people, on="person_id", how="inner")
        .filter(pl.col("birth_day").is_not_null(), pl.col("sex").is_in(["male", "female"]))
        .with_columns(cell=pl.concat_str("sex", band, separator="/"))
        .select("settlement_id", *DAY, "provider_id", "cell", "diagnosis_code")
    )
    of_items = bills.join(lines.select("settlement_id", "item_code"), on="settlement_id", how="inner").select(
        "settlement_id", *DAY, "provider_id", "cell", code=pl.concat_str(pl.lit("item:"), "item_code")
    )
    of_diagnoses = bills.filter(pl.col("diagnosis_code").is_not_null()).select(
        "settlement_id",
        *DAY,
        "provider_id",
        "cell",
        code=pl.concat_str(pl.lit("dx:"), pl.col("diagnosis_code").str.slice(0, DIAGNOSIS_GROUP)),
    )
    return pl.concat([of_items, of_diagnoses])


def misfits(used: pl.LazyFrame, most_share: float) -> pl.DataFrame:
    """Codes that do not go with a cell: code, cell, usual (the cell that has most of its users).

    Args:
        used: of `uses`.
        most_share: of the number of users that the cell's size lets one expect; beyond it, the code fits.
    """
    one_each = used.select("person_id", "code", "cell").unique().collect()
    users = one_each.group_by("code", "cell").agg(n=pl.len().cast(pl.Int64))
    cells = one_each.group_by("cell").agg(size=pl.col("person_id").n_unique().cast(pl.Int64))
    whole = int(cells["size"].sum())
    codes = users.group_by("code").agg(
        all=pl.col("n").sum(), usual=pl.col("cell").sort_by("n", "cell", descending=True).first()
    )
    return (
        codes.join(cells, how="cross")
        .join(users, on=["code", "cell"], how="left")
        .with_columns(n=pl.col("n").fill_null(0), expected=pl.col("all") * pl.col("size") / max(whole, 1))
        .filter(pl.col("expected") >= _EXPECTED, pl.col("n") <= most_share * pl.col("expected"))
        .select("code", "cell", "usual")
        .sort("code", "cell")
    )
