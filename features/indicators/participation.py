"""Participation: do those whom the reform is for take part in it?"""

from __future__ import annotations

import narwhals as nw

from features.indicators.care import within
from features.indicators.ground import Ground, Source, relation
from features.indicators.ledger import balances
from features.indicators.limits import windows_of
from features.indicators.periods import YEAR, Period, day_number, first_day, month_of
from features.indicators.population import entitled_months
from features.indicators.registry import Drawn, indicator
from features.registry import Frame


@indicator()
def pooled_participation(ground: Ground, period: Period, line: Drawn) -> Frame:
    """Of people entitled for at least ``entitled_months``, those for whom the pool paid ordinary outpatient care.

    Entitlement is counted over the period, or over the year up to its end where the period is shorter.
    """
    since = min(period.start, period.end - YEAR + 1)
    asked = entitled_months(ground, since, period.end).filter(nw.col("months") >= line["entitled_months"])
    paid = within(ground, "person_months", period).filter(nw.col("paid") > 0).select("person").unique()
    return flagged(asked.select("person", "person_category"), paid)


@indicator()
def authorised_holders(ground: Ground, period: Period, _: Drawn) -> Frame:
    """Of owners of an account with a balance at the period's end, those with an authorisation in force that day."""
    holders = balances(ground, period.end).filter(nw.col("balance") > 0).select("person")
    return flagged(holders, authorising(ground, period, at_the_end=True))


@indicator()
def former_chronic_unseen(ground: Ground, period: Period, line: Drawn) -> Frame:
    """Of people who had a chronic programme before it stopped, those without any care for ``unseen_months``.

    Only those who are entitled in the last month of the period; the programme stopped that long ago at least.
    """
    months = line["unseen_months"]
    stopped = ground["former_chronic"].filter(nw.col("stopped") <= period.end - months + 1)
    entitled = entitled_months(ground, period.end, period.end).select("person", "person_category")
    cared_for = (
        ground["attended"]
        .filter(nw.col("month").is_between(period.end - months + 1, period.end))
        .select("person")
        .unique()
    )
    asked = entitled.join(stopped.select("person"), on="person", how="semi")
    seen = flagged(asked, cared_for)
    return seen.with_columns(numerator=1 - nw.col("numerator"))


@relation(order=("person",), reads=("people",))
def former_chronic(source: Source, ground: Ground) -> Frame:
    """Employees who had a chronic programme before employees' chronic programmes stopped: person, stopped (month).

    Known by a settlement of chronic care before that day, or by a registration that began before it, for a programme
    under which chronic care was settled at all.
    """
    known = [one for one in windows_of(source.policy, "chronic_outpatient.in_force") if one.value is False]
    day = known[0].start_day if known else -1
    chronic = source.tables.settlements.filter(nw.col("care_type") == "chronic_outpatient")
    settled = chronic.filter(nw.col("scheme") == "employee", nw.col("service_day") < day).select("person_id")
    programmes = chronic.filter(~nw.col("programme_code").is_null()).select("programme_code").unique()
    registered = (
        source.tables.programme_registrations.filter(nw.col("from_day") < day)
        .join(programmes, on="programme_code", how="semi")
        .select("person_id")
    )
    people = ground["people"].select("person", "person_id")
    return (
        nw.concat([settled, registered], how="vertical")
        .unique()
        .join(people, on="person_id")
        .select("person", month_of(nw.lit(day)).cast(nw.Int32).alias("stopped"))
    )


def authorising(ground: Ground, period: Period, *, at_the_end: bool = False) -> Frame:
    """Owners with an authorisation in force on some day of a period, or on its last day: person, once."""
    last = day_number(period.last_day)
    first = last if at_the_end else day_number(first_day(period.start))
    open_yet = nw.col("end_day").is_null() | (nw.col("end_day") >= first)
    return ground["authorised"].filter(nw.col("start_day") <= last, open_yet).select("person").unique()


def flagged(people: Frame, those: Frame) -> Frame:
    """A row of each of the people: denominator 1, and numerator 1 for those who are among the others."""
    return people.join(
        those.with_columns(numerator=nw.lit(1).cast(nw.Int64)), on="person", how="left"
    ).with_columns(nw.col("numerator").fill_null(0), denominator=nw.lit(1).cast(nw.Int64))
