"""What a scene does to accounts, contributions, prices and cells stands so in the written tables, and nothing else."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import numpy as np
import polars as pl
import pytest
from reference.simulated_benefits import as_paid, priced_anew

from data_samples import plays, scenes
from data_samples.city import simulate
from data_samples.scenes import DAY, Stage, second

col = pl.col
D = Decimal
OWNERS = (
    "wrong_rate",
    "gap",
    "twice",
    "lump",
    "employer",
    "premium",
    "adjusted",
    "broken",
    "unposted",
    "misposted",
    "overpaid",
    "deducted",
    "unentitled",
    "stopped",
    "wellness",
    "manual",
    "resident",
    "retired",
    "enrolled",
    "late",
    "empty",
    "plain",
)


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """Every deed of the stage once, each by somebody of its own."""
    who = dict(zip(OWNERS, city.pick_people(rng, len(OWNERS), categories=["active"]).tolist(), strict=True))
    months = city.period.month_starts
    noon = (int(months[8]) + 14) * DAY + second(12)
    clinic = int(city.pick_providers(rng, "clinic")[0])
    pharmacy = int(city.pick_providers(rng, "pharmacy")[0])

    def seen(name: str, **fields: Any) -> Any:
        given: dict[str, Any] = {"care": "outpatient", "total": 200_000, "in_scope": True} | fields
        handles = city.settle(rng, who[name], clinic, noon, **given)
        city.instance(name).subject("person", who[name]).settled(handles)
        return handles

    city.set_credit(who["wrong_rate"], 3, int(city.due(who["wrong_rate"])[3]) + 1_234)
    city.set_credit(who["gap"], 4, 0)
    city.extra_credit(who["twice"], int(months[6]) + 20, 5_000, 5)
    city.lump_credit(who["lump"], 2, 4)
    city.employer_share(who["employer"], 7, 3_300)
    city.post(who["premium"], noon, "premium", -38_000, "resident", who["plain"])
    city.post(who["adjusted"], noon, "adjustment", -700_000)
    city.break_balance(who["broken"], int(months[5]), -777)
    for name in OWNERS:
        if name in ("wrong_rate", "gap", "twice", "lump", "employer", "premium", "adjusted", "broken"):
            city.instance(name).subject("payer_account", who[name]).worth(1_234)
    city.unposted(seen("unposted"))
    city.posted_as(seen("misposted"), 4_321)
    city.misprice(seen("overpaid"), pool_fen=5_000)
    city.misprice(seen("deducted"), deductible_fen=-10_000)
    city.misprice(seen("unentitled", care="pharmacy"), pool_fen=6_000)
    seen("stopped", care="chronic_outpatient", programme=2)
    handles = city.settle(
        rng,
        who["wellness"],
        pharmacy,
        noon,
        item_kind="wellness",
        lines=1,
        total=9_900,
        in_scope=True,
        outside=9_900,
    )
    city.instance("wellness").subject("person", who["wellness"]).settled(handles)
    seen("manual", channel="manual")
    seen("resident", scheme="resident", category="resident")
    seen("retired", category="retired")
    city.enrol(who["enrolled"], "resident", "resident", int(months[1]), int(months[3]))
    late, empty = seen("late"), seen("empty")
    city.defect(late, "settled_at", noon + 90 * DAY)
    city.defect(empty, "diagnosis_code", None)
    city.defect(empty, "total_amount", 199_900)
    seen("plain")
    city.instance("enrolled").subject("person", who["enrolled"]).settled(seen("enrolled"))


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory, city: Any) -> Any:
    """A city with that one scene."""
    folder = tmp_path_factory.mktemp("staged") / "data"
    alone = SimpleNamespace(plant=plant, __name__="all_deeds")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plays, "plays", lambda package: [alone] if package is scenes else [])
        simulate(folder, persons=2_000, months=12, seed=7, area="320600")
    return type(city)(folder)


def person(staged: Any, name: str) -> str:
    rows = staged.planted.filter((col("typology") == name) & (col("role") == "subject"))
    return str(rows["entity_id"][0])


def settlement(staged: Any, name: str) -> dict[str, Any]:
    rows = staged.settled(name)
    assert rows.height == 1
    return dict(rows.row(0, named=True))


def ledger(staged: Any, name: str) -> pl.DataFrame:
    mine = staged.account_entries.filter(col("account_id") == person(staged, name))
    frame: pl.DataFrame = mine.sort("posted_at", "entry_id")
    return frame


def credited(staged: Any, name: str) -> dict[str, list[Decimal]]:
    rows = ledger(staged, name).filter(col("entry_kind") == "monthly_credit")
    return dict(rows.group_by("accrual_month").agg("amount").iter_rows())


def breaks(rows: pl.DataFrame) -> int:
    return rows.filter(col("balance_after").shift(1) + col("amount") != col("balance_after")).height


def test_credits_are_wrong_where_planned_and_right_elsewhere(staged: Any) -> None:
    base: dict[str, Decimal] = dict(
        staged.contributions.group_by("person_id").agg(col("contribution_base").first()).iter_rows()
    )

    def due(name: str) -> Decimal:
        return base[person(staged, name)] * D("0.02")

    months = staged.contributions["accrual_month"].unique().sort().to_list()
    assert credited(staged, "plain") == {month: [due("plain")] for month in months}
    wrong = credited(staged, "wrong_rate")
    assert wrong.pop(months[3]) == [due("wrong_rate") + D("12.34")]
    assert set(map(tuple, wrong.values())) == {(due("wrong_rate"),)}
    assert set(credited(staged, "gap")) == set(months) - {months[4]}
    assert sorted(credited(staged, "twice")[months[5]]) == sorted([due("twice"), D("50.00")])
    lump = credited(staged, "lump")
    assert set(lump) == set(months) - set(months[3:6])
    assert lump[months[2]] == [4 * due("lump")]


def test_contributions_keep_what_is_due_and_the_employers_part_is_planned(staged: Any) -> None:
    paid = staged.contributions.filter(col("employer_into_account") != 0)
    assert paid.height == 1
    assert paid["person_id"][0] == person(staged, "employer")
    assert paid["employer_into_account"][0] == D("33.00")
    assert staged.contributions.filter(
        col("person_into_account") != col("contribution_base") * 2 / 100
    ).is_empty()


def test_other_entries_are_posted_and_can_be_paid(staged: Any) -> None:
    (premium,) = ledger(staged, "premium").filter(col("entry_kind") == "premium").iter_rows(named=True)
    assert (premium["amount"], premium["premium_kind"]) == (D("-380.00"), "resident")
    assert premium["beneficiary_id"] == person(staged, "plain")
    mine = ledger(staged, "adjusted")
    assert mine.filter(col("entry_kind") == "adjustment")["amount"].to_list() == [D("-7000.00")]
    assert (mine["balance_after"] >= 0).all()


def test_one_ledger_breaks_where_planned_and_no_other_does(staged: Any) -> None:
    owners = staged.account_entries["account_id"].unique().sort().to_list()
    every = staged.account_entries.sort("account_id", "posted_at", "entry_id")
    previous = col("balance_after").shift(1).over("account_id")
    broken = every.filter(previous + col("amount") != col("balance_after"))
    assert broken["account_id"].to_list() == [person(staged, "broken")]
    assert len(owners) > 1_000
    off = broken.row(0, named=True)
    assert off["posted_at"].date() >= dt.date(2023, 12, 1)
    assert breaks(ledger(staged, "broken")) == 1


def test_an_entry_is_missing_or_has_another_amount(staged: Any) -> None:
    unposted, misposted = settlement(staged, "unposted"), settlement(staged, "misposted")
    assert unposted["account_paid"] > 0
    assert staged.account_entries.filter(col("settlement_id") == unposted["settlement_id"]).is_empty()
    assert misposted["account_paid"] > 0
    entry = staged.account_entries.filter(col("settlement_id") == misposted["settlement_id"])
    assert entry["amount"].to_list() == [D("-43.21")]
    paid = staged.settlements.with_columns(paid=col("account_paid") + col("mutual_aid_paid"))
    both = paid.join(staged.account_entries, on="settlement_id")
    assert both.filter(col("paid") + col("amount") != 0)["settlement_id"].to_list() == [
        misposted["settlement_id"]
    ]


def test_a_wrong_price_changes_the_patients_side(staged: Any) -> None:
    over, less = settlement(staged, "overpaid"), settlement(staged, "deducted")
    off = [
        (row["person_id"], *(was - right for was, right in zip(as_paid(row), expected, strict=True)))
        for row, expected, _ in priced_anew(staged, "320600")
        if expected is not None and as_paid(row) != expected
    ]
    # Whose time was written otherwise comes in another order than it was priced.
    late = person(staged, "late")
    off = [each for each in off if each[0] != late]
    # Nobody else's price is off, nor what the two had later.
    assert set(off) == {
        (over["person_id"], 0, D(50), 0),
        (less["person_id"], D(-100), 0, 0),
    }
    assert over["account_paid"] + over["cash_paid"] == over["total_amount"] - over["pool_paid"]
    assert settlement(staged, "unentitled")["pool_paid"] == D(60)
    assert less["account_paid"] + less["cash_paid"] + less["pool_paid"] == less["total_amount"]


def test_a_settlement_is_what_the_scene_says(staged: Any) -> None:
    stopped = settlement(staged, "stopped")
    assert (stopped["care_type"], stopped["programme_code"], stopped["scheme"]) == (
        "chronic_outpatient",
        "M003",
        "employee",
    )
    assert stopped["pool_paid"] > 0
    mine = staged.programme_registrations.filter(col("person_id") == stopped["person_id"])
    assert mine["to"].to_list() == [dt.date(2022, 12, 31)]
    assert settlement(staged, "manual")["channel"] == "manual"
    resident, retired = settlement(staged, "resident"), settlement(staged, "retired")
    assert (resident["scheme"], resident["person_category"]) == ("resident", "resident")
    assert (retired["scheme"], retired["person_category"]) == ("employee", "retired")
    line = staged.charge_lines.filter(col("settlement_id") == settlement(staged, "wellness")["settlement_id"])
    assert line["item_kind"].to_list() == ["wellness"]
    assert settlement(staged, "wellness")["fully_self_paid"] == D("99.00")
    assert set(staged.charge_lines["item_kind"]) == {"drug", "tcm", "service", "wellness"}


def test_a_second_enrolment_leaves_the_first_as_it_is(staged: Any) -> None:
    mine = staged.enrolments.filter(col("person_id") == person(staged, "enrolled")).sort("scheme")
    assert mine["scheme"].to_list() == ["employee", "resident"]
    assert mine["end_date"].to_list() == [None, dt.date(2023, 10, 1)]


def test_cells_are_late_empty_or_wrong_and_nothing_else_is(staged: Any) -> None:
    late, empty = settlement(staged, "late"), settlement(staged, "empty")
    assert late["settled_at"].date() - late["service_date"] == dt.timedelta(days=90)
    assert empty["diagnosis_code"] is None
    scopes = ("fully_self_paid", "over_limit_self_paid", "pre_self_paid", "in_scope_amount")
    wrong = staged.settlements.filter(pl.sum_horizontal(scopes) != col("total_amount"))
    assert wrong["settlement_id"].to_list() == [empty["settlement_id"]]
    assert wrong["total_amount"].to_list() == [D("1999.00")]


def test_what_no_settlement_holds_is_at_issue_too(staged: Any) -> None:
    gap = staged.planted.filter(col("typology") == "gap")
    assert gap.select("entity_kind", "role", "amount_at_issue").rows() == [
        ("payer_account", "subject", D("12.34"))
    ]
