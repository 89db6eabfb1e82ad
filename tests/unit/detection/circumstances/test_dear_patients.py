"""A treatment that is dear by itself makes no place dear."""

from __future__ import annotations

import polars as pl

from detection.circumstances.bills.dear_patients import outside_courses


def test_dear_bills_of_a_course_do_not_count() -> None:
    bills = pl.DataFrame(
        {
            "provider_id": ["clinic"] * 8,
            "person_id": ["infused"] * 4 + ["cold"] * 3 + ["elsewhere"],
            "beyond": [0.5] * 4 + [0.5, 0.5, 0.0] + [0.2],
        }
    )
    counted = bills.with_columns(beyond=outside_courses())
    assert counted["beyond"].to_list() == [0.0] * 4 + [0.5, 0.5, 0.0] + [0.2]
