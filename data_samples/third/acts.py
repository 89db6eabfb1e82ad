"""How often scenes, twins and events play."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from data_samples.scenes import Stage

SceneAct = Callable[[Stage, np.random.Generator, int], None]
TwinAct = Callable[[Stage, np.random.Generator], None]
STRENGTHS: tuple[int, ...] = (1, 2, 3)
_PERCENT = 100


@dataclass(frozen=True)
class Scene:
    """A scene that plays in so many percent of the instances, at least once, with each strength about as often."""

    act: SceneAct
    percent: int

    def __call__(self, city: Stage, rng: np.random.Generator, instances: int) -> None:
        """Plays it on the stage."""
        first = int(rng.integers(len(STRENGTHS)))
        for number in range(_share(instances, self.percent)):
            self.act(city, rng, STRENGTHS[(first + number) % len(STRENGTHS)])


@dataclass(frozen=True)
class Twin:
    """A twin or an event that plays in so many percent of the instances, at least once."""

    act: TwinAct
    percent: int

    def __call__(self, city: Stage, rng: np.random.Generator, instances: int) -> None:
        """Plays it on the stage."""
        for _ in range(_share(instances, self.percent)):
            self.act(city, rng)


def scene(percent: int) -> Callable[[SceneAct], Scene]:
    """Makes a function of stage, generator and strength a scene."""
    return lambda act: Scene(act, percent)


def twin(percent: int) -> Callable[[TwinAct], Twin]:
    """Makes a function of stage and generator a twin or an event."""
    return lambda act: Twin(act, percent)


def _share(instances: int, percent: int) -> int:
    return math.ceil(instances * percent / _PERCENT)
