"""Who comes together with the same other person."""

from __future__ import annotations

import polars as pl

from detection.circumstances.company import HOUR, in_company

A_DAY = 24 * 60


def together(*visits: tuple[str, int, int], least: int = 2, within: int | None = HOUR) -> list[str]:
    """Who is in company, of visits (who, day, minute of the day) to one place."""
    rows = [("v", who, day, day * A_DAY + minute) for who, day, minute in visits]
    frame = pl.DataFrame(rows, schema=["provider_id", "who", "day", "minute"], orient="row")
    return sorted(in_company(frame, "who", least, within=within)["who"])


def test_the_same_other_person_within_the_hour() -> None:
    assert together(("an", 1, 600), ("bo", 1, 620), ("an", 31, 600), ("bo", 31, 650)) == ["an", "bo"]
    assert together(("an", 1, 600), ("bo", 1, 620), ("an", 31, 600), ("bo", 31, 700)) == []


def test_another_person_each_time_is_no_company() -> None:
    assert together(("an", 1, 600), ("bo", 1, 620), ("an", 31, 600), ("chen", 31, 600)) == []


def test_half_of_the_visits_of_each() -> None:
    """Two shared visits are all that bo has, and less than half of an's five."""
    alone = [("an", day, 600) for day in (2, 3, 4)]
    shared = [(who, day, 600) for who in ("an", "bo") for day in (1, 31)]
    assert together(*alone, *shared) == ["bo"]


def test_at_day_precision_the_day_decides() -> None:
    visits = [("an", 1, 600), ("bo", 1, 1_000), ("an", 31, 600), ("bo", 31, 1_000)]
    assert together(*visits) == []
    assert together(*visits, within=None) == ["an", "bo"]
