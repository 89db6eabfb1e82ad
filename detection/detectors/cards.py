"""A detector's card: every choice that was made about it, and its texts in two languages.

A card is a TOML file next to the detector's code, with the same base name. It says which data the detector needs and
which dated thresholds apply, holds the texts that readers see, and shows example cases. The same file feeds the
catalogue, the alert page, the Methods page and the tests. `detection.detectors.card_files` reads it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from detection.detectors.thresholds import StatisticalThresholds, Threshold, Thresholds
from detection.links.link import LinkName
from features.dated import Status
from features.errors import CardError
from features.registry import Family

__all__ = [
    "Card",
    "CardText",
    "Cause",
    "LegalBasis",
    "StatisticalThresholds",
    "Status",
    "Threshold",
    "Thresholds",
]

Kind = Literal["rule", "model", "network"]
Certainty = Literal["deterministic", "statistical"]
Queue = Literal["institutions", "insured", "agency", "data"]
Evidence = Literal["settlements", "records"]
Judgment = Literal["violation", "verify"]
WhenCommon = Literal["note", "summary"]
MoneyKind = Literal["at_issue", "in_question", "context"]
SubjectKind = Literal[
    "person", "provider", "payer_account", "prescriber", "operator", "employer", "group", "agency"
]
StrengthUnit = Literal["count", "evidence"]
Picture = Literal[
    "swipe_timeline",
    "visit_calendar",
    "money_flow",
    "days_by_people",
    "family_timeline",
    "peer_strip",
    "signed_months",
    "stay",
    "line",
    "items",
    "pair",
    "travel",
    "cap",
    "ledger",
    "operator_day",
    "prescription_flow",
    "delay",
    "paid_and_due",
]

COMMON_LEAST = "common_least"
"""Threshold of a card: least number of violations whose share of what is exposed says something."""
MATERIAL_ROWS, MATERIAL_YUAN = "material_rows", "material_yuan"
"""Thresholds of a card: pieces of evidence, or yuan at issue, from which a case is an alert and not evidence alone."""
SUBJECT_KINDS: tuple[SubjectKind, ...] = get_args(SubjectKind)
PICTURES: tuple[Picture, ...] = get_args(Picture)
FAMILIES: tuple[Family, ...] = get_args(Family)
LANGUAGES = ("en", "zh")
MONEY_KINDS: tuple[MoneyKind, ...] = get_args(MoneyKind)
"""What a rule says was paid wrongly; what a pattern rests on; all spending of a subject. They are never added."""
_THEMES: Mapping[Kind, str] = {"network": "networks", "model": "models"}


@dataclass(frozen=True)
class CardText:
    """The texts of a card in one language.

    Attributes:
        title: a sentence.
        observed: a template filled with the alert's figures.
        why_it_matters, innocent_explanations, follow_up: what stands with every alert.
        label: two or three words for lists.
    """

    title: str
    observed: str
    why_it_matters: str
    innocent_explanations: tuple[str, ...]
    follow_up: tuple[str, ...]
    label: str = ""


@dataclass(frozen=True)
class Cause:
    """One way in which a detector fires.

    Attributes:
        name: its name in the hits' ``cause`` column.
        judgment: ``violation``, or ``verify`` where only another area or office can confirm.
        en, zh: a short phrase.
        needs_policy, thresholds: what this cause alone needs, or shares with other causes that name it too.
        reads_policy: parameters that decide some of its rows only, see `Card.reads_policy`.
        needs: contract tables and columns that it needs beyond those of the whole card.
        exposed: columns of the subject table with the values that a row has that could have this violation; without
            values, any that is not zero. Empty for every row.
        rests_on: links that it rests on beyond those of the whole card, see `Card.rests_on`.
        common_above: threshold in percent of what is exposed, above which the violation is the fund's own practice or
            reading; empty where that is never so.
        when_common: whether it is then only counted as not assessable (``note``), or one case for the agency
            (``summary``).
        needs_minutes: ``table.column`` of times that this cause needs to the minute.
    """

    name: str
    judgment: Judgment
    en: str
    zh: str
    needs_policy: tuple[str, ...] = ()
    thresholds: tuple[str, ...] = ()
    reads_policy: tuple[str, ...] = ()
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exposed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rests_on: tuple[LinkName, ...] = ()
    common_above: str = ""
    when_common: WhenCommon = "note"
    needs_minutes: tuple[str, ...] = ()


@dataclass(frozen=True)
class LegalBasis:
    """An instrument that applies to events from a day on.

    Attributes:
        instrument, article: what is cited; article None where it has not been read.
        start: first day on which it applies.
        area: six digits; None for everywhere.
        source: where it was read, if not in the instrument itself: a remark, and no part of the citation.
    """

    instrument: str
    article: str | None
    start: dt.date
    area: str | None
    source: str = ""

    def __str__(self) -> str:
        """As it is quoted in an alert."""
        return f"{self.instrument}, {self.article}" if self.article else self.instrument


@dataclass(frozen=True)
class Card:
    """One detector's card.

    Attributes:
        detector: the stored and exported name, which never changes; the file is named after the typology.
        kind, catalogue, typology, certainty, queue, family, subject, picture: see docs/design.md.
        dedup: columns of the hits that make two hits one case.
        evidence: what the hits are: settlements, or records of other tables.
        subject_table: the table whose rows it assesses, which are counted for assessability.
        needs: contract tables and columns that it always needs.
        needs_minutes: ``table.column`` of times that must be known to the minute.
        needs_policy: policy parameters that it needs, for any cause.
        thresholds: dated values that supervision chose.
        severity: least ``strength`` of each severity.
        words: texts by language.
        causes: by name.
        legal_basis: dated instruments.
        cases: the card's own examples, as tables in text.
        digest: hash of the content of the card and of its code.
        leniencies: thresholds that only leave cases out: unverified, they make no case less certain.
        strength: what the hits' ``strength`` is: ``evidence`` in the unit of `models.evidence.unit`, or a ``count``.
        rests_on: links that it rests on: joins, coverage and units that are measured before it assesses anybody
            (`detection.links`).
        spread: share of a case's evidence that also counts for the persons, the provider or the accounts involved.
        reads_policy: policy parameters that decide a part of its rows only: they are shown and grade an alert, but
            limit nothing. The detector reports a row whose value is unknown itself, by a cause to verify.
        money: what the money of its alerts is; None for the kind that follows from the rest, see `money_kind`.
        proof: columns of its evidence that carry the claim, by their names in `detection.proof.columns`.
        yields_to: detectors whose alerts own the settlements they cite: this one keeps silent about those.
    """

    detector: str
    kind: Kind
    catalogue: str
    typology: str
    certainty: Certainty
    queue: Queue
    family: Family
    subject: SubjectKind
    picture: Picture
    dedup: tuple[str, ...]
    evidence: Evidence
    subject_table: str
    needs: Mapping[str, tuple[str, ...]]
    needs_minutes: tuple[str, ...]
    needs_policy: tuple[str, ...]
    thresholds: Thresholds
    severity: Mapping[str, float]
    words: Mapping[str, CardText]
    causes: Mapping[str, Cause]
    legal_basis: tuple[LegalBasis, ...]
    cases: tuple[Mapping[str, Any], ...]
    digest: str
    reads_policy: tuple[str, ...] = ()
    leniencies: tuple[str, ...] = ()
    strength: StrengthUnit = "count"
    spread: Mapping[SubjectKind, float] = field(default_factory=dict)
    rests_on: tuple[LinkName, ...] = ()
    money: MoneyKind | None = None
    proof: tuple[str, ...] = ()
    yields_to: tuple[str, ...] = ()

    @property
    def theme(self) -> str:
        """The folder of its file: the family of a rule, or "models", "networks"."""
        return _THEMES.get(self.kind, self.family)

    @property
    def money_kind(self) -> MoneyKind:
        """What the money of its alerts is: by rules at issue, by patterns in question, by lists of scores context."""
        if self.money is not None:
            return self.money
        if self.kind == "model":
            return "context"
        return "at_issue" if self.certainty == "deterministic" else "in_question"

    def cause_text(self, name: str, language: str) -> str:
        """What a cause is called in a language; its name where the card has none of that name."""
        cause = self.causes.get(name)
        if cause is None:
            return name
        return cause.zh if language == "zh" else cause.en

    @property
    def statistical_thresholds(self) -> StatisticalThresholds:
        """The thresholds of a statistical card.

        Raises:
            CardError: the card is deterministic: its thresholds are those of the day of each event.
        """
        if self.certainty != "statistical":
            raise CardError("A deterministic card has no most recent thresholds.", where=self.detector)
        return StatisticalThresholds(self.thresholds.values)

    @property
    def detector_thresholds(self) -> Thresholds:
        """What the detector's code is given: `StatisticalThresholds` where the card is statistical."""
        return self.statistical_thresholds if self.certainty == "statistical" else self.thresholds

    def causes_with(self, judgment: Judgment) -> list[str]:
        """Names of the causes that are violations, or of those to verify, in the card's order."""
        return [name for name, cause in self.causes.items() if cause.judgment == judgment]

    def policy_of(self, cause: str | None) -> tuple[str, ...]:
        """Policy parameters that decide a cause: those that it names, and those that no cause names.

        Of None, the latter alone: what the whole card needs.
        """
        named = {name for each in self.causes.values() for name in each.needs_policy}
        own = self.causes[cause].needs_policy if cause is not None else ()
        return tuple(name for name in self.needs_policy if name not in named or name in own)

    def reads_of(self, cause: str | None) -> tuple[str, ...]:
        """Policy parameters that decide some rows of a cause: those that it names, and those that no cause names."""
        named = {name for each in self.causes.values() for name in each.reads_policy}
        own = self.causes[cause].reads_policy if cause is not None else ()
        return tuple(name for name in self.reads_policy if name not in named or name in own)

    def links_of(self, cause: str | None) -> tuple[LinkName, ...]:
        """Links that a cause rests on: those of the whole card, and its own; of None, the former alone."""
        own = self.causes[cause].rests_on if cause is not None else ()
        return tuple(dict.fromkeys((*self.rests_on, *own)))

    def thresholds_of(self, cause: str | None) -> tuple[str, ...]:
        """Thresholds that decide a cause: those that it names, and those that no cause names; sorted.

        Without those above which a violation is common, or a case material: they do not decide what is one.
        """
        named = {name for each in self.causes.values() for name in (*each.thresholds, each.common_above)}
        named |= {COMMON_LEAST, MATERIAL_ROWS, MATERIAL_YUAN}
        own = self.causes[cause].thresholds if cause is not None else ()
        return tuple(name for name in sorted(self.thresholds.values) if name not in named or name in own)

    def law_in_force(self, day: dt.date, area: str) -> list[LegalBasis]:
        """Instruments that apply to an event on a day in an area; the latest of each name."""
        in_force: dict[str, LegalBasis] = {}
        for basis in sorted(self.legal_basis, key=lambda each: each.start):
            if basis.start <= day and basis.area in (None, area):
                in_force[basis.instrument] = basis
        return list(in_force.values())
