"""Every feature in words, for readers: what it says, about whom, and what it needs."""

from __future__ import annotations

from dataclasses import dataclass

from features.registry import all_features


@dataclass(frozen=True)
class FeatureNote:
    """One feature as the Methods page shows it; ``en`` and ``zh`` are templates with ``{value}``."""

    name: str
    entity: str
    family: str
    unit: str
    direction: str
    reversals: str
    minutes: bool
    needs: tuple[str, ...]
    means: str
    en: str
    zh: str


def feature_notes() -> tuple[FeatureNote, ...]:
    """Notes on all registered features, by name."""
    return tuple(
        FeatureNote(
            name=one.name,
            entity=one.entity,
            family=one.family,
            unit=one.unit,
            direction=one.direction,
            reversals=one.reversals,
            minutes=one.minutes,
            needs=tuple(
                f"{table}.{column}" for table, columns in one.needs.items() for column in columns or ("*",)
            ),
            means=one.means,
            en=one.en,
            zh=one.zh,
        )
        for one in all_features().values()
    )
