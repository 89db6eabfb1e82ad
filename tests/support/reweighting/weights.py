"""The values of the fusion and of the line of alerts that could be chosen otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from detection.evidence.fusion import FURTHER
from detection.evidence.of_alerts import TOUCHED
from models.evidence.unit import ALERT

MANY = 1000


@dataclass(frozen=True)
class Weights:
    """Values that re-weight stored evidence.

    Attributes:
        further: share of every further kind of a subject's evidence, 0 to 1.
        involved: share of a case's evidence for whoever is involved and no more, 0 to 1.
        kinds: how many kinds of evidence count at most.
        most: the most that the risk of a subject reaches.
        families: weight of the evidence of a family of detectors; 1 where it is not named.
        lines: least evidence of an alert of a family of statistical detectors; `ALERT` where it is not named.
    """

    further: float = FURTHER
    involved: float = TOUCHED
    kinds: int = MANY
    most: float = float(MANY)
    families: Mapping[str, float] = field(default_factory=dict)
    lines: Mapping[str, float] = field(default_factory=dict)

    def line(self, family: str) -> float:
        """Least evidence of an alert of a family."""
        return self.lines.get(family, ALERT)

    def with_family(self, family: str, weight: float) -> Weights:
        """With another weight of one family; those of 1 are not named."""
        families = {**self.families, family: weight}
        return replace(self, families={name: value for name, value in families.items() if value != 1.0})

    def __str__(self) -> str:
        """As it is printed: ``further 0.5, involved 0.1``, and what else differs from the product's."""
        return ", ".join(self._parts())

    def _parts(self) -> Iterator[str]:
        yield f"further {self.further:g}, involved {self.involved:g}"
        if self.kinds < MANY:
            yield f"{self.kinds} kinds at most"
        if self.most < MANY:
            yield f"risk at most {self.most:g}"
        for family, weight in sorted(self.families.items()):
            yield f"{family} × {weight:.2f}"
        for family, line in sorted(self.lines.items()):
            yield f"{family} from {line:g}"


FIXED = Weights()
"""The product's values."""
