"""Chronic programmes that were stopped, and who had been in one."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.calendar import month_of_day
from features.contract.vocabulary import CHRONIC_OUTPATIENT, EMPLOYEE
from features.policy import Policy
from features.registry import Frame, view


@view(
    grain="employee who had a chronic programme before these stopped",
    persist=True,
    order=("insured_code",),
    schema={"insured_code": nw.Int32, "stopped": nw.Int32},
)
def former_chronic_patients(
    settlements: Frame, programme_registrations: Frame, insured: Frame, policy: Policy
) -> Frame:
    """Employees who had a chronic programme before employees' chronic programmes stopped, with that month.

    Known by a settlement of chronic care before that day, or by a registration that began before it, for a programme
    under which chronic care was settled at all.
    """
    windows = policy.known_windows("chronic_outpatient.in_force")
    closed = [window for window in windows if window.value is False]
    day = closed[0].start_day if closed else -1
    chronic = settlements.filter(nw.col("care_type") == CHRONIC_OUTPATIENT)
    settled = chronic.filter(nw.col("scheme") == EMPLOYEE, nw.col("service_day") < day).select("person_id")
    programmes = chronic.filter(~nw.col("programme_code").is_null()).select("programme_code").unique()
    registered = (
        programme_registrations.filter(nw.col("from_day") < day)
        .join(programmes, on="programme_code", how="semi")
        .select("person_id")
    )
    return (
        nw.concat([settled, registered], how="vertical")
        .unique()
        .join(insured.select("insured_code", "person_id"), on="person_id")
        .select("insured_code", month_of_day(nw.lit(day)).cast(nw.Int32).alias("stopped"))
    )
