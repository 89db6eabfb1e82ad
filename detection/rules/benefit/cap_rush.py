"""The annual cap of the pooled fund reached in a rush, by purchases unlike the person's own earlier months (D19).

Who is ill all year reaches the cap evenly, and is no hit: the weeks before the cap are held against what the same
person spent, and on what, in the year before them.
"""

from __future__ import annotations

import datetime as dt
from functools import reduce

import narwhals as nw
import polars as pl

from detection.cards import Lines
from detection.facts import Facts
from features.errors import PolicyError
from features.policy import Policy
from features.policy.categories import KEYS
from features.policy.values import Window
from features.registry import Frame

_CAP = "benefit.annual_cap"
_KINDS = ("outpatient", "emergency", "pharmacy")
_CASE = ["person_id", "benefit_year"]
_MONTHS, _YEAR = 12, 365
_EPOCH = dt.date(1970, 1, 1)


def hits(facts: Facts, line: Lines) -> Frame:
    """What the pooled fund paid in the weeks in which a person came near the cap, where these weeks are unlike others.

    The year of a mid-year start is left out: its cap may be a part of the year's.
    """
    share = int(line.latest("cap_percent"))
    care = _ordinary_care(facts)
    total, cap = nw.col("pool").sum().over(*_CASE), nw.col("cap").max().over(*_CASE)
    near = care.filter(total * 100 >= cap * share).select("person_id").unique()
    few: pl.LazyFrame = care.join(near, on="person_id", how="semi").to_native()
    lives = nw.from_native(few.collect(engine="streaming").lazy())  # of the few people near their cap
    rushes = _with_times(lives, _reached(lives, line), facts, line)
    rows = _of_the_weeks(lives, rushes).filter(nw.col("pool") > 0)
    more = rows.filter(nw.col("times") >= int(line.latest("times"))).with_columns(
        cause=nw.lit("more_than_before")
    )
    other = rows.join(_on_other_items(facts, lives, rushes, line), on=_CASE, how="semi")
    return nw.concat([more, other.with_columns(cause=nw.lit("other_items"))]).select(
        "settlement_id",
        "person_id",
        "cause",
        nw.col("person_id").alias("subject_id"),
        nw.col("benefit_year").cast(nw.String),
        strength=nw.col("times").cast(nw.Float64),
    )


def _ordinary_care(facts: Facts) -> Frame:
    """Employees' outpatient care after reversals: settlement_id, person_id, benefit_year, day, cap, total and pool."""
    net = facts.views["net_settlements"].select(
        "settlement_id", nw.col("total_amount").alias("total"), nw.col("pool_paid").alias("pool")
    )
    return (
        facts.settlements.filter(nw.col("scheme") == "employee", nw.col("care_type").is_in(_KINDS))
        .with_columns(
            benefit_year=nw.col("service_month") // _MONTHS,
            day=nw.col("service_day").cast(nw.Int64),
            cap=_cap(facts.policy),
        )
        .filter(~nw.col("cap").is_null(), nw.col("benefit_year") > _mid_year_start(facts.policy))
        .select("settlement_id", *_CASE, "day", "cap")
        .join(net, on="settlement_id", how="inner")
    )


def _mid_year_start(policy: Policy) -> int:
    began = policy.cut_over
    return began.year if began and (began.month, began.day) != (1, 1) else 0


def _cap(policy: Policy) -> nw.Expr:
    """The cap of the day and category, in fen; null where it is not known."""
    nothing: nw.Expr = nw.lit(None, dtype=nw.Int64)
    known = [one for one in policy.windows(_CAP) if one.status != "unknown"]
    values = (
        (window, category, _fen(window, category))
        for window in known
        for category in KEYS["person_category"] or ()
    )
    return reduce(_one_more, (one for one in values if one[2] is not None), nothing)


def _fen(window: Window, category: str) -> int | None:
    try:
        return window.fen(person_category=category)
    except PolicyError:  # no value for this category
        return None


def _one_more(found: nw.Expr, value: tuple[Window, str, int | None]) -> nw.Expr:
    window, category, fen = value
    inside = nw.col("service_day") >= window.start_day
    if window.end_day is not None:
        inside = inside & (nw.col("service_day") <= window.end_day)
    return nw.when(inside & (nw.col("person_category") == category)).then(nw.lit(fen)).otherwise(found)


