"""What the last run had and a delivery lacks is named, and stops a run until it is confirmed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.deliveries.comparison import ALL, LATER, ends_earlier, losses, quarantined, refuse_losses
from detection.deliveries.coverage import Coverage, TableCoverage
from detection.deliveries.limits import Limits, load_limits
from features.errors import InputError, UsageError
from features.intake.manifest import Manifest, QuarantineCount, RowCounts, TableRecord

LIMITS = Limits(lost_share=0.5, least_rows=20, quarantined_share=0.1)
MONTHS = {"2024-04": 100, "2024-05": 120, "2024-06": 90}
FEN = {"2024-04": 5_000, "2024-05": 6_000, "2024-06": 4_000}
BEFORE = Coverage(
    tables={
        "settlements": TableCoverage(
            rows=310, months=MONTHS, fen=FEN, columns=("operator_id", "settlement_id")
        ),
        "family_authorizations": TableCoverage(rows=9),
        "providers": TableCoverage(rows=40),
    }
)


def changed(**tables: TableCoverage | None) -> Coverage:
    kept = {**BEFORE.tables, **tables}
    return Coverage(tables={name: table for name, table in kept.items() if table is not None})


def settlements(**change: object) -> Coverage:
    return changed(settlements=BEFORE.tables["settlements"].model_copy(update=change))


def names(now: Coverage, until: str | None = None) -> list[str]:
    return [loss.name for loss in losses(BEFORE, now, LIMITS, until=until)]


@pytest.mark.parametrize(
    ("now", "lost"),
    [
        (BEFORE, []),
        (changed(family_authorizations=None), ["family_authorizations"]),
        (changed(family_authorizations=TableCoverage(rows=0)), ["family_authorizations"]),
        (changed(providers=TableCoverage(rows=19)), ["providers"]),
        (changed(providers=TableCoverage(rows=20)), []),
        (settlements(months={**MONTHS, "2024-05": 0}), ["settlements:2024-05"]),
        (settlements(months={**MONTHS, "2024-05": 61}), []),
        (settlements(fen={**FEN, "2024-06": 40}), ["settlements:2024-06"]),
        (settlements(columns=("settlement_id",)), ["settlements.operator_id"]),
    ],
    ids=[
        "nothing",
        "a table is gone",
        "a table is empty",
        "half of a list",
        "nearly half of a list",
        "a month",
        "a part of a month",
        "another unit",
        "a column",
    ],
)
def test_losses_are_named(now: Coverage, lost: list[str]) -> None:
    assert names(now) == lost


def test_more_than_before_is_no_loss() -> None:
    assert names(settlements(months={**MONTHS, "2024-07": 80}, rows=390)) == []


def test_months_after_an_earlier_day_of_assessment_are_not_compared() -> None:
    without_june = settlements(months={"2024-04": 100, "2024-05": 120})
    assert names(without_june) == ["settlements:2024-06"]
    assert names(without_june, until="2024-05") == []


def test_a_delivery_that_ends_earlier() -> None:
    assert [loss.name for loss in ends_earlier("2024-06-30", "2024-06-20")] == [LATER]
    assert ends_earlier("2024-06-30", "2024-06-30") == ends_earlier(None, "2024-06-30") == []


@pytest.mark.parametrize("confirmed", [["settlements:2024-05"], ["settlements"], [ALL]])
def test_a_loss_is_confirmed_by_name(confirmed: list[str]) -> None:
    missing = losses(BEFORE, settlements(months={**MONTHS, "2024-05": 0}), LIMITS)
    refuse_losses(missing, confirmed)
    with pytest.raises(InputError, match="2024-05") as refused:
        refuse_losses(missing, ["settlements:2024-04"])
    assert "--accept-missing settlements:2024-05" in refused.value.next_step
    assert "120 rows in the last run, 0 now" in refused.value.problems[0]


@pytest.mark.parametrize(("rows", "stops"), [(19, False), (20, False), (21, True), (150, True)])
def test_a_large_part_in_quarantine_is_a_loss(rows: int, stops: bool) -> None:
    counts = RowCounts(read=200, accepted=200 - rows, quarantined=rows, excluded=0, flagged=0)
    reasons = (QuarantineCount(reason="unreadable value", column="month", rows=rows),)
    record = TableRecord(rows=counts, quarantined_by_column=reasons)
    manifest = Manifest(
        snapshot_id="s",
        simulated=False,
        ignored_files=(),
        files=(),
        tables={"contributions": record},
        day_precision=(),
        first_settled_day=dt.date(2024, 1, 1),
        last_settled_day=dt.date(2024, 1, 2),
    )
    missing = quarantined(manifest, LIMITS)
    assert [loss.name for loss in missing] == ["contributions.quarantined"] * stops
    if stops:
        assert f"{rows} of 200 rows" in missing[0].sentence and "unreadable value" in missing[0].sentence
        refuse_losses(missing, ["contributions.quarantined"])


def test_a_confirmation_that_names_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="setlements"):
        refuse_losses([], ["setlements"])


@given(st.dictionaries(st.sampled_from(sorted(MONTHS)), st.integers(0, 200)))
def test_exactly_the_months_below_the_limit_are_lost(left: dict[str, int]) -> None:
    now = settlements(months={**MONTHS, **left})
    below = [
        f"settlements:{month}"
        for month, rows in sorted({**MONTHS, **left}.items())
        if rows * 2 < MONTHS[month]
    ]
    assert names(now) == below


def test_the_limits_that_ship() -> None:
    assert 0 < load_limits().lost_share < 1
