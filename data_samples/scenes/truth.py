"""What was planted: the truth that detections are measured against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from data_samples.drafts import OWN
from data_samples.period import Ints
from data_samples.settlement_rows import Outcome
from data_samples.writing import yuan

_COLUMNS = ("entity_kind", "entity_id", "typology", "instance_id", "role")


@dataclass
class Instance:
    """One planted pattern or one innocent look-alike.

    Attributes:
        typology: its name in the catalogue; for a look-alike, what it looks like.
        name: the instance_id.
        lookalike: whether it is innocent.
        strength: 1 mild, 2, 3 strong; None where a scene has no strengths.
        settlements: handles of its settlements.
        entities: (entity kind, row numbers, role).
        other_amount: fen at issue that no settlement holds.
    """

    typology: str
    name: str
    lookalike: bool
    strength: int | None = None
    settlements: list[int] = field(default_factory=list)
    entities: list[tuple[str, list[int], str]] = field(default_factory=list)
    other_amount: int = 0

    def subject(self, kind: str, entity: int | Ints | Sequence[int] = ()) -> Instance:
        """Whom the pattern is about: `person`, `provider`, `payer_account`, or `group` without entities."""
        self.entities.append((kind, np.atleast_1d(np.asarray(entity, dtype=np.int64)).tolist(), "subject"))
        return self

    def member(self, kind: str, entity: int | Ints | Sequence[int]) -> Instance:
        """Who takes part in it."""
        self.entities.append((kind, np.atleast_1d(np.asarray(entity, dtype=np.int64)).tolist(), "member"))
        return self

    def worth(self, fen: int) -> Instance:
        """Adds what is at issue apart from settlements, such as a wrong credit; unsigned."""
        self.other_amount += fen
        return self

    def settled(self, handles: Ints | npt.NDArray[np.int64]) -> Instance:
        """Its settlements, by the handles that `settle` gave."""
        self.settlements.extend(handles.tolist())
        return self


def truth_frame(instances: Sequence[Instance], row_of_handle: Ints, outcome: Outcome) -> pl.DataFrame:
    """Rows of the truth files for these instances.

    A settlement has its own amount, a member that of its settlements in the instance, a subject the whole.
    The column `strength` is there when some instance has one.
    """
    handles = np.array([handle for item in instances for handle in item.settlements], dtype=np.int64)
    edges = np.cumsum([0] + [len(item.settlements) for item in instances]).tolist()
    rows = row_of_handle[handles]
    ids, amounts = outcome.settlement_ids(rows).to_list(), outcome.at_issue(rows)
    entries: list[tuple[str, str, str, str, str]] = []
    fen: list[int] = []
    strengths: list[int | None] = []
    for number, instance in enumerate(instances):
        mine = slice(edges[number], edges[number + 1])
        parts = [("settlement", ids[mine], "settlement", amounts[mine].tolist())]
        parts += [_part(outcome, instance, *entry, rows[mine], amounts[mine]) for entry in instance.entities]
        for kind, entities, role, worth in parts:
            entries += [(kind, entity, instance.typology, instance.name, role) for entity in entities]
            fen += worth
            strengths += [instance.strength] * len(entities)
    frame = pl.DataFrame(entries, schema=dict.fromkeys(_COLUMNS, pl.String()), orient="row")
    frame = frame.with_columns(yuan(np.array(fen, dtype=np.int64)).alias("amount_at_issue"))
    if any(instance.strength is not None for instance in instances):
        frame = frame.with_columns(pl.Series("strength", strengths, dtype=pl.Int64))
    return frame.sort("typology", "instance_id", "role", "entity_kind", "entity_id")


def _part(
    outcome: Outcome, instance: Instance, kind: str, entities: list[int], role: str, rows: Ints, amounts: Ints
) -> tuple[str, list[str], str, list[int]]:
    """Kind, ids, role and amounts of one entry of an instance."""
    whole = int(amounts.sum()) + instance.other_amount
    if kind == "group":
        return kind, [instance.name], role, [whole]
    ids = outcome.provider_ids if kind == "provider" else outcome.person_ids
    column = _entity_of(outcome, kind, rows)
    own = [whole if role == "subject" else int(amounts[column == entity].sum()) for entity in entities]
    return kind, [str(ids[entity]) for entity in entities], role, own


def _entity_of(outcome: Outcome, kind: str, rows: Ints) -> Ints:
    """Whose each settlement is: provider, patient, or the account that pays."""
    drafts = outcome.drafts
    person = drafts.person[rows].astype(np.int64)
    if kind == "payer_account":
        return np.where(drafts.purse[rows] == OWN, person, drafts.payer[rows])
    return person if kind == "person" else drafts.provider[rows].astype(np.int64)
