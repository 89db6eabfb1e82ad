"""What is known to be wrong in a data set: planted by a simulator, or audited, in the form of the data contract."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from features.errors import InputError
from features.message import verbatim

ENTITIES, LOOKALIKES = "entities.parquet", "benign_lookalikes.parquet"
_COLUMNS = ("entity_kind", "entity_id", "typology", "instance_id", "role")

INVOLVED = (
    "camouflage",
    "victim",
    "affected",
    "patient",
    "beneficiary",
    "inpatient",
    "venue",
    "supply",
    "reversal",
)
"""Roles of what an instance touches without being suspect: it is neither right nor wrong to rank it high."""

_SAME_INDIVIDUAL = ("person", "payer_account")
"""The id of an account is its owner's: an alert about either is about the same individual."""


@dataclass
class Instance:
    """One thing that is wrong.

    Attributes:
        typology: its name; any author's.
        strength: 1 (mild) to 3, where the truth has the column.
        settlements: those that carry it.
        suspects: entities by kind that a list should show.
        fen: amount at issue of its settlements, as far as the truth knows it.
    """

    typology: str
    strength: int | None = None
    settlements: set[str] = field(default_factory=set)
    suspects: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    fen: int = 0


@dataclass(frozen=True)
class Truth:
    """Instances by id, entities that are only involved, and lawful look-alikes.

    Attributes:
        instances: by id.
        involved: ids by kind that are left out of rankings.
        lookalikes: instance id to its ``(kind, id)`` entities.
    """

    instances: Mapping[str, Instance]
    involved: Mapping[str, set[str]]
    lookalikes: Mapping[str, set[tuple[str, str]]]

    def suspects(self, kind: str) -> set[str]:
        """Every entity of a kind that some instance suspects."""
        return {
            identity for instance in self.instances.values() for identity in instance.suspects.get(kind, ())
        }

    def of_settlements(self) -> dict[str, set[str]]:
        """Ids of instances by settlement."""
        instances: dict[str, set[str]] = defaultdict(set)
        for name, instance in self.instances.items():
            for settlement in instance.settlements:
                instances[settlement].add(name)
        return instances

    def of_entities(self) -> dict[tuple[str, str], set[str]]:
        """Ids of instances by kind and id of a suspect; an account's are its owner's too."""
        instances: dict[tuple[str, str], set[str]] = defaultdict(set)
        for name, instance in self.instances.items():
            for kind, identities in instance.suspects.items():
                kinds = _SAME_INDIVIDUAL if kind in _SAME_INDIVIDUAL else (kind,)
                for identity in identities:
                    for each in kinds:
                        instances[each, identity].add(name)
        return instances


def read_truth(folder: Path) -> Truth:
    """The truth of a data set.

    Args:
        folder: holds ``entities.parquet``, and ``benign_lookalikes.parquet`` where there are look-alikes.

    Raises:
        InputError: the file or one of its columns is missing.
    """
    entities = _read(folder / ENTITIES)
    instances: dict[str, Instance] = {}
    involved: dict[str, set[str]] = defaultdict(set)
    for row in entities.iter_rows(named=True):
        instance = instances.setdefault(row["instance_id"], Instance(row["typology"], row.get("strength")))
        kind, identity = row["entity_kind"], row["entity_id"]
        if row["role"] in INVOLVED:
            involved[kind].add(identity)
        elif kind == "settlement":
            instance.settlements.add(identity)
            instance.fen += round(100 * float(row.get("amount_at_issue") or 0))
        else:
            instance.suspects[kind].add(identity)
    lookalikes: dict[str, set[tuple[str, str]]] = defaultdict(set)
    if (folder / LOOKALIKES).exists():
        for row in _read(folder / LOOKALIKES).iter_rows(named=True):
            lookalikes[row["instance_id"]].add((row["entity_kind"], row["entity_id"]))
    return Truth(instances, involved, lookalikes)


def _read(path: Path) -> pl.DataFrame:
    if not path.exists():
        raise InputError(
            "There is no truth to compare with.",
            where=str(path),
            next_step="name the folder that holds entities.parquet, as `fundwatch simulate` writes it",
        )
    frame = pl.read_parquet(path)
    missing = [name for name in _COLUMNS if name not in frame.columns]
    if missing:
        raise InputError(
            "The truth lacks columns.", where=str(path), problems=[verbatim(name) for name in missing]
        )
    return frame
