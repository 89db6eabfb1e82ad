"""Scenes planted in the simulated city, one module per typology."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

from data_samples import scenes, twins
from data_samples.background import generator
from data_samples.period import DAY, MINUTE
from data_samples.scenes.stage import Stage, second
from data_samples.scenes.truth import Instance

__all__ = ["DAY", "MINUTE", "Instance", "Stage", "play", "second"]

_TWINS_FROM = 50
"""First stream of the twins; scenes are numbered from 1."""


def play(stage: Stage, seed: int, instances: int) -> None:
    """Runs every scene, then every twin, each with random numbers of its own.

    Args:
        stage: the city.
        seed: the city's seed.
        instances: how many instances of each.
    """
    for package, first in ((scenes, 1), (twins, _TWINS_FROM)):
        for number, module in enumerate(plays(package)):
            stage.enter(first + number)
            module.plant(stage, generator(seed, module.__name__), instances)


def plays(package: ModuleType) -> list[ModuleType]:
    """The modules of a package that have a `plant`, by name."""
    found = sorted(info.name for info in pkgutil.iter_modules(package.__path__))
    modules = [importlib.import_module(f"{package.__name__}.{name}") for name in found]
    return [module for module in modules if hasattr(module, "plant")]
