"""Refunds without a named original are linked by visit and amounts, or stay unlinked and are flagged."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.exports import Ingested
from support.nhsa_files import Extract

from features.intake.checks.positive_refunds import NO_SUCH_ORIGINAL, OTHER_AMOUNTS
from features.intake.manifest import RefundCounts

HEAD = "setl_id|init_setl_id|mdtrt_id|psn_no|fixmedins_code|setl_time|medfee_sumamt|hifp_pay|acct_pay|psn_cash_pay"


@pytest.fixture
def extract(tmp_path: Path) -> Extract:
    return Extract(tmp_path)


def link(extract: Extract, rows: str) -> Ingested:
    """Settlements of one person at one pharmacy: id, original, visit, time, total; all from the pool."""
    csv_rows = [HEAD + "|insutype|psn_type|med_type"]
    for row in rows.strip().splitlines():
        name, original, visit, at, total = (cell.strip() for cell in row.split("|"))
        cells = (name, original, visit, "001", "P32060200001", f"2024-03-{at}:00", total, total, "0", "0")
        csv_rows.append("|".join((*cells, "310", "12", "41")))
    extract.write_table("SETL_D", "\n".join(csv_rows))
    return extract.read()


def reversals(snapshot: Ingested) -> RefundCounts:
    """How the refunds were linked."""
    assert snapshot.manifest.reversals is not None
    return snapshot.manifest.reversals


def reverses(snapshot: Ingested) -> dict[str, str | None]:
    """What each refund reverses."""
    named = zip(
        snapshot.column("settlements.settlement_id"),
        snapshot.column("settlements.reverses_settlement_id"),
        strict=True,
    )
    return {name: original for name, original in named if name.startswith("r")}


def test_a_named_original_is_linked(extract: Extract) -> None:
    snapshot = link(
        extract, "s1 | | v1 | 01 10:00 | 10\ns2 | | v1 | 01 10:05 | 10\nr1 | s1 | v1 | 01 11:00 | -10"
    )
    assert reverses(snapshot) == {"r1": "s1"}


def test_otherwise_the_nearest_earlier_settlement_of_the_visit_with_the_same_amounts(
    extract: Extract,
) -> None:
    snapshot = link(
        extract,
        """
        s1 | | v1 | 01 10:00 | 10
        s2 | | v1 | 01 10:05 | 10
        s3 | | v1 | 01 10:06 | 11
        s4 | | v2 | 01 10:07 | 10
        r1 | | v1 | 01 11:00 | -10
        s5 | | v1 | 01 11:01 | 10
        """,
    )
    assert reverses(snapshot) == {"r1": "s2"}
    assert reversals(snapshot).to_json() == {"refunds": 1, "named": 0, "found": 1, "none": 0, "several": 0}


def test_each_original_is_linked_once(extract: Extract) -> None:
    rows = "s1 | | v1 | 01 10:00 | 10\ns2 | | v1 | 01 10:05 | 10\n"
    rows += "r1 | | v1 | 01 11:00 | -10\nr2 | | v1 | 01 12:00 | -10"
    assert reverses(link(extract, rows)) == {"r1": "s2", "r2": "s1"}


def test_an_original_that_another_refund_names_is_not_linked_again(extract: Extract) -> None:
    rows = "s1 | | v1 | 01 10:00 | 10\nr1 | s1 | v1 | 01 11:00 | -10\nr2 | | v1 | 01 12:00 | -10"
    snapshot = link(extract, rows)
    assert reverses(snapshot) == {"r1": "s1", "r2": None}
    assert snapshot.flags() == [("settlements", 3, "reverses_settlement_id", "refund_without_original")]


def test_two_equally_near_originals_are_not_linked(extract: Extract) -> None:
    snapshot = link(
        extract, "s1 | | v1 | 01 10:00 | 10\ns2 | | v1 | 01 10:00 | 10\nr1 | | v1 | 01 11:00 | -10"
    )
    assert reverses(snapshot) == {"r1": None}
    assert snapshot.flags() == [("settlements", 3, "reverses_settlement_id", "refund_with_several_originals")]
    assert reversals(snapshot).several == 1


def test_without_a_visit_person_provider_and_amounts_decide(extract: Extract) -> None:
    assert reverses(link(extract, "s1 | | | 01 10:00 | 10\nr1 | | | 02 10:00 | -10")) == {"r1": "s1"}


@pytest.mark.parametrize("original", ["02 10:00 | 10", "01 08:00 | 10.01"])
def test_a_later_settlement_or_another_amount_is_no_original(original: str, extract: Extract) -> None:
    snapshot = link(extract, f"s1 | | v1 | {original}\nr1 | | v1 | 01 10:00 | -10")
    assert reverses(snapshot) == {"r1": None}


def test_a_positive_row_with_the_amounts_of_its_original_is_a_refund(extract: Extract) -> None:
    snapshot = link(extract, "s1 | | v1 | 01 10:00 | 10\nr2 | s1 | v1 | 01 10:30 | 10")
    assert reverses(snapshot) == {"r2": "s1"}
    assert sum(snapshot.column("settlements.total_amount")) == 0
    assert snapshot.manifest.turned_refunds == 1
    assert snapshot.flags() == []


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("s1 | | v1 | 01 10:00 | 10\nr2 | s1 | v1 | 01 10:30 | 8", OTHER_AMOUNTS),
        ("s1 | | v1 | 01 10:00 | 10\nr2 | s9 | v1 | 01 10:30 | 10", NO_SUCH_ORIGINAL),
    ],
)
def test_a_positive_row_that_agrees_with_no_original_is_set_aside(
    lines: str, reason: str, extract: Extract
) -> None:
    snapshot = link(extract, lines)
    assert snapshot.quarantine() == [("settlements", 2, "reverses_settlement_id", reason)]
    assert sum(snapshot.column("settlements.total_amount")) == 1000, "nothing is added twice"


def test_a_row_that_replaces_a_refunded_settlement_is_a_payment(extract: Extract) -> None:
    lines = "s1 | | v1 | 01 10:00 | 10\nr2 | s1 | v1 | 01 10:30 | -10\ns3 | s1 | v1 | 01 10:40 | 8"
    snapshot = link(extract, lines)
    assert reverses(snapshot) == {"r2": "s1"}
    assert sum(snapshot.column("settlements.total_amount")) == 800
    assert [flag for *_, flag in snapshot.flags()] == ["names_an_original_but_is_no_refund"]


def test_a_row_marked_as_refunded_without_negative_amounts_is_flagged(extract: Extract) -> None:
    extract.column("SETL_D", refd_setl_flag=["1", "0"])
    snapshot = extract.read()
    assert snapshot.rows()["accepted"] == 2
    assert snapshot.flags() == [("settlements", 1, "total_amount", "refund_without_negative_amounts")]
