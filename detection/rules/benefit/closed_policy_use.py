"""Benefits used by people they are not, or no longer, for: stopped programmes, residents' benefits (D21; A29–A31)."""

from __future__ import annotations

import narwhals as nw

from detection.cards import Lines
from detection.enrolled import only_elsewhere, within
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
    paid = _chronic_care(facts)
    stopped = paid.filter(nw.col("scheme") == "employee", _says(facts, _PROGRAMMES, value=False))
    as_resident = paid.filter(nw.col("scheme") == "resident", _says(facts, _RESIDENTS, value=True))
    employees = as_resident.join(within(as_resident, facts, "employee"), on="settlement_id", how="semi").join(
        within(as_resident, facts, "resident"), on="settlement_id", how="anti"
    )
    found = nw.concat(
        [
            rows.select("settlement_id", "person_id", "provider_id", "service_day", cause=nw.lit(cause))
            for rows, cause in ((stopped, "programme_stopped"), (employees, "residents_benefit"))
        ]
    )
    return found.join(only_elsewhere(found, facts), on="settlement_id", how="anti").select(
        "settlement_id", "provider_id", "cause", nw.col("provider_id").alias("subject_id")
    )


def _chronic_care(facts: Facts) -> Frame:
    """Outpatient care under a chronic programme that a fund paid for and that stands after reversals."""
    kept = facts.views["net_settlements"].filter(nw.col("care_type") == _CARE).select("settlement_id")
    return facts.settlements.filter(
        nw.col("care_type") == _CARE, nw.sum_horizontal("pool_paid", "other_fund_paid") > 0
    ).join(kept, on="settlement_id", how="semi")


def _says(facts: Facts, name: str, *, value: bool) -> nw.Expr:
    """Whether the policy of the day of service says yes, or no."""
    windows = facts.policy.windows(name) if name in facts.policy.names() else []
    says = nw.lit(False)
    for one in windows:
        day = nw.col("service_day")
        says = nw.when(day >= one.start_day).then(nw.lit(one.value is value)).otherwise(says)
    return says
