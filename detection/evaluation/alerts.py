"""Which alerts are right, and which instances they find."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from detection.evaluation.truth import Truth


@dataclass(frozen=True)
class AlertOutcome:
    """One alert against the truth.

    Attributes:
        alert_id, detector, kind: of the alert; ``kind`` is rule, network or model.
        rank: its place.
        instances: what it finds; an alert is right when it finds anything.
        on_lookalike: whether it is about a lawful look-alike: its subject, or half of its evidence.
    """

    alert_id: str
    detector: str
    kind: str
    rank: int
    instances: frozenset[str]
    on_lookalike: bool

    @property
    def right(self) -> bool:
        """Whether it finds anything that is wrong."""
        return bool(self.instances)


def judge_alerts(truth: Truth, alerts: pl.DataFrame) -> list[AlertOutcome]:
    """Every alert against the truth, by rank.

    An alert finds an instance when half of its settlements, and at least two unless it has one, carry it. It also finds
    it when its subject or half of its members are suspects of it, and a quarter of its settlements carry it; where
    either has no settlements, both must have the same typology.

    Args:
        truth: what is wrong.
        alerts: columns of an export, exact ids.
    """
    judge = _Judge(truth)
    return [judge.of(row) for row in alerts.sort("rank", "alert_id").iter_rows(named=True)]


class _Judge:
    def __init__(self, truth: Truth) -> None:
        self.truth = truth
        self.by_settlement = truth.of_settlements()
        self.by_entity = truth.of_entities()
        self.innocent = {entity for entities in truth.lookalikes.values() for entity in entities}

    def of(self, row: Mapping[str, object]) -> AlertOutcome:
        evidence = _listed(row["settlement_ids"])
        shared = Counter(name for each in evidence for name in self.by_settlement.get(each, ()))
        most = {
            name
            for name, count in shared.items()
            if 2 * count >= len(evidence) and count >= min(2, len(evidence))
        }
        suspected = {
            name for name in self._about(row) if self._speaks_of(name, row, shared[name], len(evidence))
        }
        subject = (str(row["subject_kind"]), str(row["subject_id"]))
        innocent_rows = sum(("settlement", each) in self.innocent for each in evidence)
        return AlertOutcome(
            str(row["alert_id"]),
            str(row["detector"]),
            str(row["detector_kind"]),
            int(str(row["rank"])),
            frozenset(most | suspected),
            subject in self.innocent or (bool(evidence) and 2 * innocent_rows >= len(evidence)),
        )

    def _speaks_of(self, name: str, row: Mapping[str, object], shared: int, rows: int) -> bool:
        """Whether an alert about a suspect is about what the suspect did."""
        instance = self.truth.instances[name]
        if rows and instance.settlements:
            return 4 * shared >= rows
        return instance.typology == str(row["typology"])

    def _about(self, row: Mapping[str, object]) -> set[str]:
        """Instances that suspect the subject, or half of the members."""
        kind, members = str(row["subject_kind"]), _listed(row["member_ids"])
        kinds = (
            ("group", "employer", "prescriber", "agency") if kind in ("employer", "prescriber") else (kind,)
        )
        about = {name for each in kinds for name in self.by_entity.get((each, str(row["subject_id"])), ())}
        of_members = Counter(name for each in members for name in self.by_entity.get(("person", each), ()))
        return about | {name for name, count in of_members.items() if 2 * count >= len(members)}


def _listed(value: object) -> list[str]:
    items = json.loads(value) if isinstance(value, str) else value
    return [str(item) for item in items] if isinstance(items, Iterable) else []
