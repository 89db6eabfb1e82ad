"""From a day on a health center gives one brand to everybody who had several: it has won the city's tender.

The auditor: invoices of the wholesaler show as many boxes as were billed, and neighboring centers changed in the same
month. That one item has most of the turnover is what a tender is for.
"""

from __future__ import annotations

import numpy as np

from data_samples.fifth.course import grown
from data_samples.fourth.extent import several_of, sums, wide
from data_samples.fourth.rhythm import on_workdays
from data_samples.scenes import Stage
from data_samples.third.acts import twin
from data_samples.third.cast import about, host, passers_by
from data_samples.third.goods import drugs, mixed
from data_samples.third.pace import every_day, since_reform, stretch, usual


@twin(9)
def plant(city: Stage, rng: np.random.Generator) -> None:
    """Nearly everybody after the day, nearly nobody before; the price is that of the tender."""
    center = host(city, rng, "primary_care")
    span = stretch(city, rng, several_of(rng, 120, 420), since_reform(city))
    change = int(rng.integers(span[0] + 20, span[1] - 20))
    days = on_workdays(grown(rng, every_day(span), several_of(rng, 40, 200)))
    days = np.sort(np.maximum(days, span[0]))
    people = passers_by(city, rng, max(5, round(len(days) / wide(rng, 1.5, 5.0))), center)
    brand = drugs(rng, 1)
    later = days >= change
    item = np.where(later, mixed(rng, len(days), brand, 0.9), mixed(rng, len(days), brand, 0.03))
    handles = city.settle(
        rng,
        rng.choice(people, len(days)),
        center,
        usual(city, rng, days, "other"),
        care="outpatient",
        total=sums(rng, len(days), 90, 260, 1_500),
        item=item,
        certain=False,
    )
    instance = about(city, city.instance("substitution", lookalike=True), center)
    instance.settled(handles[item == brand[0]])
