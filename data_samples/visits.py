"""What people do on ordinary days: visits, purchases, monthly care, courses, stays, and corrections."""

from __future__ import annotations

import numpy as np

from data_samples.choosing import Habits
from data_samples.costs import draw_totals, fill_desk, split_scope
from data_samples.drafts import Drafts, blank, join, size, take
from data_samples.magnitudes import CATEGORIES, Magnitudes
from data_samples.people import People
from data_samples.period import DAY, MINUTE, Floats, Ints, Period
from data_samples.places import CLINIC, HOSPITAL, PHARMACY, PRIMARY_CARE, Places
from data_samples.timing import day_weights, draw_days, moments

BUY, VISIT, EMERGENCY, CHRONIC, SPECIAL, STAY = range(6)
_YEAR = 365


def ordinary_days(
    rng: np.random.Generator,
    people: People,
    places: Places,
    period: Period,
    sizes: Magnitudes,
) -> tuple[Drafts, Ints]:
    """The city's background, and the people on dialysis as rows (person, provider)."""
    habits = Habits(rng, people, places, sizes)
    buyers = _counts(rng, people, period, sizes["visits"]["pharmacy_per_year"], sizes)
    yearly = np.array([sizes["visits"]["per_year"][name] for name in CATEGORIES])[people.category]
    visitors = _counts(rng, people, period, yearly, sizes)
    dialysis, on_dialysis = _dialysis(rng, people, habits, period, sizes)
    parts = [
        _purchases(rng, buyers, habits, period, sizes),
        _visits(rng, visitors, habits, period, sizes),
        _monthly(rng, people, habits, period, sizes, CHRONIC),
        _monthly(rng, people, habits, period, sizes, BUY),
        _courses(rng, people, habits, period, sizes),
        dialysis,
        _stays(rng, people, habits, period, sizes),
    ]
    drafts = join(parts)
    _fill(rng, drafts, places, sizes)
    _prescriptions(rng, drafts, habits, sizes)
    return drafts, on_dialysis


def _fill(rng: np.random.Generator, drafts: Drafts, places: Places, sizes: Magnitudes) -> None:
    """Amounts and desk data for everything that the visits have left open."""
    open_total = drafts.total == 0
    drafts.total[open_total] = draw_totals(rng, drafts.care, sizes)[open_total]
    split_scope(rng, drafts, sizes)
    kept = {name: getattr(drafts, name).copy() for name in ("item", "lines", "packs")}
    fixed = kept["item"] > 0
    fill_desk(rng, drafts, sizes, places)
    for name, values in kept.items():
        getattr(drafts, name)[fixed] = values[fixed]


def _prescriptions(rng: np.random.Generator, drafts: Drafts, habits: Habits, sizes: Magnitudes) -> None:
    """Some purchases are made on a prescription of the household's usual doctor."""
    buying = drafts.care == BUY
    rows = np.flatnonzero(buying & (rng.random(size(drafts)) < sizes["visits"]["on_prescription"]))
    home = habits.people.household[drafts.person[rows]]
    kind = rng.choice([CLINIC, PRIMARY_CARE, HOSPITAL], len(rows), p=sizes["visits"]["prescriber_kinds"])
    desk = np.choose(kind - 1, [habits.favorites[which][home] for which in (CLINIC, PRIMARY_CARE, HOSPITAL)])
    drafts.desk[rows] = desk
    drafts.doctor[rows] = (rng.random(len(rows)) ** 1.5 * habits.places.doctors[desk]).astype(np.int64)
    drafts.prescribed[rows] = drafts.at[rows] - rng.integers(30 * MINUTE, 2 * DAY, len(rows))


