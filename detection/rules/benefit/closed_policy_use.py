"""Benefits used by people they are not, or no longer, for: stopped programmes, residents' benefits (D21; A29–A31)."""

from __future__ import annotations

import narwhals as nw

from detection.cards import Lines
from detection.circumstances.enrolled import only_elsewhere, within
from detection.circumstances.funded_care import standing
from detection.facts import Facts
from features.registry import Frame

_CARE = "chronic_outpatient"
_PROGRAMMES, _RESIDENTS = "chronic_outpatient.in_force", "resident_two_diseases.in_force"


def hits(facts: Facts, line: Lines) -> Frame:
    """Chronic care that a fund paid an employee for on a day on which the programmes were stopped.

    And chronic care settled as a resident's, for somebody who on that day was insured as an employee and not
    as a resident. What is asked is the day of service: care before the stop that is settled after it
    is lawful. Special programmes go on (A30), and so do residents' (A31).
    """
    used = standing(_chronic_care(facts), facts)
    as_resident = used.filter(nw.col("cause") == "residents_benefit")
    others = as_resident.join(within(as_resident, facts, "employee"), on="settlement_id", how="anti")
    lawful = nw.concat(
        [
            others.select("settlement_id"),
            within(as_resident, facts, "resident"),
            only_elsewhere(used, facts),
        ]
    )
    return used.join(lawful, on="settlement_id", how="anti").select(
        "settlement_id", "provider_id", "cause", nw.col("provider_id").alias("subject_id")
    )


def _chronic_care(facts: Facts) -> Frame:
    """Outpatient care under a chronic programme that a fund paid, with the cause that it may be a hit for."""
    cause = (
        nw.when((nw.col("scheme") == "employee") & _says(facts, _PROGRAMMES, value=False))
        .then(nw.lit("programme_stopped"))
        .when((nw.col("scheme") == "resident") & _says(facts, _RESIDENTS, value=True))
        .then(nw.lit("residents_benefit"))
    )
    return (
        facts.settlements.filter(
            nw.col("care_type") == _CARE, nw.sum_horizontal("pool_paid", "other_fund_paid") > 0
        )
        .select("settlement_id", "person_id", "provider_id", "service_day", cause=cause)
        .filter(~nw.col("cause").is_null())
    )


def _says(facts: Facts, name: str, *, value: bool) -> nw.Expr:
    """Whether the policy of the day of service says yes, or no."""
    windows = facts.policy.windows(name) if name in facts.policy.names() else []
    says = nw.lit(False)
    for one in windows:
        day = nw.col("service_day")
        says = nw.when(day >= one.start_day).then(nw.lit(one.value is value)).otherwise(says)
    return says
