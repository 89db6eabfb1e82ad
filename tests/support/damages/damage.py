"""A damage of an export, and how it is chosen."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from support.damages.export import SmallExport

BY_ITSELF = ("survey_answers",)
"""Tables that no other table and no detector refers to: what is lost there only another delivery can show."""


@dataclass(frozen=True)
class Structural:
    """One damage of a whole table, column or file.

    Attributes:
        kind: what was suffered.
        table: the table that is damaged.
        columns: a statement has to name one of these; where there are none, the table alone.
        write: writes the damaged export into a new folder.
    """

    kind: str
    table: str
    columns: tuple[str, ...]
    write: Callable[[Path], object]

    @property
    def name(self) -> str:
        """Kind, table and the first columns."""
        return f"{self.kind}: {'.'.join(filter(None, [self.table, ', '.join(self.columns[:2])]))}"


Draw = Callable[[SmallExport, random.Random], Structural]


def any_table(export: SmallExport, rng: random.Random) -> str:
    """A table that others refer to, or that a detector reads."""
    return rng.choice([name for name in export.tables if name not in BY_ITSELF])
