"""A fourth author's scenes and twins, written from published enforcement cases by somebody who has read no detector.

Each scene is a business that pays for the perpetrator: it hides among lawful care, uses people who exist, and grows as
far as nobody objects. Every size is sampled on a logarithmic scale (`extent.py`): strengths overlap, and some
instances lie far beyond the usual. Days come in bursts and habits (`rhythm.py`), never by a calendar that a rule could
know. `life` has lawful events of the city that no truth names. `simulate(author="fourth")` plays them all.

Scenes hook in as those of `data_samples.third` do, whose helpers they use: `acts`, `dice`, `cast`, `goods`, `beds`,
`cover`, `values` and parts of `pace`.
"""

from data_samples.fourth import life, scenes, twins

__all__ = ["life", "scenes", "twins"]
