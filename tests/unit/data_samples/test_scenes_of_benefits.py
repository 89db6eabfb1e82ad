"""Planted benefits are what their scene says, and their twins are lawful, as the written tables show.

The fund's part is worked out here once more, slowly, from the values of the simulated city's area.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import ROUND_DOWN, Decimal
from typing import Any

import polars as pl
import pytest

from data_samples.magnitudes import area_magnitudes, magnitudes

pytestmark = pytest.mark.slow

col = pl.col
LIVE_FROM = area_magnitudes(magnitudes(), "320600")["policy_start"]
CAPS = {"320600": Decimal(10_000), "150200": Decimal(6_000)}
FEN = Decimal("0.01")
ORDINARY = ("outpatient", "emergency", "pharmacy")


def due(city: Any, people: pl.Series) -> dict[str, Decimal]:
    """What the fund owes for each ordinary settlement of these employees, by what stood on record before."""
    area = city.providers["pooling_area"][0]
    benefits = area_magnitudes(magnitudes(), area)["benefits"]
    above, segment = benefits.get("ratio_above", benefits["ratio"]), exact(benefits.get("segment_from", 0))
    places = {row["provider_id"]: row for row in city.providers.iter_rows(named=True)}
    record: dict[tuple[str, int], dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    owed = {}
    rows = city.settlements.filter(col("person_id").is_in(people.implode()) & (col("scheme") == "employee"))
    for row in rows.sort("settled_at", "settlement_id").iter_rows(named=True):
        place, day = places[row["provider_id"]], row["service_date"]
        sold = row["care_type"] == "pharmacy" and row["prescription_no"] is None
        pooled_from = place["pooled_outpatient_from"]
        if row["care_type"] not in ORDINARY or sold or pooled_from is None or day < pooled_from:
            continue
        used = record[row["person_id"], day.year]
        if row["reverses_settlement_id"] is None:
            category, level = row["person_category"], place["level"]
            level = "primary" if level == "ungraded" else level
            left = max(exact(benefits["deductible"][category]) - used["deductible"], Decimal(0))
            left += exact(benefits["visit_deductible"][level])
            eligible = row["in_scope_amount"] - min(left, row["in_scope_amount"])
            below = min(max(segment - used["scope"] + used["deductible"], Decimal(0)), eligible)
            part = below * exact(benefits["ratio"][category][level])
            part += (eligible - below) * exact(above[category][level])
            room = max(CAPS[area] - used["pool"], Decimal(0))
            owed[row["settlement_id"]] = min(part.quantize(FEN, ROUND_DOWN), room)
        used["scope"] += row["in_scope_amount"]
        used["deductible"] += row["deductible_paid"]
        used["pool"] += row["pool_paid"]
    return owed


def exact(value: float) -> Decimal:
    """The decimal that a value of `magnitudes.toml` is written as."""
    return Decimal(str(value))


def mispaid(city: Any, rows: pl.DataFrame) -> pl.DataFrame:
    """The settlements for which the fund paid something else than due."""
    owed = due(city, rows["person_id"].unique())
    known = rows.filter(col("settlement_id").is_in(pl.Series(list(owed)).implode()))
    assert known.height == rows.height
    expected = pl.Series([owed[key] for key in rows["settlement_id"]], dtype=pl.Decimal(14, 2))
    return rows.with_columns(owed=expected).filter(col("owed") != col("pool_paid"))


def test_employees_go_on_in_a_programme_that_was_stopped(city: Any) -> None:
    rows = city.settled("closed_policy_use")
    assert rows.height > 0
    assert (rows["care_type"] == "chronic_outpatient").all()
    assert (rows["scheme"] == "employee").all()
    assert (rows["service_date"] >= LIVE_FROM).all()
    assert rows["programme_code"].is_not_null().all()
    assert (rows["pool_paid"] > 0).all()
    others = city.ordinary.filter((col("care_type") == "chronic_outpatient") & (col("scheme") == "employee"))
    assert others.filter(col("service_date") >= LIVE_FROM).is_empty()


def test_where_programmes_go_on_no_one_uses_a_stopped_one(northern: Any) -> None:
    assert northern.settled("closed_policy_use").is_empty()
    rows = northern.settled("closed_policy_use", lookalike=True)
    chronic = rows.filter((col("care_type") == "chronic_outpatient") & (col("scheme") == "employee"))
    assert chronic.height > 0


def test_programmes_that_go_on_are_not_stopped_ones(town: Any) -> None:
    rows = town.settled("closed_policy_use", lookalike=True)
    closed = (
        (col("care_type") == "chronic_outpatient")
        & (col("scheme") == "employee")
        & (col("service_date") >= LIVE_FROM)
    )
    assert rows.filter(closed).is_empty()
    kinds = set(rows.select("scheme", "care_type").iter_rows())
    assert {("employee", "special_outpatient"), ("resident", "chronic_outpatient")} <= kinds
    assert ("employee", "outpatient") in kinds
    late = rows.filter((col("care_type") == "chronic_outpatient") & (col("scheme") == "employee"))
    assert late.height > 0
    assert (late["settled_at"].dt.date() >= LIVE_FROM).all()


@pytest.mark.parametrize("where", ["town", "northern"])
def test_each_planted_price_is_wrong_and_its_twins_are_right(
    where: str, request: pytest.FixtureRequest
) -> None:
    here = request.getfixturevalue(where)
    rows = here.settled("benefit_recalc_mismatch")
    wrong = mispaid(here, rows)
    assert wrong["instance_id"].n_unique() == rows["instance_id"].n_unique() > 0
    assert wrong.height >= 0.9 * rows.height
    assert wrong.filter(col("pool_paid") > col("owed")).height > 0
    assert wrong.filter(col("pool_paid") < col("owed")).height > 0
    alike = here.settled("benefit_recalc_mismatch", lookalike=True)
    assert mispaid(here, alike).is_empty()


def test_twins_retire_settle_late_give_back_and_cross_the_cap(town: Any) -> None:
    alike = town.settled("benefit_recalc_mismatch", lookalike=True)
    categories = alike.group_by("instance_id").agg(col("person_category").n_unique())
    assert (categories["person_category"] == 2).any()
    late = alike.filter(col("settled_at").dt.year() > col("service_date").dt.year())
    assert late.height > 0
    assert alike["settlement_id"].is_in(town.settlements["reverses_settlement_id"].implode()).any()
    years = alike.group_by("instance_id", col("service_date").dt.year()).agg(col("pool_paid").sum())
    assert years.filter(col("pool_paid") >= CAPS["320600"]).height > 0


@pytest.mark.parametrize(("where", "area"), [("town", "320600"), ("northern", "150200")])
def test_a_rush_uses_up_the_cap_in_the_last_weeks(
    where: str, area: str, request: pytest.FixtureRequest
) -> None:
    here, cap = request.getfixturevalue(where), CAPS[area]
    rows = here.settled("cap_rush", strength=2)
    assert rows.height > 0
    assert (rows["service_date"] >= dt.date(2023, 12, 1)).all()
    assert (rows["service_date"] <= dt.date(2023, 12, 31)).all()
    whole = used_of_the_cap(here, rows["person_id"].unique(), 2023)
    assert (whole["pool"] >= cap * Decimal("0.95")).all()
    assert (whole["pool"] <= cap).all()
    rushed = rows.group_by("person_id").agg(rushed=col("pool_paid").sum()).join(whole, on="person_id")
    assert (rushed["rushed"].cast(float) > 0.5 * rushed["pool"].cast(float)).all()
    watched = rows.join(here.charge_lines, on="settlement_id").join(here.item_reference, on="item_code")
    assert watched["watch_list"].mean() > 0.7


@pytest.mark.parametrize(("where", "area"), [("town", "320600"), ("northern", "150200")])
def test_who_reaches_the_cap_by_need_does_so_steadily_or_at_another_time(
    where: str, area: str, request: pytest.FixtureRequest
) -> None:
    here, cap = request.getfixturevalue(where), CAPS[area]
    rows = here.settled("cap_rush", lookalike=True)
    whole = used_of_the_cap(here, rows["person_id"].unique(), 2023)
    assert (whole["pool"] >= cap * Decimal("0.95")).all()
    year = rows.filter(col("service_date").dt.year() == 2023)
    shares = year.group_by("instance_id").agg(
        late=col("in_scope_amount").filter(col("service_date") >= dt.date(2023, 12, 1)).sum().cast(float)
        / col("in_scope_amount").sum().cast(float)
    )
    assert (shares["late"] <= 0.25).all()
    lines = rows.join(here.charge_lines, on="settlement_id")
    assert (lines.group_by("instance_id").agg(col("item_code").n_unique())["item_code"] == 1).all()


def used_of_the_cap(city: Any, people: pl.Series, year: int) -> pl.DataFrame:
    """What the fund paid for ordinary outpatient care of each of them in the year."""
    mine = city.settlements.filter(
        col("person_id").is_in(people.implode())
        & col("care_type").is_in(ORDINARY)
        & (col("service_date").dt.year() == year)
    )
    whole: pl.DataFrame = mine.group_by("person_id").agg(pool=col("pool_paid").sum())
    assert whole.height == len(people)
    return whole


def same_cost(city: Any, rows: pl.DataFrame) -> pl.DataFrame:
    """Other standing settlements of the same person, provider, day and amount."""
    back = city.settlements["reverses_settlement_id"].drop_nulls()
    standing = city.settlements.filter(
        col("reverses_settlement_id").is_null() & ~col("settlement_id").is_in(back.implode())
    )
    alive = rows.filter(~col("settlement_id").is_in(back.implode()))
    keys = ["person_id", "provider_id", "service_date", "total_amount"]
    both = alive.join(standing, on=keys, suffix="_other")
    return both.filter(col("settlement_id") != col("settlement_id_other"))


def test_a_cost_is_paid_twice(city: Any) -> None:
    rows = city.settled("duplicate_benefit")
    both = same_cost(city, rows)
    assert both["settlement_id"].n_unique() == rows.height > 0
    assert (both["channel"] == "manual").all()
    assert (both["channel_other"] == "online").all()
    assert (both["settled_at"] > both["settled_at_other"]).all()
    assert (both["pool_paid"] > 0).all()
    schemes = both.filter(col("scheme") != col("scheme_other"))
    assert 0 < schemes.height < both.height
    spans = schemes.join(city.enrolments, on="person_id").filter(
        col("service_date").is_between("start_date", col("end_date").fill_null(dt.date.max))
    )
    assert (spans.group_by("settlement_id").agg(col("scheme_right").n_unique())["scheme_right"] == 2).all()


def test_what_is_alike_was_due_once_each(town: Any) -> None:
    rows = town.settled("duplicate_benefit", lookalike=True)
    assert same_cost(town, rows).is_empty()
    assert rows["channel"].is_in(["manual"]).any()
    schemes = rows.group_by("instance_id").agg(col("scheme").n_unique())
    assert (schemes["scheme"] == 2).any()
    amounts = rows.group_by("instance_id").agg(col("total_amount").n_unique(), pl.len())
    assert (amounts["total_amount"] == 1).all()
    assert (amounts["len"] >= 2).all()


@pytest.mark.parametrize("typology", ["cap_rush", "benefit_recalc_mismatch", "duplicate_benefit"])
def test_what_others_do_with_these_people_is_priced_right(town: Any, typology: str) -> None:
    """The ordinary life of who plays follows what stands on record."""
    players = town.settled(typology)["person_id"].unique()
    lives = town.ordinary.filter(
        col("person_id").is_in(players.implode()) & (col("pool_paid") > 0) & (col("scheme") == "employee")
    ).filter(col("care_type").is_in(ORDINARY))
    assert lives.height > 0
    assert mispaid(town, lives).is_empty()
