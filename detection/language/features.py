"""Every feature in words, for readers: what it says, about whom, and what it needs."""

from __future__ import annotations

from dataclasses import dataclass

from detection.language.formats import formats
from detection.language.text import Text
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
            name=feature.name,
            entity=feature.entity,
            family=feature.family,
            unit=feature.unit,
            direction=feature.direction,
            reversals=feature.reversals,
            minutes=feature.minutes,
            needs=tuple(
                f"{table}.{column}"
                for table, columns in feature.needs.items()
                for column in columns or ("*",)
            ),
            means=feature.means,
            en=feature.en,
            zh=feature.zh,
        )
        for feature in all_features().values()
    )


def feature_text(note: FeatureNote, value: float | None, language: str) -> str:
    """A feature as a phrase, with its value or an ellipsis in its place."""
    figures, shown = formats(language), "…"
    if value is not None:
        shown = figures.share(value, 0) if note.unit == "share" else figures.number(round(value, 1))
    return Text(note.en, note.zh)[language].replace("{value}", shown)
