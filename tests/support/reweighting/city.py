"""A finished city, as the bench of worlds keeps it: its rankings, and its alerts with evidence and what is right."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
from support.reweighting.ranking import StoredRanking, stored_ranking
from support.reweighting.weights import Weights

from detection.detectors.catalogue import catalogue
from detection.evaluation.alerts import judge_alerts
from detection.evaluation.proportion import Proportion
from detection.evaluation.truth import read_truth

KINDS = ("person", "provider", "payer_account")


@dataclass(frozen=True)
class StoredAlert:
    """An alert of a finished city.

    Attributes:
        family: of its detector; empty where no line applies to it (broken rules, and lists of weak signs).
        evidence: of its case, 0 to 6.
        instances: what it finds; an alert that finds nothing is wrong.
        counts: whether an instance that it finds is detected: not on a list of weak signs.
    """

    family: str
    evidence: float
    instances: frozenset[str]
    counts: bool

    def is_shown(self, weights: Weights) -> bool:
        """Whether it reaches its line."""
        return not self.family or self.evidence >= weights.line(self.family)


@dataclass(frozen=True)
class StoredCity:
    """One finished city.

    Attributes:
        author, name: of the city.
        rankings: by kind of subject.
        alerts: all of its alerts.
        instances: how many are planted that could be found.
    """

    author: str
    name: str
    rankings: Mapping[str, StoredRanking]
    alerts: Sequence[StoredAlert]
    instances: int

    def precisions(self, weights: Weights) -> dict[str, float]:
        """Average precision by kind of subject."""
        return {kind: ranking.average_precision(weights) for kind, ranking in self.rankings.items()}

    def mean_precision(self, weights: Weights) -> float:
        """Mean of the average precisions of the kinds of subject."""
        return float(np.nanmean(list(self.precisions(weights).values())))

    def right(self, weights: Weights) -> Proportion:
        """Alerts that are right, of those shown."""
        shown = [alert for alert in self.alerts if alert.is_shown(weights)]
        return Proportion(sum(bool(alert.instances) for alert in shown), len(shown))

    def detected(self, weights: Weights) -> Proportion:
        """Instances that an alert of a rule or of a network finds."""
        shown = (alert.instances for alert in self.alerts if alert.counts and alert.is_shown(weights))
        return Proportion(len(frozenset().union(*shown)), self.instances)


def read_cities(folder: Path) -> list[StoredCity]:
    """The finished cities of a folder in which anything is planted and all columns are known, by name."""
    cities = []
    for path in sorted(folder.glob("*/result.json")):
        result = json.loads(path.read_text(encoding="utf-8"))
        whole = result["fraud"] and result.get("data", "full") == "full"
        if whole and (path.parent / "risk" / "pieces.parquet").exists():
            cities.append(read_city(path.parent, str(result["author"])))
    return cities


def read_city(folder: Path, author: str) -> StoredCity:
    """One finished city."""
    truth, risk = read_truth(folder / "truth"), folder / "risk"
    pieces = pl.read_parquet(risk / "pieces.parquet")
    rankings = {
        kind: stored_ranking(truth, kind, pl.read_parquet(risk / f"{kind}.parquet"), pieces, families())
        for kind in KINDS
    }
    cases = pieces.filter(role="subject").group_by("case").agg(pl.col("value").max())
    evidence: dict[str, float] = dict(cases.iter_rows())
    alerts = [
        StoredAlert(
            families().get(alert.detector, "") if _has_line(alert.detector) else "",
            evidence.get(alert.alert_id, 0.0),
            alert.instances,
            alert.kind != "model",
        )
        for alert in judge_alerts(truth, pl.read_parquet(folder / "alerts.parquet"))
    ]
    findable = (each for each in truth.instances.values() if each.settlements or each.suspects)
    return StoredCity(author, folder.name, rankings, alerts, sum(1 for _ in findable))


@cache
def families() -> dict[str, str]:
    """Family of each detector; a network is a family of its own."""
    return {name: detector.card.family for name, detector in catalogue().items()}


def _has_line(detector: str) -> bool:
    card = catalogue()[detector].card
    return card.certainty == "statistical" and card.strength == "evidence" and card.kind != "model"


def authors(cities: Iterable[StoredCity]) -> list[str]:
    """Names of the authors, sorted."""
    return sorted({city.author for city in cities})