def _counts(
    rng: np.random.Generator, people: People, period: Period, yearly: Floats | float, sizes: Magnitudes
) -> Ints:
    """One row per event: Poisson counts with a frailty that is gamma times log-normal, the person repeated."""
    spread = sizes["visits"]["spread"]
    sigma = sizes["visits"]["frailty_sigma"]
    ill = np.exp(sigma * rng.standard_normal(people.count) - sigma**2 / 2)
    frailty = np.minimum(rng.gamma(spread, 1 / spread, people.count) * ill, sizes["visits"]["frailty_most"])
    expected = yearly * frailty * period.days / _YEAR
    return np.repeat(np.arange(people.count), rng.poisson(expected))


def _purchases(
    rng: np.random.Generator, person: Ints, habits: Habits, period: Period, sizes: Magnitudes
) -> Drafts:
    weights = day_weights(period, sizes, "pharmacy")
    day = draw_days(rng, len(person), period.first_day, weights)
    at = moments(rng, day, sizes, "pharmacy")
    drafts = blank(len(person), person=person, at=at, care=BUY)
    drafts.provider[:] = habits.choose(rng, person, PHARMACY)
    return join([drafts, _companions(rng, drafts, habits.people, sizes)])


def _companions(rng: np.random.Generator, drafts: Drafts, people: People, sizes: Magnitudes) -> Drafts:
    """Family members who come along and settle minutes later."""
    joint = take(drafts, np.flatnonzero(rng.random(size(drafts)) < sizes["visits"]["with_family"]))
    neighbor = np.clip(joint.person + rng.choice([-1, 1], size(joint)), 0, people.insured - 1)
    family = people.household[neighbor] == people.household[joint.person]
    joint.person[:] = neighbor
    joint.at += rng.integers(MINUTE, 10 * MINUTE, size(joint))
    return take(joint, family)


def _visits(
    rng: np.random.Generator, person: Ints, habits: Habits, period: Period, sizes: Magnitudes
) -> Drafts:
    weights = day_weights(period, sizes, "other")
    day = draw_days(rng, len(person), period.first_day, weights)
    urgent = rng.random(len(person)) < sizes["visits"]["urgent"]
    at = np.where(urgent, moments(rng, day, sizes, "emergency"), moments(rng, day, sizes, "other"))
    drafts = blank(len(person), person=person, at=at, care=np.where(urgent, EMERGENCY, VISIT))
    kind = rng.choice([CLINIC, PRIMARY_CARE, HOSPITAL], len(person), p=sizes["visits"]["provider_kinds"])
    kind[urgent] = HOSPITAL
    for which in (CLINIC, PRIMARY_CARE, HOSPITAL):
        rows = kind == which
        drafts.provider[rows] = habits.choose(rng, person[rows], which)
    return join([drafts, _companions(rng, drafts, habits.people, sizes)])


def _monthly(
    rng: np.random.Generator,
    people: People,
    habits: Habits,
    period: Period,
    sizes: Magnitudes,
    care: int,
) -> Drafts:
    """Chronic care, or the same purchase, once a month near a day of one's own at one provider."""
    share = (
        np.array([sizes["visits"]["chronic_share"][name] for name in CATEGORIES])[people.category]
        if care == CHRONIC
        else sizes["visits"]["monthly_buyers"]
    )
    chosen = np.flatnonzero((rng.random(people.count) < share) & (np.arange(people.count) < people.insured))
    person = np.repeat(chosen, period.months)
    own_day = np.repeat(rng.integers(0, 27, len(chosen)), period.months) + rng.integers(-2, 4, len(person))
    day = np.clip(np.tile(period.month_starts, len(chosen)) + own_day, period.first_day, period.last_day)
    kind, profile = (PRIMARY_CARE, "other") if care == CHRONIC else (PHARMACY, "pharmacy")
    drafts = blank(len(person), person=person, at=moments(rng, day, sizes, profile), care=care)
    drafts.provider[:] = habits.favorites[kind][people.household[person]]
    drafts.item[:] = np.repeat(rng.integers(1, 280, len(chosen)), period.months)
    drafts.lines[:] = np.repeat(rng.integers(1, 4, len(chosen)), period.months)
    drafts.total[:] = np.repeat(draw_totals(rng, np.full(len(chosen), care), sizes), period.months)
    if care == CHRONIC:
        drafts.programme[:] = np.repeat(rng.integers(0, 6, len(chosen)), period.months)
    return take(drafts, rng.random(len(person)) < sizes["visits"]["monthly_kept"])


