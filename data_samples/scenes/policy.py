"""Since when relatives may pay in the city."""

from __future__ import annotations

from data_samples.scenes import Stage


def lawful_from(city: Stage) -> int:
    """First day of the period on which outpatient mutual aid is in force here."""
    return max(city.period.first_day, city.policy_start)
