"""Benefits used by people whose they are not, or no longer: stopped programmes, residents' benefits (D21; A29–A31).

Evidence is a fund's payment for an employee under a programme that was stopped on the day of service, or under
residents' chronic care while insured as an employee only. Care before the stop that is settled after it is lawful, and
so are special programmes in force and residents' own programmes.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.circumstances.enrolled import only_elsewhere, within
from detection.circumstances.funded_care import paid_by_the_benefit, standing
from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from detection.detectors.reach import of_settlement
from features.registry import Frame

_CHRONIC, _SPECIAL = "chronic_outpatient", "special_outpatient"
_RESIDENTS = "resident_two_diseases.in_force"

reach = of_settlement("enrolments")


def hits(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Care that a fund paid an employee for under a programme, on a day on which those of its kind were stopped.

    Chronic programmes were; special ones go on while they are in force (A30). And chronic care settled as a resident's,
    for somebody who on that day was insured as an employee and not as a resident; residents' programmes go on (A31).
    The day of service decides: care before the stop that is settled after it is lawful. At issue is what the
    pooled fund paid.
    """
    used = standing(_under_programmes(context), context)
    as_resident = used.filter(nw.col("cause") == "residents_benefit")
    others = as_resident.join(within(as_resident, context, "employee"), on="settlement_id", how="anti")
    lawful = nw.concat(
        [
            others.select("settlement_id"),
            within(as_resident, context, "resident"),
            only_elsewhere(used, context),
        ]
    )
    paid = context.views["net_settlements"].join(used.select("settlement_id"), on="settlement_id", how="semi")
    unlawful = used.join(lawful, on="settlement_id", how="anti")
    return unlawful.join(
        paid.select("settlement_id", pool="pool_paid"), on="settlement_id", how="inner"
    ).select(
        "settlement_id",
        "provider_id",
        "cause",
        "pool",
        subject_id=nw.col("provider_id"),
        account=nw.lit(0, dtype=nw.Int64),
    )


def _under_programmes(context: DetectorContext) -> Frame:
    """Outpatient care under a programme that a fund paid, with the cause that it may be a hit for."""
    chronic, employee = nw.col("care_type") == _CHRONIC, nw.col("scheme") == "employee"
    policy, day = context.policy, nw.col("service_day")
    stopped = {kind: policy.holds(f"{kind}.in_force", False, day) for kind in (_CHRONIC, _SPECIAL)}
    cause = (
        nw.when(chronic & employee & stopped[_CHRONIC])
        .then(nw.lit("programme_stopped"))
        .when(~chronic & employee & stopped[_SPECIAL])
        .then(nw.lit("special_stopped"))
        .when(chronic & (nw.col("scheme") == "resident") & policy.holds(_RESIDENTS, True, day))
        .then(nw.lit("residents_benefit"))
    )
    return (
        context.assessable.settlements.filter(
            nw.col("care_type").is_in([_CHRONIC, _SPECIAL]),
            paid_by_the_benefit(context),
        )
        .select("settlement_id", "person_id", "provider_id", "service_day", cause=cause)
        .filter(~nw.col("cause").is_null())
    )
