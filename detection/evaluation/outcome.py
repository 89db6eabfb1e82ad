"""How well alerts match a known truth: recall, precision, and the benign twins that were raised.

The truth comes from the simulator, or from audited findings in the same shape: ``truth/entities.parquet``
and ``truth/benign_lookalikes.parquet`` as the data contract describes them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from detection.evaluation.proportion import Proportion


@dataclass(frozen=True)
class Outcome:
    """How one detector did on one data set.

    Attributes:
        recall: planted instances of its typology that one of its alerts covers.
        precision: of its best alerts, those that touch something planted.
        twins: benign look-alike instances of its typology that one of its alerts covers.
    """

    detector: str
    recall: Proportion
    precision: Proportion
    twins: Proportion


def compare_with_truth(
    detector: str,
    typology: str,
    alerts: pl.DataFrame,
    truth: pl.DataFrame,
    twins: pl.DataFrame,
    *,
    kin: pl.DataFrame | None = None,
    best: int = 100,
) -> Outcome:
    """Compare the alerts of one detector with the truth.

    Args:
        detector: its name.
        typology: planted typology it is meant to find; ``anomaly`` counts what was planted of any typology.
        alerts: the contract's alert columns, exact ids, of this detector only.
        truth: truth/entities.parquet.
        twins: truth/benign_lookalikes.parquet.
        kin: alerts of all detectors that share the typology, for recall; its own when None.
        best: how many of its highest-ranked alerts count for precision.
    """
    own = truth if typology == "anomaly" else truth.filter(pl.col("typology") == typology)
    own_twins = twins if typology == "anomaly" else twins.filter(pl.col("typology") == typology)
    whole = typology != "anomaly"
    claims = [_claims(alert, subject_only=not whole) for alert in alerts.sort("rank").iter_rows(named=True)]
    instances, lookalikes = _instances(own, whole=whole), _instances(own_twins, whole=whole)
    ranked = claims[:best]
    together = (
        claims
        if kin is None
        else [_claims(alert, subject_only=not whole) for alert in kin.iter_rows(named=True)]
    )
    return Outcome(
        detector,
        Proportion(
            sum(any(_covers(claim, instance) for claim in together) for instance in instances), len(instances)
        ),
        Proportion(
            sum(any(_touches(claim, instance) for instance in instances) for claim in ranked), len(ranked)
        ),
        Proportion(
            sum(any(_covers(claim, instance) for claim in claims) for instance in lookalikes), len(lookalikes)
        ),
    )


Entities = dict[str, set[str]]  # ids by entity_kind


def _claims(alert: dict[str, object], *, subject_only: bool) -> Entities:
    """The entities that an alert points at, by kind of entity.

    An anomaly points at its subject alone: a busy provider's month always holds another subject's planted row.
    """
    claimed: Entities = defaultdict(set)
    if subject_only:
        claimed[str(alert["subject_kind"])].add(str(alert["subject_id"]))
        return claimed
    members = _listed(alert["member_ids"])
    records = (record.partition(":") for record in _listed(alert.get("record_ids", ())))
    of_settlements = {record for table, _, record in records if table == "settlements"}
    claimed["settlement"] = set(_listed(alert["settlement_ids"])) | of_settlements
    claimed["person"] = set(members)
    claimed[str(alert["subject_kind"])].add(str(alert["subject_id"]))
    return claimed


def _listed(value: object) -> list[str]:
    items = json.loads(value) if isinstance(value, str) else value
    return [str(item) for item in items] if isinstance(items, Iterable) else []


def _instances(truth: pl.DataFrame, *, whole: bool) -> list[Entities]:
    """Planted instances; for anomalies each planted entity is an instance of its own."""
    instances: dict[tuple[str, ...], Entities] = defaultdict(lambda: defaultdict(set))
    for row in truth.iter_rows(named=True):
        key = (row["typology"], row["instance_id"])
        name = key if whole else (*key, row["entity_kind"], row["entity_id"])
        instances[name][row["entity_kind"]].add(row["entity_id"])
    return list(instances.values())


def _covers(claimed: Entities, instance: Entities) -> bool:
    """Whether an alert covers an instance: at least half of its settlements, else of its members.

    The finest kind of entity that the truth gives decides.
    """
    for kind in ("settlement", "person", "payer_account", "provider", "group"):
        if instance.get(kind):
            return 2 * len(instance[kind] & claimed.get(kind, set())) >= len(instance[kind])
    return False


def _touches(claimed: Entities, instance: Entities) -> bool:
    """Whether an alert points at any entity of an instance."""
    return any(ids & claimed.get(kind, set()) for kind, ids in instance.items())
