"""The pooled fund's share of every draft, to the fen, as `docs/system.md` ("Recalculation") says.

Which care the fund pays follows from what the data show: scheme, kind of care, prescription, provider and day of
service. What is counted by the year is counted in order of the settlements, with reversals at their own moment.
Stays have a deductible each; special care has a share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_samples.accumulating import Counted, accumulate
from data_samples.drafts import Drafts, service_day, size
from data_samples.magnitudes import CARES, CATEGORIES, Magnitudes
from data_samples.people import RESIDENT, People
from data_samples.period import Flags, Ints
from data_samples.places import Places
from data_samples.terms import CHRONIC, NONE, ORDINARY, RESIDENTS, term_of, terms_of
from features.calendar import day_number
from features.money import FEN_PER_YUAN

_PERCENT = 100
_LINES, _YEARS = 4, 1000
"""Room for lines and years in the number of a person's benefit year."""
_BUY, _CHRONIC, _SPECIAL, _STAY = (
    CARES.index(name) for name in ("pharmacy", "chronic_outpatient", "special_outpatient", "inpatient")
)


@dataclass(frozen=True)
class Priced:
    """By draft: fen paid by the pooled fund, of deductible, of the second layer, left to the patient.

    `category` is that of the day of service, or what a scene has written instead; `resident` says the scheme.
    """

    pool: Ints
    deductible: Ints
    second: Ints
    personal: Ints
    category: Ints
    resident: Flags


@dataclass(frozen=True)
class Mispriced:
    """Rows whose pool and deductible are so much above (below: negative) what is due, in fen."""

    row: Ints
    pool: Ints
    deductible: Ints


def price(
    drafts: Drafts,
    people: People,
    places: Places,
    sizes: Magnitudes,
    here: Magnitudes,
    mispriced: Mispriced,
) -> Priced:
    """Prices drafts that are sorted by person.

    Args:
        drafts: all settlements; no two moments of one person are the same.
        people: the patients.
        places: the providers.
        sizes: `magnitudes.toml`.
        here: its part for the pooling area.
        mispriced: what scenes have priced wrong.
    """
    person, day = drafts.person.astype(np.int64), service_day(drafts).astype(np.int64)
    own = people.category_on(person, day)
    resident = np.where(drafts.scheme < 0, own == RESIDENT, drafts.scheme == 1)
    category = np.where(drafts.category < 0, own, drafts.category).astype(np.int64)
    scope = drafts.total - drafts.outside - drafts.ceiling - drafts.copay
    line = _lines(drafts, day, resident, people, places)
    off_pool, off_deductible = (np.zeros(size(drafts), dtype=np.int64) for _ in range(2))
    off_pool[mispriced.row], off_deductible[mispriced.row] = mispriced.pool, mispriced.deductible
    year = _years(day)
    first_year = year == _years(np.array(day_number(here["policy_start"])))
    counted = Counted(
        group=np.where(line > NONE, (person * _LINES + line) * _YEARS + year, -1),
        at=drafts.at,
        reversed_at=drafts.reversed_at,
        scope=scope,
        term=term_of(line, category, places.level[drafts.provider], first_year),
        off_pool=off_pool,
        off_deductible=off_deductible,
    )
    pool, deductible, second = accumulate(counted, terms_of(sizes, here))
    apart, threshold = _apart(drafts, scope, category, people, sizes["benefits"])
    pool = np.where(line > NONE, pool, np.clip(apart + off_pool, 0, scope))
    deductible = np.where(line > NONE, deductible, np.clip(threshold + off_deductible, 0, scope))
    return Priced(pool, deductible, second, drafts.total - pool - second, category, resident)


def _lines(drafts: Drafts, day: Ints, resident: Flags, people: People, places: Places) -> Ints:
    """What each draft is counted with: a purchase only with a prescription, ordinary care only where it is pooled."""
    care, provider = drafts.care, drafts.provider
    on_prescription = (care != _BUY) | (drafts.doctor >= 0)
    ordinary = (care < _CHRONIC) & on_prescription & (day >= places.pooled_from[provider])
    chronic = care == _CHRONIC
    line = np.select(
        [ordinary & ~resident, (ordinary | chronic) & resident, chronic],
        [ORDINARY, RESIDENTS, CHRONIC],
        default=NONE,
    )
    return np.where(people.insured_here(drafts.person), line, NONE)


def _apart(
    drafts: Drafts, scope: Ints, category: Ints, people: People, benefits: Magnitudes
) -> tuple[Ints, Ints]:
    """Pool and deductible of what is not counted by the year: special care and stays; nothing for the rest."""
    here, care = people.insured_here(drafts.person), drafts.care
    special, stay = here & (care == _SPECIAL), here & (care == _STAY)
    threshold = np.where(stay, np.minimum(scope, round(benefits["stay_deductible"] * FEN_PER_YUAN)), 0)
    stay_share = np.array([round(benefits["stay_share"][name] * _PERCENT) for name in CATEGORIES])[category]
    share = np.select([special, stay], [round(benefits["special_share"] * _PERCENT), stay_share], default=0)
    return (scope - threshold) * share // _PERCENT, threshold


def _years(day: Ints) -> Ints:
    """Years since 1970."""
    return day.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
