"""A fifth author's scenes and twins, written from published cases of fund supervision without reading any detector.

Each scene is an act of somebody who has a reason, a habit and a limit: it begins, grows or fades (`course.py`), rests
on some days, and stands among honest business of the same place and ordinary life of the same people. Whoever acts is
named in the truth; patients and account owners who know nothing are not. Each twin says in the words of an auditor why
it is dismissed. `life` has lawful events that no truth names. `simulate(author="fifth")` plays them all.

Scenes hook in as those of `data_samples.third` do. Sizes are those of `data_samples.fourth.extent`, on a logarithmic
scale with overlapping strengths and long tails; people, goods and beds come from the helpers of the third and fourth
author, and no scene does.
"""

from data_samples.fifth import life, scenes, twins

__all__ = ["life", "scenes", "twins"]
