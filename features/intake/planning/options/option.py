"""An option of an import preset: what it inspects, and how its value is chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from features.errors import WordedError
from features.intake.manifest import Decision
from features.intake.planning.options.source_sample import SourceSample


class UnclearError(WordedError, LookupError):
    """The data do not determine an option. The text names what was seen, and the values to choose from."""


@dataclass(frozen=True)
class Option:
    """An option whose value the data can determine.

    Attributes:
        name: its name in the preset.
        table: contract table whose files `resolve` inspects.
        column: contract column that depends on the option; a fund that maps it needs no option.
        resolve: chooses the value, or raises `UnclearError`.
    """

    name: str
    table: str
    column: str
    resolve: Callable[[SourceSample], Decision]
