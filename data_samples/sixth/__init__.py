"""A sixth author's scenes and twins, written from the typologies and published cases without reading any detector.

Each scene is the business of people who divide the work: collectors and card holders, a clinic and its drivers, a
shop and a prescribing doctor, a payroll office, an agency's night run. Its docstring names the kind of published case.
Each twin says why it is lawful. `life` has lawful events that no truth names. `simulate(author="sixth")` plays all.

Sizes come from `sizes.py` and days from `rounds.py`; people, places and goods are chosen with the helpers of the third
and fourth author, whose scenes were not read.
"""

from data_samples.sixth import life, scenes, twins

__all__ = ["life", "scenes", "twins"]
