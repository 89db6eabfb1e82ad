"""Refunds that do not say what they reverse find it by visit and amounts, or stay unlinked and are flagged."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.exports import Taken
from support.nhsa_files import Extract

HEAD = "setl_id|init_setl_id|mdtrt_id|psn_no|fixmedins_code|setl_time|medfee_sumamt|hifp_pay|acct_pay|psn_cash_pay"


@pytest.fixture
def extract(tmp_path: Path) -> Extract:
    return Extract(tmp_path)


def taken(extract: Extract, rows: str) -> Taken:
    """Settlements of one person at one pharmacy: id, original, visit, time, total; all from the pool."""
    drawn = [HEAD + "|insutype|psn_type|med_type"]
    for row in rows.strip().splitlines():
        name, original, visit, at, total = (cell.strip() for cell in row.split("|"))
        cells = (name, original, visit, "001", "P32060200001", f"2024-03-{at}:00", total, total, "0", "0")
        drawn.append("|".join((*cells, "310", "12", "41")))
    extract.draw("SETL_D", "\n".join(drawn))
    return extract.read()


def reverses(found: Taken) -> dict[str, str | None]:
    """What each refund reverses."""
    named = zip(
        found.column("settlements.settlement_id"),
        found.column("settlements.reverses_settlement_id"),
        strict=True,
    )
    return {name: original for name, original in named if name.startswith("r")}


def test_an_original_that_is_named_counts(extract: Extract) -> None:
    found = taken(
        extract, "s1 | | v1 | 01 10:00 | 10\ns2 | | v1 | 01 10:05 | 10\nr1 | s1 | v1 | 01 11:00 | -10"
    )
    assert reverses(found) == {"r1": "s1"}


def test_otherwise_the_nearest_earlier_one_of_the_visit_with_the_same_amounts(extract: Extract) -> None:
    found = taken(
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
    assert reverses(found) == {"r1": "s2"}
    assert found.manifest["reversals"] == {"refunds": 1, "named": 0, "found": 1, "none": 0, "several": 0}


def test_each_original_is_taken_once(extract: Extract) -> None:
    rows = "s1 | | v1 | 01 10:00 | 10\ns2 | | v1 | 01 10:05 | 10\n"
    rows += "r1 | | v1 | 01 11:00 | -10\nr2 | | v1 | 01 12:00 | -10"
    assert reverses(taken(extract, rows)) == {"r1": "s2", "r2": "s1"}


def test_one_that_another_refund_names_is_taken(extract: Extract) -> None:
    rows = "s1 | | v1 | 01 10:00 | 10\nr1 | s1 | v1 | 01 11:00 | -10\nr2 | | v1 | 01 12:00 | -10"
    found = taken(extract, rows)
    assert reverses(found) == {"r1": "s1", "r2": None}
    assert found.flags() == [("settlements", 3, "reverses_settlement_id", "refund_without_original")]


def test_two_that_are_equally_near_are_left_alone(extract: Extract) -> None:
    found = taken(extract, "s1 | | v1 | 01 10:00 | 10\ns2 | | v1 | 01 10:00 | 10\nr1 | | v1 | 01 11:00 | -10")
    assert reverses(found) == {"r1": None}
    assert found.flags() == [("settlements", 3, "reverses_settlement_id", "refund_with_several_originals")]
    assert found.manifest["reversals"]["several"] == 1


def test_without_a_visit_person_provider_and_amounts_tell(extract: Extract) -> None:
    assert reverses(taken(extract, "s1 | | | 01 10:00 | 10\nr1 | | | 02 10:00 | -10")) == {"r1": "s1"}


@pytest.mark.parametrize("original", ["02 10:00 | 10", "01 08:00 | 10.01"])
def test_a_later_one_or_another_amount_is_none(original: str, extract: Extract) -> None:
    found = taken(extract, f"s1 | | v1 | {original}\nr1 | | v1 | 01 10:00 | -10")
    assert reverses(found) == {"r1": None}


def test_a_row_that_names_an_original_and_takes_nothing_back_is_no_refund(extract: Extract) -> None:
    found = taken(extract, "s1 | | v1 | 01 10:00 | 10\nr2 | s1 | v1 | 01 10:30 | 8")
    assert reverses(found) == {"r2": None}
    assert found.flags() == [
        ("settlements", 2, "reverses_settlement_id", "names_an_original_but_is_no_refund")
    ]


def test_a_row_marked_as_refunded_without_negative_amounts_is_flagged(extract: Extract) -> None:
    extract.column("SETL_D", refd_setl_flag=["1", "0"])
    found = extract.read()
    assert found.rows()["accepted"] == 2
    assert found.flags() == [("settlements", 1, "total_amount", "refund_without_negative_amounts")]
