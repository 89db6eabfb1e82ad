"""When and where scenes play: days of one month, times in opening hours, providers far from each other."""

from __future__ import annotations

import numpy as np

from data_samples.magnitudes import KINDS
from data_samples.period import DAY, Floats, Ints
from data_samples.scenes import Stage, second

_KM_A_DEGREE = 111.2


def a_month(city: Stage, rng: np.random.Generator, first_day: int | None = None) -> tuple[int, int]:
    """First and last day of a month of the period, of the last one when none begins on `first_day` or later."""
    starts = city.period.month_starts
    fitting = np.flatnonzero(starts >= (starts[0] if first_day is None else first_day))
    number = int(rng.choice(fitting)) if len(fitting) else len(starts) - 1
    ends = np.r_[starts[1:], city.period.last_day + 1] - 1
    return int(starts[number]), int(ends[number])


def within_a_year(
    city: Stage, rng: np.random.Generator, days: int, first_day: int | None = None
) -> tuple[int, int]:
    """A month as of `a_month`, or so many days from its first one on, as far as calendar year and period go."""
    first, last = a_month(city, rng, first_day)
    following = np.array([first], dtype="datetime64[D]").astype("datetime64[Y]") + 1
    end = int(following.astype("datetime64[D]").astype(np.int64)[0]) - 1
    return first, max(last, min(first + days - 1, end, city.period.last_day))


def in_hours(rng: np.random.Generator, days: Ints | int, opens: float = 8.5, closes: float = 17.5) -> Ints:
    """A time between these hours on each of the days, in seconds."""
    day = np.atleast_1d(np.asarray(days, dtype=np.int64))
    times: Ints = day * DAY + rng.integers(second(opens), second(closes), len(day))
    return times


def kilometers(city: Stage, origin: int, others: Ints) -> Floats:
    """As the crow flies, from one provider to others."""
    places = city.places
    north = places.latitude[others] - places.latitude[origin]
    east = (places.longitude[others] - places.longitude[origin]) * np.cos(np.radians(places.latitude[origin]))
    distance: Floats = _KM_A_DEGREE * np.hypot(north, east)
    return distance


def far_from(city: Stage, rng: np.random.Generator, provider: int, kind: str, least_km: float) -> int:
    """A provider of the kind at least so far away, or the farthest one; none that is one scene's subject."""
    members = np.flatnonzero((city.places.kind == KINDS.index(kind)) & ~city.provider_taken)
    distance = kilometers(city, provider, members)
    far = members[distance >= least_km]
    chosen = int(rng.choice(far) if len(far) else members[np.argmax(distance)])
    city.provider_visited[chosen] = True
    return chosen
