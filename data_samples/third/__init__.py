"""A third author's scenes and twins, written from published cases and inspection campaigns.

They share the stage of `data_samples.scenes` with the other authors' and nothing else; later authors use the helpers
named below, and no scene. Suspects hide: they mix their business with honest business, pause, vary sums, use
several counters, stay below limits, and involve their families.
Sizes, sums and durations have heavy tails; each planted instance has a strength from 1 (mild) to 3 (strong).
`life` has lawful events of the city that no truth names. `simulate(author="third")` plays them all.

A scene is a function of stage, generator and strength under `@scene(percent)`, a twin one of stage and generator under
`@twin(percent)` (`acts.py`): percent of the city's instances that it has. `dice.py` has the distributions, `cast.py`
people and places, `pace.py` days and hours, `goods.py` items and prescriptions.
"""

from data_samples.third import life, scenes, twins

__all__ = ["life", "scenes", "twins"]