def _reached(lives: Frame, line: Lines) -> Frame:
    """Person and year, the weeks in which the cap was neared: ``from_day``, ``to_day``; and the cap."""
    used = nw.col("pool").cum_sum().over(*_CASE, order_by=["day", "settlement_id"])
    cap, share = nw.col("cap").max().over(*_CASE), int(line.latest("cap_percent"))
    return (
        lives.with_columns(used=used, year_cap=cap)
        .filter(nw.col("used") * 100 >= nw.col("year_cap") * share)
        .group_by(*_CASE)
        .agg(nw.col("day").min().alias("to_day"), nw.col("year_cap").max())
        .with_columns(from_day=nw.col("to_day") - int(line.latest("rush_days")) + 1)
    )


def _of_the_weeks(lives: Frame, reached: Frame) -> Frame:
    return lives.join(reached, on=_CASE, how="inner").filter(
        nw.col("day") >= nw.col("from_day"), nw.col("day") <= nw.col("to_day")
    )


def _before(lives: Frame, reached: Frame) -> Frame:
    """What the person spent in the year before these weeks, in whatever benefit year."""
    weeks = reached.select(*_CASE, "from_day")
    return (
        lives.select("person_id", "settlement_id", "day", "total")
        .join(weeks, on="person_id", how="inner")
        .filter(nw.col("day") < nw.col("from_day"), nw.col("day") >= nw.col("from_day") - _YEAR)
    )


def _with_times(lives: Frame, reached: Frame, facts: Facts, line: Lines) -> Frame:
    """The weeks that are late in the year or hold a large part of the cap, and how many times the usual they cost.

    Where fewer days were observed before them than the line says, nobody can tell what is usual.
    """
    days, least = int(line.latest("rush_days")), int(line.latest("known_days"))
    weeks = (
        _of_the_weeks(lives, reached)
        .group_by(*_CASE, "from_day", "to_day", "year_cap")
        .agg(spent=nw.col("total").sum(), pool=nw.col("pool").sum())
    )
    earlier = _before(lives, reached).group_by(*_CASE).agg(usual=nw.col("total").sum())
    left = nw.col("year_end") - nw.col("to_day")
    late = left < int(line.latest("last_days"))
    large = nw.col("pool") * 100 >= nw.col("year_cap") * int(line.latest("rush_percent"))
    known = nw.min_horizontal(nw.col("from_day") - nw.col("first_day"), nw.lit(_YEAR))
    per_day = nw.col("spent") * nw.col("known") / (nw.max_horizontal(nw.col("usual"), nw.lit(1)) * days)
    return (
        weeks.join(earlier, on=_CASE, how="left")
        .join(_observed(facts), how="cross")
        .with_columns(nw.col("usual").fill_null(0), known=known, year_end=_year_end())
        .filter(nw.col("known") >= least, late | large)
        .with_columns(times=per_day)
        .select(*_CASE, "from_day", "to_day", "times")
    )


def _observed(facts: Facts) -> Frame:
    return facts.views["observed"].select(nw.col("first_day").cast(nw.Int64))


def _year_end() -> nw.Expr:
    """Last day of a benefit year, which is a calendar year, in days since 1970-01-01."""
    year = nw.col("benefit_year").cast(nw.Int64)
    ordinal = year * _YEAR + year // 4 - year // 100 + year // 400
    return ordinal - _EPOCH.toordinal()


def _on_other_items(facts: Facts, lives: Frame, rushes: Frame, line: Lines) -> Frame:
    """Persons and years whose weeks went, for the larger part, to items that they had not bought in the year before."""
    sold = facts.charge_lines.select("settlement_id", "item_code", "amount")
    bought = (
        _before(lives, rushes).select(*_CASE, "settlement_id").join(sold, on="settlement_id", how="inner")
    )
    known = bought.select(*_CASE, "item_code").unique().with_columns(old=nw.lit(1))
    return (
        _of_the_weeks(lives, rushes)
        .select(*_CASE, "settlement_id")
        .join(sold, on="settlement_id", how="inner")
        .join(known, on=[*_CASE, "item_code"], how="left")
        .with_columns(new=nw.when(nw.col("old").is_null()).then(nw.col("amount")).otherwise(nw.lit(0)))
        .group_by(*_CASE)
        .agg(nw.col("amount").sum(), nw.col("new").sum())
        .filter(
            nw.col("amount") > 0, nw.col("new") * 100 >= nw.col("amount") * int(line.latest("other_percent"))
        )
        .select(_CASE)
    )