def _courses(
    rng: np.random.Generator, people: People, habits: Habits, period: Period, sizes: Magnitudes
) -> Drafts:
    """Courses of special outpatient care: a few times a month for some months, on no fixed day."""
    wanted = rng.random(people.insured) < sizes["visits"]["courses_share"]
    person = np.repeat(np.flatnonzero(wanted), rng.poisson(20, int(wanted.sum())))
    begin = rng.integers(period.first_day, max(period.first_day + 1, period.last_day - 120), people.insured)
    day = np.minimum(begin[person] + rng.integers(0, 150, len(person)), period.last_day)
    at = moments(rng, day, sizes, "other")
    drafts = blank(len(person), person=person, at=at, care=SPECIAL, programme=6)
    drafts.provider[:] = habits.favorites[HOSPITAL][people.household[person]]
    return drafts


def _dialysis(
    rng: np.random.Generator, people: People, habits: Habits, period: Period, sizes: Magnitudes
) -> tuple[Drafts, Ints]:
    """Three times a week for the whole period, in one of two weekly shifts at one hospital."""
    old = period.last_day - people.birth_day[: people.insured] > 40 * _YEAR
    chosen = np.flatnonzero(old & (rng.random(people.insured) < 2 * sizes["visits"]["dialysis_share"]))
    days = np.arange(period.first_day, period.last_day + 1)
    provider = habits.favorites[HOSPITAL][people.household[chosen]]
    parts = [blank(0)]
    for shift, weekdays_of in enumerate(((0, 2, 4), (1, 3, 5))):
        mine = np.arange(len(chosen)) % 2 == shift
        open_days = days[np.isin((days + 3) % 7, weekdays_of)]
        person = np.repeat(chosen[mine], len(open_days))
        at = np.tile(open_days, int(mine.sum())) * DAY + 8 * 3600 + rng.integers(0, 3600, len(person))
        part = blank(len(person), person=person, at=at, care=SPECIAL, programme=7)
        part.provider[:] = np.repeat(provider[mine], len(open_days))
        parts.append(take(part, rng.random(len(person)) < sizes["visits"]["dialysis_kept"]))
    return join(parts), np.stack([chosen, provider], axis=1)


def _stays(
    rng: np.random.Generator, people: People, habits: Habits, period: Period, sizes: Magnitudes
) -> Drafts:
    """Inpatient stays, settled on the day of discharge."""
    yearly = np.array([sizes["visits"]["inpatient_per_year"][name] for name in CATEGORIES])[people.category]
    person = np.repeat(np.arange(people.insured), rng.poisson(yearly[: people.insured] * period.days / _YEAR))
    day = draw_days(rng, len(person), period.first_day, day_weights(period, sizes, "other"))
    nights, apart = _nights(rng, len(person), sizes["visits"]["nights"]), rng.spawn(1)[0]
    short = apart.random(len(person)) < sizes["visits"]["short_stays"]
    length = np.where(short, apart.integers(1, 3, len(person)), nights)
    drafts = blank(len(person), person=person, care=STAY, admitted=day - length)
    drafts.at[:] = moments(rng, day, sizes, "other")
    drafts.provider[:] = habits.choose(rng, person, HOSPITAL)
    return drafts


def _nights(rng: np.random.Generator, count: int, sizes: Magnitudes) -> Ints:
    """Log-normal lengths of stay."""
    nights = sizes["median"] * np.exp(sizes["sigma"] * rng.standard_normal(count))
    whole: Ints = np.clip(np.round(nights), sizes["least"], sizes["most"]).astype(np.int64)
    return whole
