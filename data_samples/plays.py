"""Plays every scene and every twin on the stage."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import Literal

from data_samples import fifth, fourth, scenes, second, seventh, sixth, third, twins
from data_samples.background import generator
from data_samples.scenes import Stage

Author = Literal["first", "second", "third", "fourth", "fifth", "sixth", "seventh"]
AUTHORS: tuple[Author, ...] = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")
WITH_SCANS: frozenset[Author] = frozenset({"second", "third", "fourth", "fifth", "sixth", "seventh"})
"""Authors whose cities have scans of trace codes."""
WITH_LIMITS: frozenset[Author] = frozenset({"third", "fourth", "fifth", "sixth", "seventh"})
"""Authors in whose cities some items have limits of sex, age and time."""

_FIRST_STREAMS: dict[Author, tuple[int, ...]] = {
    "first": (1, 40),
    "second": (1, 40),
    "third": (1, 43, 95),
    "fourth": (1, 40, 90),
    "fifth": (1, 40, 90),
    "sixth": (1, 40, 90),
    "seventh": (1, 40, 93),
}
"""First streams of scenes, of twins, and of the lawful life around them; all are below 100."""


def play(stage: Stage, seed: int, instances: int, author: Author = "first") -> None:
    """Runs every scene, then every twin, then other lawful life, each with random numbers of its own.

    Args:
        stage: the city.
        seed: the city's seed.
        instances: how many instances of each.
        author: whose scenes and twins are played.
    """
    for package, first in zip(_folders(author), _FIRST_STREAMS[author], strict=True):
        for number, module in enumerate(plays(package)):
            stage.enter(first + number)
            stream = getattr(module, "RANDOM_STREAM", module.__name__)
            module.plant(stage, generator(seed, stream), instances)


def _folders(author: Author) -> tuple[ModuleType, ...]:
    """The packages of the author's scenes and twins, and of other lawful life if there is any."""
    folders: dict[Author, tuple[ModuleType, ...]] = {
        "first": (scenes, twins),
        "second": (second.scenes, second.twins),
        "third": (third.scenes, third.twins, third.life),
        "fourth": (fourth.scenes, fourth.twins, fourth.life),
        "fifth": (fifth.scenes, fifth.twins, fifth.life),
        "sixth": (sixth.scenes, sixth.twins, sixth.life),
        "seventh": (seventh.scenes, seventh.twins, seventh.life),
    }
    return folders[author]


def plays(package: ModuleType) -> list[ModuleType]:
    """The modules of a package that have a `plant`, by name; those marked `FIRST` first."""
    module_names = sorted(info.name for info in pkgutil.iter_modules(package.__path__))
    modules = [importlib.import_module(f"{package.__name__}.{name}") for name in module_names]
    acting = [module for module in modules if hasattr(module, "plant")]
    return sorted(acting, key=lambda module: not getattr(module, "FIRST", False))
