"""Columns by theme, each on a small world: what is known is stored, what the source lacks is left out."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import polars as pl
from support.cases import policy_of
from support.drafts import a_draft
from support.world import World

from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.proof.attaching import with_proof
from detection.proof.evidence import MOST_ROWS
from features.engine import Views
from features.policy import load_policy


def proof_of(
    world: World, detector: str, *settlements: str, policy: dict[str, Any] | None = None, cause: str = ""
) -> Any:
    """Stored values of the first of these settlements, as evidence of an alert of a detector."""
    tables = world.tables()
    stated = policy_of({"policy": policy or {}}, load_policy("320600"))
    context = DetectorContext(tables, Views(tables), stated, "320600")
    known = {row["settlement_id"]: row for row in world.rows["settlements"]}
    draft = a_draft(settlements=settlements)
    rows = draft.evidence.with_columns(
        pl.Series("person_id", [known[name]["person_id"] for name in settlements]),
        pl.Series("provider_id", [known[name]["provider_id"] for name in settlements]),
    )
    rows = rows.with_columns(cause=pl.lit(cause) if cause else pl.col("cause"))
    card = catalogue()[detector].card
    [attached] = with_proof([replace(draft, detector=detector, evidence=rows)], {detector: card}, context)
    first = attached.evidence.filter(pl.col("settlement_id") == settlements[0])["proof"].item()
    return json.loads(first) if first else {}


def test_care_in_a_stay_names_the_longest_stay_around_it() -> None:
    world = World()
    world.person("ann")
    for name, first, last in (("stay", "2024-03-01", "2024-03-09"), ("day", "2024-03-04", "2024-03-05")):
        world.settlement(
            "ann", f"h-{name}", f"{last} 10:00", settlement=name, care_type="inpatient",
            admitted_on=first, discharged_on=last, total_amount="900.00",
        )  # fmt: skip
    world.settlement("ann", "p1", "2024-03-04 10:00", settlement="s1")
    proof = proof_of(world, "inpatient_outpatient_overlap", "s1")
    assert proof["stay_provider"] == "h-stay"
    assert (proof["stay_from"], proof["stay_to"]) == ("2024-03-01", "2024-03-09")
    assert "served_on" not in proof  # the day of the settlement


def test_a_stay_names_the_days_on_which_its_patient_was_seen_elsewhere() -> None:
    world = World()
    world.person("ann")
    world.settlement(
        "ann", "h1", "2024-03-09 10:00", settlement="stay", care_type="inpatient",
        admitted_on="2024-03-01", discharged_on="2024-03-09", total_amount="900.00",
    )  # fmt: skip
    care = (
        ("p1", "03-01"),
        ("h1", "03-03"),
        ("p2", "03-06"),
        ("p1", "03-04"),
        ("p1", "03-06"),
        ("p1", "03-12"),
    )
    for number, (provider, day) in enumerate(care):
        world.settlement("ann", provider, f"2024-{day} 11:00", settlement=f"s{number}", account_paid="20.00")
    proof = proof_of(world, "hanging_bed_seen_elsewhere", "stay")
    assert proof["elsewhere_days"] == ["2024-03-04", "2024-03-06"]
    assert (proof["elsewhere_provider"], proof["elsewhere_settlement"]) == ("p1", "s3")


def test_the_pool_used_adds_up_within_the_year_against_the_cap() -> None:
    world = World()
    world.person("ann")
    for number, day in enumerate(("2023-12-30", "2024-02-01", "2024-12-20"), 1):
        world.settlement(
            "ann", "p1", f"{day} 10:00", settlement=f"s{number}", care_type="outpatient", pool_paid="40.00"
        )
    proof = proof_of(world, "cap_rush", "s3", policy={"benefit.annual_cap": 5000})
    assert (proof["pool_used"], proof["cap"]) == (8000, 500_000)


def test_an_account_shows_its_last_credit_and_what_was_left() -> None:
    world = World()
    world.person("ann")
    world.entry("ann", "2024-02-08 02:00", "monthly_credit", "90.00", balance_after="90.00")
    world.entry("ann", "2024-03-08 02:00", "monthly_credit", "110.00", balance_after="200.00")
    world.entry("ann", "2024-03-09 10:00", "settlement", "-195.00", balance_after="5.00", settlement="s1")
    world.settlement("ann", "p1", "2024-03-09 10:00", settlement="s1", account_paid="195.00")
    for detector in ("account_cash_out", "accounts_drained_at_one_shop", "accounts_emptied_within_weeks"):
        proof = proof_of(world, detector, "s1")
        assert (proof["credit"], proof["credited_on"], proof["balance"]) == (11_000, "2024-03-08", 500)


def test_a_prescriber_belongs_to_the_institution_that_names_the_prescriber_most() -> None:
    world = World()
    world.person("ann")
    for number, place in enumerate(("h1", "h1", "h2"), 1):
        world.settlement(
            "ann", place, f"2024-03-0{number} 09:00", care_type="outpatient", prescriber="doctor"
        )
    world.settlement(
        "ann", "p1", "2024-03-04 10:00", settlement="s1", prescriber="doctor", prescription_no="7"
    )
    proof = proof_of(world, "doctor_pharmacy_concentration", "s1")
    assert (proof["prescriber"], proof["prescriber_place"], proof["prescription"]) == ("doctor", "h1", "7")


def test_a_charge_that_is_repeated_is_named_with_the_other_bill() -> None:
    world = World()
    world.person("ann")
    for name, clock in (("s1", "09:00"), ("s2", "09:20")):
        world.settlement("ann", "p1", f"2024-03-04 {clock}", settlement=name, care_type="outpatient")
        for number, (item, amount) in enumerate((("Scan", "80.00"), (f"Only {name}", "20.00")), 1):
            world.add(
                "charge_lines", settlement=name, line_no=number, item_code=item, item_name=item,
                item_kind="service", quantity="1", unit_price=amount, amount=amount,
            )  # fmt: skip
    proof = proof_of(world, "duplicate_charge", "s2")
    assert proof["repeated_items"] == [["Scan", 8000]]
    assert (proof["other_settlement"], proof["other_amount"]) == ("s1", 10_000)


def test_the_other_payment_is_that_of_the_other_scheme_where_this_is_the_cause() -> None:
    world = World()
    world.person("ann")
    for name, scheme, place, clock in (
        ("mine", "resident", "p1", "09:00"),
        ("same place", "resident", "p1", "09:20"),
        ("taken back", "employee", "p2", "10:00"),
        ("other scheme", "employee", "p2", "11:00"),
    ):
        world.settlement("ann", place, f"2024-03-04 {clock}", settlement=name, scheme=scheme, pool_paid="50")
    world.settlement(
        "ann", "p2", "2024-03-04 10:05", settlement="back", scheme="employee", pool_paid="-50",
        total_amount="-100", reverses_settlement_id="taken back",
    )  # fmt: skip

    def other(cause: str) -> str:
        return str(proof_of(world, "duplicate_benefit", "mine", cause=cause)["other_settlement"])

    assert other("both_schemes") == "other scheme"
    assert other("same_visit") == "same place"


def test_the_other_visit_is_the_one_that_leaves_least_time_for_the_way() -> None:
    world = World()
    world.person("ann")
    for name, latitude in (("here", "32.0"), ("near", "32.01"), ("far", "32.9")):
        world.provider(name, latitude=latitude, longitude="120.9")
    for number, (place, clock) in enumerate((("here", "10:00"), ("near", "09:55"), ("far", "10:20")), 1):
        world.settlement("ann", place, f"2024-03-04 {clock}", settlement=f"s{number}")
    proof = proof_of(world, "impossible_travel", "s1", "s2", "s3")
    assert (proof["visit_settlement"], proof["minutes_between"]) == ("s3", 20)
    assert 99 < proof["km"] < 101
    assert proof["there"] == [32.9, 120.9]


def test_columns_that_the_source_lacks_are_left_out() -> None:
    world = World()
    world.settlement("ann", "p1", "2024-03-04 10:00", settlement="s1")
    assert set(proof_of(world, "account_cash_out", "s1")) == {"total", "care_type"}
    assert set(proof_of(world, "impossible_travel", "s1")) == {"care_type"}


def test_a_large_alert_has_columns_for_its_first_rows_only() -> None:
    world = World()
    names = [f"s{number:05d}" for number in range(MOST_ROWS + 5)]
    for name in names:
        world.settlement("ann", "p1", "2024-03-04 10:00", settlement=name)
    assert proof_of(world, "account_cash_out", *names)
    assert proof_of(world, "account_cash_out", *reversed(names)) == {}
