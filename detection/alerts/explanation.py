"""The explanation of an alert, for and against it, as values; each converts to and from the JSON in the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from detection.language.text import Text

Effect = Literal["context", "lowers grade", "not checked"]
Json = Mapping[str, Any]
"""A JSON object of the store."""

PRICED = "explained"
"""Name of the priced settlements among the stored figures of an alert."""
EVIDENCE = "evidence"
"""Name of the case's evidence, 0 to 6, among the stored figures of an alert."""
KINDS = "kinds_of_evidence"
"""Name of the number of kinds of evidence that point to its subject, among the stored figures of an alert."""


@dataclass(frozen=True)
class Check:
    """A check that was already made for the reviewer: of ``of`` people or settlements it holds for ``n``."""

    kind: str
    n: int
    of: int
    text: Text
    effect: Effect

    def to_json(self) -> dict[str, Any]:
        """As it is stored: ``{kind, n, of, en, zh, effect}``."""
        return {"kind": self.kind, "n": self.n, "of": self.of, **self.text.to_json(), "effect": self.effect}

    @classmethod
    def from_json(cls, stored: Json) -> Check:
        """The stored check."""
        return cls(stored["kind"], stored["n"], stored["of"], Text.of(stored), stored["effect"])


@dataclass(frozen=True)
class AnomalyReason:
    """A feature in which a scored subject stands out among its peers, in figures and in a sentence.

    Attributes:
        feature: name of the feature.
        value, median: of the subject and of its peers, in the feature's unit.
        rank, peers: 1 is the most anomalous of so many.
        text: the sentence.
        group: path of the peer group that was counted; empty where it is the subject's own.
    """

    feature: str
    value: float
    median: float
    rank: int
    peers: int
    text: Text
    group: str = ""

    def to_json(self) -> dict[str, Any]:
        """As it is stored, and as the scores keep it."""
        group = {"group": self.group} if self.group else {}
        return {
            "feature": self.feature,
            "value": self.value,
            "median": self.median,
            "rank": self.rank,
            "peers": self.peers,
            **self.text.to_json(),
            **group,
        }

    @classmethod
    def from_json(cls, stored: Json) -> AnomalyReason:
        """The reason as the scores and the store keep it."""
        return cls(
            feature=stored["feature"],
            value=stored["value"],
            median=stored["median"],
            rank=stored["rank"],
            peers=stored["peers"],
            text=Text.of(stored),
            group=stored.get("group", ""),
        )


@dataclass(frozen=True)
class Counterfactual:
    """Features that would take a subject off a model's list if they were explained, and its rank then."""

    features: tuple[str, ...]
    rank_then: int

    def to_json(self) -> dict[str, Any]:
        """As it is stored: ``{features, rank_then}``."""
        return {"features": list(self.features), "rank_then": self.rank_then}

    @classmethod
    def from_json(cls, stored: Json) -> Counterfactual | None:
        """The stored counterfactual; None for an alert that has none."""
        return cls(tuple(stored["features"]), stored["rank_then"]) if stored else None


@dataclass(frozen=True)
class UsedValue:
    """A threshold of the card or a policy value that was in force while the events happened.

    The ``kind`` of a threshold is stored as ``line``; the stored word stays.
    """

    name: str
    kind: Literal["line", "policy"]
    start: dt.date
    value: Any
    unit: str
    source: str
    status: str

    def to_json(self) -> dict[str, Any]:
        """As it is stored, under its name: ``{kind, from, value, unit, source, status}``."""
        return {
            "kind": self.kind,
            "from": self.start.isoformat(),
            "value": self.value,
            "unit": self.unit,
            "source": self.source,
            "status": self.status,
        }

    @classmethod
    def from_json(cls, name: str, stored: Json) -> UsedValue:
        """The stored value."""
        start = dt.date.fromisoformat(stored["from"])
        return cls(
            name, stored["kind"], start, stored["value"], stored["unit"], stored["source"], stored["status"]
        )


def values_to_json(values: Iterable[UsedValue]) -> dict[str, list[dict[str, Any]]]:
    """Used values as they are stored: by name, in the order given."""
    stored: dict[str, list[dict[str, Any]]] = {}
    for value in values:
        stored.setdefault(value.name, []).append(value.to_json())
    return stored


def values_from_json(stored: Mapping[str, Sequence[Json]]) -> tuple[UsedValue, ...]:
    """The stored values, in their order."""
    return tuple(UsedValue.from_json(name, value) for name, dated in stored.items() for value in dated)


@dataclass(frozen=True)
class PriceStep:
    """One step of a price: fen, and what it is."""

    name: str
    fen: int
    text: Text


@dataclass(frozen=True)
class PricedSettlement:
    """How one settlement of the evidence was priced, step by step."""

    settlement_id: str
    steps: tuple[PriceStep, ...]

    def to_json(self) -> dict[str, Any]:
        """As it is stored: ``{settlement_id, steps: [{name, fen, en, zh}]}``."""
        steps = [{"name": step.name, "fen": step.fen, **step.text.to_json()} for step in self.steps]
        return {"settlement_id": self.settlement_id, "steps": steps}

    @classmethod
    def from_json(cls, stored: Json) -> PricedSettlement:
        """The stored price."""
        steps = tuple(PriceStep(step["name"], step["fen"], Text.of(step)) for step in stored["steps"])
        return cls(stored["settlement_id"], steps)
