"""Rows about people and providers: persons, enrolments, providers, authorizations, status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from data_samples.credit import CreditRules, due_credit
from data_samples.families import RELATIONS, Authorizations
from data_samples.ids import of_settlements, spread
from data_samples.magnitudes import CATEGORIES, KINDS, LEVELS
from data_samples.people import RESIDENT, RETIRED, People
from data_samples.period import NEVER, Ints
from data_samples.places import Places
from data_samples.writing import days, names, times, yuan

_STATUS = ("active", "suspended", "terminated")


def region_codes(area: str, district: Ints) -> pl.Series:
    """Six-digit divisions within the pooling area."""
    return pl.Series([f"{int(area) + 1 + number:06d}" for number in np.asarray(district)], dtype=pl.String)


def person_frame(people: People, ids: pl.Series, area: str) -> pl.DataFrame:
    """persons: everyone, relatives insured elsewhere included."""
    return pl.DataFrame(
        {
            "person_id": ids,
            "sex": names(("female", "male"), people.male.astype(np.int64)),
            "birth_date": days(people.birth_day),
            "region_code": region_codes(area, people.district),
            "death_date": days(people.death_day, people.death_day >= NEVER),
        }
    ).sort("person_id")


def enrolment_frame(
    people: People, ids: pl.Series, area: str, second_enrolments: Sequence[tuple[int, int, int, int, int]]
) -> pl.DataFrame:
    """enrolments: one row for each interval between changes of status, category or employer.

    Args:
        people: the population.
        ids: person ids.
        area: pooling area.
        second_enrolments: second enrolments: person, scheme, category, first and last day.
    """
    insured = np.arange(people.insured)
    first, last = people.cover_from[insured], people.cover_to[insured]
    cuts = np.stack(
        [first, people.change_day[insured], people.pause_from[insured], people.pause_to[insured] + 1], axis=1
    )
    cuts = np.sort(np.clip(cuts, first[:, None], NEVER), axis=1)
    starts = cuts
    ends = np.concatenate([cuts[:, 1:] - 1, np.full((len(insured), 1), NEVER)], axis=1)
    ends = np.minimum(np.where(ends >= NEVER - 1, NEVER, ends), last[:, None])
    real = (starts <= ends) & (starts < NEVER)
    person = np.broadcast_to(insured[:, None], starts.shape)[real]
    start, end = starts[real], ends[real]
    category = people.category_on(person, start)
    employer = np.where(
        start >= people.change_day[person], people.employer_later[person], people.employer[person]
    )
    paused = (start >= people.pause_from[person]) & (start <= people.pause_to[person])
    more = np.array(second_enrolments, dtype=np.int64).reshape(-1, 5)
    scheme = np.r_[(category == RESIDENT).astype(np.int64), more[:, 1]]
    person, category = np.r_[person, more[:, 0]], np.r_[category, more[:, 2]]
    start, end = np.r_[start, more[:, 3]], np.r_[end, more[:, 4]]
    paused, employer = (
        np.r_[values, np.full(len(more), none)] for values, none in ((paused, 0), (employer, -1))
    )
    employers = spread("U", np.maximum(employer, 0), 7)
    return pl.DataFrame(
        {
            "person_id": names(ids, person),
            "scheme": names(("employee", "resident"), scheme),
            "person_category": names(CATEGORIES, category),
            "status": names(_STATUS, paused.astype(np.int64)),
            "pooling_area": pl.Series([area]).new_from_index(0, len(person)),
            "employer_id": names(employers, np.where(employer < 0, -1, np.arange(len(employer)))),
            "start_date": days(start),
            "end_date": days(end, end >= NEVER),
        }
    ).sort("person_id", "start_date", "scheme")


def contribution_frame(
    people: People,
    ids: pl.Series,
    month_start: int,
    credit_day: int,
    rules: CreditRules,
    planned: Mapping[int, int],
) -> pl.DataFrame:
    """Contributions of one month: the wage base, and what goes into the account; only where it is due.

    Args:
        people: the population.
        ids: person ids.
        month_start: first day of the month.
        credit_day: day of the month on which accounts are credited.
        rules: what is due.
        planned: by person, the employer's part instead of what is due.
    """
    person = np.arange(people.insured)
    day = month_start + credit_day - 1
    on_day = np.full(len(person), day)
    own, employer = due_credit(people, person, on_day, rules)
    for who, fen in planned.items():
        employer[who] = fen
    person = person[(own > 0) & (people.category_on(person, on_day) < RETIRED)]
    count = len(person)
    return pl.DataFrame(
        {
            "person_id": names(ids, person),
            "accrual_month": pl.Series([str(np.datetime64(month_start, "D"))[:7]]).new_from_index(0, count),
            "contribution_base": yuan(people.base[person]),
            "person_into_account": yuan(own[person]),
            "employer_into_account": yuan(employer[person]),
            "paid_on": days(np.full(count, day - 1)),
        }
    ).sort("person_id")


def provider_frame(places: Places, ids: pl.Series, area: str) -> pl.DataFrame:
    """providers: designated institutions; one that lost its agreement keeps its row."""
    kind_names = ("药店", "诊所", "卫生服务中心", "医院")
    return pl.DataFrame(
        {
            "provider_id": ids,
            "provider_name": [
                f"模拟{kind_names[kind]}{number + 1}" for number, kind in enumerate(places.kind)
            ],
            "provider_kind": names(KINDS, places.kind),
            "level": names(LEVELS, places.level),
            "pooling_area": pl.Series([area]).new_from_index(0, places.count),
            "district_code": region_codes(area, places.district),
            "latitude": places.latitude,
            "longitude": places.longitude,
            "owner_id": spread("L", places.owner, 7),
            "agreement_start": days(places.agreement_from),
            "agreement_end": days(places.suspended_from - 1, ~places.ended),
            "pooled_outpatient_from": days(places.pooled_from, places.pooled_from >= NEVER),
        }
    ).sort("provider_id")


def status_frame(places: Places, ids: pl.Series) -> pl.DataFrame:
    """provider_status: active from the agreement on, with an interval of suspension, the end or a renewal."""
    every = np.arange(places.count)
    away = every[places.suspended_from < NEVER]
    back = away[places.suspended_to[away] < NEVER]
    anew = every[places.renewed < NEVER]
    provider = np.r_[every, away, back, anew]
    status = np.r_[np.zeros(len(every)), np.where(places.ended[away], 2, 1), np.zeros(len(back) + len(anew))]
    start = np.r_[
        places.agreement_from,
        places.suspended_from[away],
        places.suspended_to[back] + 1,
        places.renewed[anew],
    ]
    first_end = np.minimum(places.suspended_from, places.renewed) - 1
    end = np.r_[first_end, places.suspended_to[away], np.full(len(back) + len(anew), NEVER)]
    end = np.where((end >= NEVER - 1), NEVER, end)
    return pl.DataFrame(
        {
            "provider_id": names(ids, provider),
            "status": names(_STATUS, status.astype(np.int64)),
            "from": days(start),
            "to": days(end, end >= NEVER),
        }
    ).sort("provider_id", "from")


def authorization_frame(granted: Authorizations, ids: pl.Series) -> pl.DataFrame:
    """Rows of the contract table `family_authorizations`."""
    return pl.DataFrame(
        {
            "authorization_id": of_settlements("A", granted["stream"], granted["number"]),
            "payer_id": names(ids, granted["payer"]),
            "beneficiary_id": names(ids, granted["beneficiary"]),
            "relation": names(RELATIONS, granted["relation"]),
            "valid_from": times(granted["valid_from"]),
            "valid_to": times(granted["valid_to"], granted["valid_to"] < 0),
            "channel": names(("app", "counter"), granted["number"] % 2),
            "verified": granted["verified"],
        }
    ).sort("authorization_id")
