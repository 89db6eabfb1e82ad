"""The whole run on the small city kept in the repository gives the alerts that a reviewer has seen."""

from __future__ import annotations

from support.golden import ALERTS, assert_up_to_date
from support.paths import SMALL_CITY


def test_the_alerts_of_the_small_city_are_those_seen_before() -> None:
    assert_up_to_date(ALERTS)


def test_the_small_city_says_that_it_is_simulated_and_stays_small() -> None:
    assert (SMALL_CITY / "SIMULATED.json").exists()
    assert sum(file.stat().st_size for file in SMALL_CITY.rglob("*") if file.is_file()) <= 5_000_000
