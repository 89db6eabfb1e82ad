"""A second author's scenes and twins, written from the typologies and from published cases.

They share the stage of `data_samples.scenes` with the first author's, and nothing else: other ways of doing things,
other numbers. Sizes, amounts and rhythms have wide ranges with heavy tails; each planted instance has a strength
from 1 (mild: fewer people, more noise, longer pauses) to 3 (strong). `simulate(author="second")` plays them.
"""

from data_samples.second import scenes, twins

__all__ = ["scenes", "twins"]
