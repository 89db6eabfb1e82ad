"""The evaluation of one run against a truth: alerts, instances, rankings, calibration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from detection.evaluation.alerts import AlertOutcome, judge_alerts
from detection.evaluation.calibration import CURVE, calibration
from detection.evaluation.proportion import Proportion
from detection.evaluation.rankings import RankingOutcome, judge_ranking
from detection.evaluation.truth import Truth


@dataclass(frozen=True)
class TypologyRecall:
    """How many instances of one kind were found.

    Attributes:
        typology, strength: the kind; strength None where the truth has none.
        instances: found by an alert of a rule or a network.
        listed: found only on a list of weak signs.
        fen: money of the found instances.
        of_fen: money of all of them.
    """

    typology: str
    strength: int | None
    instances: Proportion
    listed: int
    fen: int
    of_fen: int


@dataclass(frozen=True)
class Report:
    """One run against a truth.

    Attributes:
        right: alerts that find something, of all.
        by_detector: the same by detector.
        twins: look-alike instances that an alert is about, of all.
        recalls: by kind of instance.
        rankings: by kind of subject.
        calibration: see `detection.evaluation.calibration.calibration`; at the levels of `CURVE`.
    """

    right: Proportion
    by_detector: Mapping[str, Proportion]
    twins: Proportion
    recalls: Sequence[TypologyRecall]
    rankings: Sequence[RankingOutcome]
    calibration: pl.DataFrame

    @property
    def recall(self) -> Proportion:
        """Instances found, of all."""
        return sum((each.instances for each in self.recalls), Proportion(0, 0))

    def metrics(self) -> dict[str, float]:
        """Single figures, for a tracker; those of nothing are left out."""
        figures = {"alerts_right": self.right.value, "instances_detected": self.recall.value}
        for ranking in self.rankings:
            figures[f"average_precision_{ranking.kind}"] = ranking.average_precision
            figures[f"average_precision_{ranking.kind}_by_spend"] = ranking.by_spend
        return {name: value for name, value in figures.items() if value == value}


def report(
    truth: Truth, alerts: pl.DataFrame, scores: Mapping[str, pl.DataFrame], items: pl.DataFrame
) -> Report:
    """Evaluate one run.

    Args:
        truth: what is wrong.
        alerts: columns of an export, exact ids.
        scores: by kind of subject; ``entity_id``, ``rank``, ``spend_rank``, exact ids.
        items: pieces of evidence, exact ids.
    """
    outcomes = judge_alerts(truth, alerts)
    by_detector: dict[str, Proportion] = defaultdict(lambda: Proportion(0, 0))
    for alert in outcomes:
        by_detector[alert.detector] += Proportion(int(alert.right), 1)
    return Report(
        sum(by_detector.values(), Proportion(0, 0)),
        dict(sorted(by_detector.items())),
        _twins(truth, alerts),
        _recall_by_typology(truth, outcomes),
        [judge_ranking(truth, kind, frame) for kind, frame in scores.items()],
        calibration(truth, items, CURVE),
    )


def _recall_by_typology(truth: Truth, outcomes: Iterable[AlertOutcome]) -> list[TypologyRecall]:
    by_rule: set[str] = set()
    by_list: set[str] = set()
    for alert in outcomes:
        (by_list if alert.kind == "model" else by_rule).update(alert.instances)
    kinds: dict[tuple[str, int | None], list[str]] = defaultdict(list)
    for name, instance in truth.instances.items():
        if instance.settlements or instance.suspects:
            kinds[instance.typology, instance.strength].append(name)
    return [
        TypologyRecall(
            typology,
            strength,
            Proportion(len(by_rule.intersection(names)), len(names)),
            len((by_list - by_rule).intersection(names)),
            sum(truth.instances[name].fen for name in names if name in by_rule),
            sum(truth.instances[name].fen for name in names),
        )
        for (typology, strength), names in sorted(
            kinds.items(), key=lambda entry: (entry[0][0], entry[0][1] or 0)
        )
    ]


def _twins(truth: Truth, alerts: pl.DataFrame) -> Proportion:
    """Look-alike instances whose subject has an alert, or half of whose settlements lie in one."""
    subjects = set(alerts.select("subject_kind", "subject_id").iter_rows())
    settlements = [set(row) for row in alerts["settlement_ids"].to_list()]
    raised = 0
    for entities in truth.lookalikes.values():
        own = {identity for kind, identity in entities if kind == "settlement"}
        covered = bool(own) and any(2 * len(own & rows) >= len(own) for rows in settlements if rows & own)
        raised += covered or (not own and bool(subjects & entities))
    return Proportion(raised, len(truth.lookalikes))
