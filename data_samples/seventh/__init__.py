"""A seventh author's scenes and twins, written from the typologies and published cases without reading any detector.

Each scene takes a published case and keeps what its people would keep: their own illnesses, honest customers beside
them, days without business. Its docstring names the kind of case. Each twin shares the surface of a pattern, says
why it is lawful, and leaves the traces of its cause. `life` has lawful events that no truth names.
`simulate(author="seventh")` plays all.

Sizes and bills come from `measure.py`, days and hours from `diary.py`; people, places and goods are chosen with the
helpers of the third and fourth author, whose scenes were not read.
"""

from data_samples.seventh import life, scenes, twins

__all__ = ["life", "scenes", "twins"]
