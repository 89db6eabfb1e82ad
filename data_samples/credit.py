"""What a personal account is due for a month, before and after mutual aid began."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_samples.magnitudes import CATEGORIES, Magnitudes
from data_samples.people import RESIDENT, RETIRED, People
from data_samples.period import Ints
from features.calendar import day_number
from features.money import FEN_PER_YUAN

_THOUSAND = 1000
_YEAR = 365
_ACTIVE = CATEGORIES.index("active")


@dataclass(frozen=True)
class CreditRules:
    """Dates as days, shares in thousandths, money in fen.

    Attributes:
        start: first day of mutual aid.
        uniform_from: first day on which all retired people are credited the same `uniform`.
        own, own_before: share of the contribution base that goes into the account.
        employer_before: the employer's share that went there, of the active.
        retired_before: rows (age from, share): what the retired had, by their age when mutual aid began.
    """

    start: int
    uniform_from: int
    uniform: int
    own: int
    own_before: int
    employer_before: int
    retired_before: tuple[tuple[int, int], ...]


def credit_rules(sizes: Magnitudes, here: Magnitudes) -> CreditRules:
    """The rules of an area, from `magnitudes.toml` and its part for the area."""
    accounts = sizes["accounts"]
    by_age = accounts["retired_share_before"].items()
    return CreditRules(
        start=day_number(here["policy_start"]),
        uniform_from=day_number(here["retired_uniform_from"]),
        uniform=round(here["retired_credit"] * FEN_PER_YUAN),
        own=round(accounts["credit_share"] * _THOUSAND),
        own_before=round(accounts["credit_share_before"] * _THOUSAND),
        employer_before=round(accounts["employer_share_before"] * _THOUSAND),
        retired_before=tuple((int(name[5:]), round(share * _THOUSAND)) for name, share in by_age),
    )


def due_credit(people: People, person: Ints, day: Ints, rules: CreditRules) -> tuple[Ints, Ints]:
    """Fen due on a credit day: from the person's own contribution or pension rule, and from the employer.

    Nothing is due to those who are not enrolled on the day, whose benefits pause, or who have no account.
    """
    category, base = people.category_on(person, day), people.base[person]
    before = day < rules.start
    own = base * np.where(before, rules.own_before, rules.own) // _THOUSAND
    own = np.where(category == RETIRED, _of_retired(people, person, day, rules), own)
    employer = np.where(before & (category == _ACTIVE), base * rules.employer_before // _THOUSAND, 0)
    due = people.covered(person, day) & (category != RESIDENT) & people.has_account(person)
    return np.where(due, own, 0), np.where(due, employer, 0)


def _of_retired(people: People, person: Ints, day: Ints, rules: CreditRules) -> Ints:
    """The same for all, or what the person has had: it stays as it was when mutual aid began."""
    age = (rules.start - people.birth_day[person]) // _YEAR
    share = np.zeros(len(person), dtype=np.int64)
    for least, thousandths in rules.retired_before:
        share = np.where(age >= least, thousandths, share)
    return np.where(day >= rules.uniform_from, rules.uniform, people.base[person] * share // _THOUSAND)
