"""D29: an account is credited otherwise than the rules say, for each of eight causes.

Too much or too little for the contribution base; a month twice or not at all; several months in one entry; the
employer's share for everyone of one employer; a retired person's credit off the uniform amount, or changed in the year
in which it was to stay as it was. These are errors of the agency: what is credited too little is owed to the insured.
"""

from __future__ import annotations

import numpy as np

from data_samples.period import Ints
from data_samples.ranges import Ranges
from data_samples.scenes import Stage
from features.calendar import day_number

_THOUSAND = 1000
_DUE = 20
"""Thousandths of the contribution base that are due."""
_FEWEST_EMPLOYEES = 4


def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
    """One instance is one account, or the accounts of one employer; every city has each cause that it can have."""
    causes = [_too_much, _too_little, _twice, _missing, _in_one_entry, _with_employers_share]
    causes += [_off_the_uniform_amount] if len(_uniform_months(city)) else []
    causes += [_changed_meanwhile] if len(_unchanged_months(city)) > 2 else []
    for number, strength in enumerate(city.strengths(rng, max(instances, len(causes)))):
        causes[number % len(causes)](city, rng, city.ranges("credit_rule_violation", strength))


def _too_much(city: Stage, rng: np.random.Generator, ranges: Ranges) -> None:
    """An active or flexibly employed person goes on with a higher rate."""
    _at_another_rate(city, rng, ranges, _DUE + ranges.count(rng, "high"))


def _too_little(city: Stage, rng: np.random.Generator, ranges: Ranges) -> None:
    """A lower rate than what the base gives."""
    _at_another_rate(city, rng, ranges, _DUE - ranges.count(rng, "low"))


def _at_another_rate(city: Stage, rng: np.random.Generator, ranges: Ranges, rate: int) -> None:
    owner = _contributor(city, rng, ["flexible"] if rng.random() < 0.3 else ["active"])
    credited = int(city.people.base[owner]) * rate // _THOUSAND
    months = _in_a_row(rng, _months(city), ranges.count(rng, "months"))
    off = [_credit(city, owner, int(month), credited) for month in months]
    _record(city, owner, ranges, sum(off))


def _twice(city: Stage, rng: np.random.Generator, ranges: Ranges) -> None:
    """A month or some are credited a second time some days later."""
    owner = _contributor(city, rng, ["active", "flexible"])
    months, due = _months(city), city.due(owner)
    twice = rng.choice(months, ranges.count(rng, "twice", len(months)), replace=False)
    for month in twice.tolist():
        day = int(city.period.month_starts[month]) + city.credit_day - 1 + int(rng.integers(1, 15))
        city.extra_credit(owner, day, int(due[month]), month)
    _record(city, owner, ranges, int(due[twice].sum()))


def _missing(city: Stage, rng: np.random.Generator, ranges: Ranges) -> None:
    """Months in a row are never credited, although contributions were paid."""
    owner = _contributor(city, rng, ["active", "flexible"])
    missing = ranges.count(rng, "missing")
    # Months before and after it are credited, so that nobody takes it for a late beginning or an end.
    off = [_credit(city, owner, int(month), 0) for month in _in_a_row(rng, _months(city)[:-1], missing)]
    _record(city, owner, ranges, sum(off))


def _in_one_entry(city: Stage, rng: np.random.Generator, ranges: Ranges) -> None:
    """Several months are credited at once, as it was done before."""
    owner = _contributor(city, rng, ["active", "flexible"])
    months = _in_a_row(rng, _months(city), ranges.count(rng, "lump"))
    city.lump_credit(owner, int(months[0]), len(months))
    _record(city, owner, ranges, int(city.due(owner)[months[1:]].sum()))


def _with_employers_share(city: Stage, rng: np.random.Generator, ranges: Ranges) -> None:
    """All employees of one employer get a part of its contributions for some months."""
    employer = city.pick_employer(rng, _FEWEST_EMPLOYEES)
    free = city.steady & ~city.taken & (city.people.employer == employer)
    who = city.pick_people(rng, int(free.sum()), employer=employer, unrelated=False)
    share = ranges.count(rng, "employer")
    part = city.people.base[who] * share // _THOUSAND
    months = _in_a_row(rng, _months(city), ranges.count(rng, "months"))
    for month in months.tolist():
        city.employer_share(who, month, part)
        for owner, fen in zip(who.tolist(), part.tolist(), strict=True):
            _credit(city, owner, month, int(city.due(owner)[month]) + fen)
    instance = city.instance("credit_rule_violation", strength=ranges.strength)
    instance.subject("group").member("person", who)
    instance.worth(int(part.sum()) * len(months))


def _off_the_uniform_amount(city: Stage, rng: np.random.Generator, ranges: Ranges) -> None:
    """A retired person is credited more or less than all others."""
    owner = _contributor(city, rng, ["retired"])
    _off(city, rng, owner, ranges, _in_a_row(rng, _uniform_months(city), ranges.count(rng, "months")))


def _changed_meanwhile(city: Stage, rng: np.random.Generator, ranges: Ranges) -> None:
    """A retired person's credit changes in the year in which the old standard was to stay."""
    owner = _contributor(city, rng, ["retired"])
    months = _unchanged_months(city)
    _off(city, rng, owner, ranges, months[int(rng.integers(1, len(months) - 1)) :])


def _off(city: Stage, rng: np.random.Generator, owner: int, ranges: Ranges, months: Ints) -> None:
    """Some yuan more or less than due, the same in all the months."""
    off, due = int(ranges.fen(rng, "off", 1)[0]) * int(rng.choice([-1, 1])), city.due(owner)
    wrong = [_credit(city, owner, month, int(due[month]) + off) for month in months.tolist()]
    _record(city, owner, ranges, sum(wrong))


def _credit(city: Stage, owner: int, month: int, fen: int) -> int:
    """Credits so much for the month; how much that is off, unsigned."""
    city.set_credit(owner, month, fen)
    return abs(fen - int(city.due(owner)[month]))


def _contributor(city: Stage, rng: np.random.Generator, categories: list[str]) -> int:
    people = city.pick_people(rng, 1, categories=categories, account=True, unrelated=False)
    return int(people[0])


def _months(city: Stage) -> Ints:
    """Months of the period, as `set_credit` counts them, in which the rules of mutual aid hold."""
    months: Ints = np.flatnonzero(city.period.month_starts >= city.policy_start)
    return months


def _uniform_months(city: Stage) -> Ints:
    """Those in which all retired people are credited the same."""
    months: Ints = np.flatnonzero(city.period.month_starts >= _uniform_from(city))
    return months


def _unchanged_months(city: Stage) -> Ints:
    """Those in which the retired keep what they had."""
    starts = city.period.month_starts
    months: Ints = np.flatnonzero((starts >= city.policy_start) & (starts < _uniform_from(city)))
    return months


def _uniform_from(city: Stage) -> int:
    return day_number(city.here["retired_uniform_from"])


def _in_a_row(rng: np.random.Generator, months: Ints, wanted: int) -> Ints:
    """So many months that follow each other, or all."""
    count = min(len(months), wanted)
    begin = int(rng.integers(0, len(months) - count + 1))
    return months[begin : begin + count]


def _record(city: Stage, owner: int, ranges: Ranges, fen: int) -> None:
    city.instance("credit_rule_violation", strength=ranges.strength).subject("person", owner).worth(fen)
