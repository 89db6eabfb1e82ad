"""Files that are written from the code and kept, so that a reviewer sees each change of them as a difference."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from support.paths import DOCS, GOLDEN, SMALL_CITY
from support.registry_tables import tables_of_mlflow
from support.rule_properties import rules_with_hits
from support.schemas import SCHEMAS

from detection.detectors.catalogue import catalogue
from detection.indicators.lists import all_lists
from detection.run.pipeline import RunRequest, run
from features.contract import page as contract
from features.registry import all_features, all_views
from models.registry.tables import FILE as REGISTRY_TABLES

REWRITE = "run `make golden`, and look at the difference"
"""What a test says when a golden file is not up to date."""


def views_and_features() -> str:
    """One line per view (name, grain) and per feature (name, entity, family, unit, direction)."""
    all_lists()  # registers the views next to the lists of indicators
    views = [f"view    {view.name} · {view.grain}" for view in all_views().values()]
    features = [
        f"feature {feature.name} · {feature.entity} · {feature.family} · {feature.unit} · {feature.direction}"
        for feature in all_features().values()
    ]
    return "\n".join([*sorted(views), *sorted(features)]) + "\n"


def detectors() -> str:
    """One line per detector, with what its card says of it."""
    cards = [detector.card for detector in catalogue().values()]
    columns = [
        (card.detector, card.kind, card.theme, card.catalogue, card.typology, card.subject) for card in cards
    ]
    return "\n".join(map(" | ".join, columns)) + "\n"


def alerts_of_the_small_city() -> str:
    """Per detector: how far it could assess the city in the repository, alerts and fen at issue."""
    with tempfile.TemporaryDirectory() as folder:
        done = run(
            RunRequest(
                data=SMALL_CITY,
                workspace=Path(folder) / "workspace",
                area="320600",
                profile="illustrative",
                now="2024-07-01T09:00:00",
            )
        )
    lines = [
        f"{detector.detector} · {detector.status} · {detector.alerts} alerts · {detector.amount} fen"
        for detector in done.detectors
    ]
    return "\n".join(lines) + "\n"


def rules_in_random_worlds() -> str:
    """One line per rule that has hits in every random world on which properties are checked."""
    return "\n".join(rules_with_hits()) + "\n"


CATALOGUE = GOLDEN / "catalogue.txt"
DETECTORS = GOLDEN / "detectors.txt"
RANDOM_WORLDS = GOLDEN / "random_worlds.txt"
ALERTS = GOLDEN / "small_city.txt"
CONTRACT = DOCS / "contract.md"

GOLDEN_FILES: dict[Path, Callable[[], str]] = {
    CATALOGUE: views_and_features,
    DETECTORS: detectors,
    RANDOM_WORLDS: rules_in_random_worlds,
    ALERTS: alerts_of_the_small_city,
    CONTRACT: contract.page,
    REGISTRY_TABLES: tables_of_mlflow,
    **SCHEMAS,
}


def assert_up_to_date(path: Path) -> None:
    """Fail unless a golden file is what would be written now."""
    assert path.read_text(encoding="utf-8") == GOLDEN_FILES[path](), f"{path.name}: {REWRITE}"
