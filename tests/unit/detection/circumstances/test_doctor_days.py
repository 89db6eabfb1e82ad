"""What a doctor's day lets one expect: the doctor's own calendar, and colleagues who are away."""

from __future__ import annotations

import polars as pl

from detection.circumstances.operators.doctor_days import doctor_days

FIRST = 19_724


def seen(counts: dict[tuple[str, int], int]) -> pl.DataFrame:
    """Consultations at one place: people by doctor and day."""
    rows = [
        ("p1", doctor, FIRST + day, f"{doctor}-{day}-{number}")
        for (doctor, day), people in counts.items()
        for number in range(people)
    ]
    schema = {"provider_id": pl.String, "prescriber_id": pl.String, "day": pl.Int32, "person_id": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def expected(counts: dict[tuple[str, int], int], doctor: str, day: int) -> float:
    days = doctor_days(seen(counts))
    row = days.filter(pl.col("prescriber_id") == doctor, pl.col("day") == FIRST + day)
    return float(row["expected"].item())


def test_a_doctors_other_days_are_expected_of_a_day() -> None:
    counts = {("a", day): 3 for day in range(1, 60, 4)} | {("a", 30): 40}
    assert expected(counts, "a", 30) == 3


def test_patients_of_a_colleague_who_is_away_are_expected_too() -> None:
    days = range(1, 60, 3)
    counts = {("a", day): 4 for day in days} | {("b", day): 6 for day in days if day != 31}
    there, away = expected(counts, "a", 28), expected(counts, "a", 31)
    assert there == 4
    assert 9 < away < 10


def test_a_colleague_who_sees_as_many_as_ever_adds_nothing() -> None:
    counts = {(doctor, day): 5 for doctor in "ab" for day in range(1, 40, 3)}
    assert expected(counts, "a", 19) == 5
