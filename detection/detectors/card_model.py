"""The content of a card's TOML file, as pydantic models, and the keys of earlier versions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema

from detection.detectors.cards import (
    COMMON_LEAST,
    Certainty,
    Evidence,
    Judgment,
    Kind,
    MoneyKind,
    Picture,
    Queue,
    StrengthUnit,
    SubjectKind,
    WhenCommon,
)
from detection.detectors.subject_tables import SubjectTableName
from detection.links.link import LinkName
from features.dated import NamedValue, TomlModel, with_new_keys
from features.message import Message
from features.registry import Family

Text = Annotated[str, Field(min_length=1)]
Names = list[str]
Needs = dict[str, Names]
Case = Annotated[
    dict[str, Any],
    WithJsonSchema(
        {
            "type": "object",
            "description": "An example; further keys are contract tables in text.",
            "properties": {"name": {"type": "string"}, "why": {"type": "string"}},
            "required": ["name", "why"],
        }
    ),
]
"""``[[case]]``: an example; `contradictions` checks its required keys."""

_MIN_CASES = 3


class TextEntry(TomlModel):
    """``[en]`` and ``[zh]``: what readers see.

    Attributes:
        label: two or three words for lists; the title where it is missing.
        observed: a template of the alert's figures.
    """

    label: str = ""
    title: Text
    observed: Text
    why_it_matters: Text
    innocent_explanations: Names = Field(min_length=1)
    follow_up: Names = Field(min_length=1)


class ThresholdEntry(NamedValue):
    """``[[threshold]]``: one dated value that supervision chose.

    Attributes:
        en, zh: what it is, in a few words.
        stricter: whether a higher or a lower value raises fewer alerts.
    """

    en: str = ""
    zh: str = ""
    stricter: Literal["", "higher", "lower"] = ""


class CauseEntry(TomlModel):
    """``[cause.<name>]``: one way in which the detector fires."""

    judgment: Judgment = "violation"
    en: str
    zh: str
    needs: Needs = Field(default_factory=dict)
    needs_minutes: Names = Field(default_factory=list)
    needs_policy: Names = Field(default_factory=list)
    reads_policy: Names = Field(default_factory=list)
    thresholds: Names = Field(default_factory=list)
    exposed: Needs = Field(default_factory=dict)
    rests_on: list[LinkName] = Field(default_factory=list)
    common_above: str = ""
    when_common: WhenCommon = "note"


class LegalBasisEntry(TomlModel):
    """``[[legal_basis]]``: an instrument that applies from a day on."""

    instrument: str
    article: str | None = None
    start: dt.date = Field(alias="from")
    area: str | None = None
    source: str = ""


class ProofEntry(TomlModel):
    """``[proof]``: columns of the evidence that carry the claim, by their names in ``detection/proof/columns.toml``."""

    columns: Names = Field(default_factory=list)


class CardFile(TomlModel):
    """A card's file; see `detection.detectors.cards.Card` for the keys."""

    detector: str | None = None
    kind: Kind = "rule"
    catalogue: str
    typology: str
    certainty: Certainty
    queue: Queue
    family: Family
    subject: SubjectKind
    picture: Picture
    dedup: Names
    evidence: Evidence = "settlements"
    subject_table: SubjectTableName = "settlements"
    needs_minutes: Names = Field(default_factory=list)
    needs_policy: Names = Field(default_factory=list)
    reads_policy: Names = Field(default_factory=list)
    needs: Needs = Field(default_factory=dict)
    rests_on: list[LinkName] = Field(default_factory=list)
    yields_to: Names = Field(default_factory=list)
    severity: dict[str, int | float] = Field(default_factory=dict)
    leniencies: Names = Field(default_factory=list)
    strength: StrengthUnit = "count"
    money: MoneyKind | None = None
    spread: dict[SubjectKind, Annotated[float, Field(ge=0, le=1)]] = Field(default_factory=dict)
    threshold: list[ThresholdEntry] = Field(default_factory=list)
    proof: ProofEntry = Field(default_factory=ProofEntry)
    en: TextEntry
    zh: TextEntry
    cause: dict[str, CauseEntry] = Field(default_factory=dict)
    legal_basis: list[LegalBasisEntry] = Field(default_factory=list)
    case: list[Case] = Field(default_factory=list)


def _has_common(cause: object) -> bool:
    return isinstance(cause, Mapping) and bool(cause.get("common_above"))


def contradictions(content: Mapping[str, Any]) -> Iterator[Message]:
    """What is wrong with a card's content although each key alone may be right.

    Args:
        content: the file as read, whether or not it fits `CardFile`.
    """
    entries, causes, cases = (content.get(key) or () for key in ("threshold", "cause", "case"))
    names = {entry.get("name") for entry in entries if isinstance(entry, Mapping)}
    for name, cause in causes.items() if isinstance(causes, Mapping) else ():
        common = [cause["common_above"], COMMON_LEAST] if _has_common(cause) else []
        for threshold in [*cause.get("thresholds", ()), *common] if isinstance(cause, Mapping) else ():
            if threshold not in names:
                yield Message(
                    "[cause.{name}] names threshold {threshold!r}, which has no [[threshold]]",
                    name=name,
                    threshold=threshold,
                )
    for number, case in enumerate(cases, 1):
        yield from (
            Message("[[case]] {number} lacks {key!r}", number=number, key=key)
            for key in ("name", "why")
            if key not in case
        )
    if content.get("kind", "rule") != "model" and len(cases) < _MIN_CASES:
        yield Message("fewer than three [[case]]: one fires, one nearly fires, one cannot be assessed")


_CARD_KEYS = {"line": "threshold", "judged": "subject_table"}
_TEXT_KEYS = {"seen": "observed", "matters": "why_it_matters", "innocent": "innocent_explanations"}
_CAUSE_KEYS = {"lines": "thresholds", "judgement": "judgment"}  # codespell:ignore judgement
_CASE_KEYS = {"lines": "thresholds"}
Rename = Callable[[Mapping[str, Any], Mapping[str, str]], dict[str, Any]]


def with_current_keys(content: Mapping[str, Any], where: str | None = None) -> dict[str, Any]:
    """A card's content with the keys of this version.

    Args:
        content: as read; what is malformed stays as it is.
        where: the file, for the warning that names each old key; None for no warning.
    """

    def rename(table: Mapping[str, Any], keys: Mapping[str, str]) -> dict[str, Any]:
        if where is not None:
            return with_new_keys(table, keys, where)
        return {keys.get(key, key): value for key, value in table.items()}

    card = rename(content, _CARD_KEYS)
    for language in ("en", "zh"):
        if isinstance(card.get(language), Mapping):
            card[language] = rename(card[language], _TEXT_KEYS)
    if isinstance(card.get("cause"), Mapping):
        card["cause"] = {name: _renamed(cause, _CAUSE_KEYS, rename) for name, cause in card["cause"].items()}
    if isinstance(card.get("case"), list):
        card["case"] = [_renamed(case, _CASE_KEYS, rename) for case in card["case"]]
    return card


def _renamed(table: object, keys: Mapping[str, str], rename: Rename) -> object:
    return rename(table, keys) if isinstance(table, Mapping) else table
