"""What was planted: the truth that detections are measured against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

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
        settlements: handles of its settlements.
        entities: (entity kind, row numbers, role).
    """

    typology: str
    name: str
    lookalike: bool
    settlements: list[int] = field(default_factory=list)
    entities: list[tuple[str, list[int], str]] = field(default_factory=list)

    def subject(self, kind: str, entity: int | Ints | Sequence[int] = ()) -> Instance:
        """Whom the pattern is about: `person`, `provider`, `payer_account`, or `group` without entities."""
        self.entities.append((kind, np.atleast_1d(np.asarray(entity, dtype=np.int64)).tolist(), "subject"))
        return self

    def member(self, kind: str, entity: int | Ints | Sequence[int]) -> Instance:
        """Who takes part in it."""
        self.entities.append((kind, np.atleast_1d(np.asarray(entity, dtype=np.int64)).tolist(), "member"))
        return self

    def settled(self, handles: Ints | npt.NDArray[np.int64]) -> Instance:
        """Its settlements, by the handles that `settle` gave."""
        self.settlements.extend(handles.tolist())
        return self


def truth_frame(instances: Sequence[Instance], row_of_handle: Ints, outcome: Outcome) -> pl.DataFrame:
    """Rows of the truth files for these instances.

    A settlement has its own amount, a member that of its settlements in the instance, a subject the whole.
    """
    frames = [_instance_frame(instance, row_of_handle, outcome) for instance in instances]
    schema = dict.fromkeys(_COLUMNS, pl.String()) | {"amount_at_issue": pl.Decimal(12, 2)}
    empty = pl.DataFrame(schema=schema)
    return pl.concat([empty, *frames]).sort("typology", "instance_id", "role", "entity_kind", "entity_id")


def _instance_frame(instance: Instance, row_of_handle: Ints, outcome: Outcome) -> pl.DataFrame:
    rows = row_of_handle[np.array(instance.settlements, dtype=np.int64)]
    amounts = outcome.at_issue(rows)
    kinds, ids, roles, fen = (
        ["settlement"] * len(rows),
        outcome.settlement_ids(rows).to_list(),
        ["settlement"] * len(rows),
        amounts.tolist(),
    )
    for kind, entities, role in instance.entities:
        named = [instance.name] if kind == "group" else _ids(outcome, kind, entities)
        kinds += [kind] * len(named)
        ids += named
        roles += [role] * len(named)
        whole = role == "subject" or kind == "group"
        fen += [
            int(amounts.sum()) if whole else _own(outcome, kind, entity, rows, amounts)
            for entity in entities or [0]
        ]
    count = len(ids)
    columns = (kinds, ids, [instance.typology] * count, [instance.name] * count, roles)
    return pl.DataFrame(dict(zip(_COLUMNS, columns, strict=True))).with_columns(
        yuan(np.array(fen, dtype=np.int64)).alias("amount_at_issue")
    )


def _ids(outcome: Outcome, kind: str, entities: list[int]) -> list[str]:
    ids = outcome.provider_ids if kind == "provider" else outcome.person_ids
    return [str(text) for text in ids.gather(entities).to_list()]


def _own(outcome: Outcome, kind: str, entity: int, rows: Ints, amounts: Ints) -> int:
    column = {"provider": "provider", "person": "person", "payer_account": "payer"}[kind]
    return int(amounts[outcome.drafts[column][rows] == entity].sum())
