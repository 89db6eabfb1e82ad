"""A detector's card: everything that somebody decided about it, and the words that go with it.

A card is a TOML file beside the detector's code, with the same base name. It says what is needed, which
dated lines are drawn, what the reader is told in two languages, and shows its cases. The same file
feeds the catalogue, the alert page, the Methods page and the tests. `detection.detectors.card_files`
reads it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

import narwhals as nw

from features.errors import CardError

Kind = Literal["rule", "model", "network"]
Certainty = Literal["deterministic", "statistical"]
Queue = Literal["institutions", "insured", "agency", "data"]
Status = Literal["verified", "illustrative", "unknown"]
Family = Literal[
    "visit_frequency",
    "provider_collusion",
    "family_accounts",
    "personal_account",
    "benefit",
    "data_quality",
]
Evidence = Literal["settlements", "records"]

SUBJECT_KINDS = ("person", "provider", "payer_account", "prescriber", "employer", "group", "agency")
PICTURES = (
    "swipe_timeline",
    "visit_calendar",
    "money_flow",
    "days_by_people",
    "family_timeline",
    "peer_strip",
    "signed_months",
)
FAMILIES: tuple[Family, ...] = get_args(Family)
LANGUAGES = ("en", "zh")
_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True)
class Threshold:
    """A value that supervision chose, in force from a day until the next one.

    ``en`` and ``zh`` say in a few words what the line is; empty where nobody did.
    """

    start: dt.date
    value: int | float | str | list[str]
    unit: str
    source: str
    status: Status
    en: str = ""
    zh: str = ""


@dataclass(frozen=True)
class Thresholds:
    """The dated thresholds of one card, looked up by the day of the event; all that a deterministic detector has."""

    values: Mapping[str, tuple[Threshold, ...]]

    def at(self, name: str, day: dt.date) -> Threshold:
        """The line in force on a day.

        Raises:
            CardError: the card has no such line, or none on that day yet.
        """
        known = self.values.get(name)
        if not known:
            raise CardError(
                f"The card has no line named {name!r}.", next_step="add a [[line]] with that name"
            )
        for one in reversed(known):
            if one.start <= day:
                return one
        raise CardError(
            f"Line {name!r} is asked for {day}, but is first drawn on {known[0].start}.",
            next_step="add an earlier [[line]] or leave that period out",
        )

    def title(self, name: str, language: str) -> str:
        """What a line is, in a few words of a language; its name where its card does not say, or has no such line."""
        said = [one.zh if language == "zh" else one.en for one in self.values.get(name, ())]
        return next((one for one in reversed(said) if one), name)

    def expression(self, name: str, day: nw.Expr) -> nw.Expr:
        """The line in force as a Narwhals expression of a ``*_day`` column; null before the first."""
        if name not in self.values:
            self.at(name, dt.date.max)
        drawn: nw.Expr = nw.lit(None, dtype=nw.Float64)
        for one in self.values[name]:
            start = (one.start - _EPOCH).days
            drawn = nw.when(day >= start).then(nw.lit(one.value).cast(nw.Float64)).otherwise(drawn)
        return drawn

    def replacing(self, **values: Any) -> Thresholds:
        """The same lines with other values from the first day on (trials, property tests)."""
        changed = {
            name: (
                Threshold(
                    self.values[name][0].start, value, self.values[name][0].unit, "trial", "illustrative"
                ),
            )
            for name, value in values.items()
        }
        return Thresholds({**self.values, **changed})


@dataclass(frozen=True)
class StatisticalThresholds(Thresholds):
    """The thresholds of a statistical detector, which assesses a whole period by the most recent values."""

    def latest(self, name: str) -> Any:
        """The most recent value of a threshold.

        Raises:
            CardError: the card has no such threshold.
        """
        return self.at(name, dt.date.max).value


@dataclass(frozen=True)
class Words:
    """What a card says in one language; ``seen`` is a template filled with the alert's figures."""

    title: str
    seen: str
    matters: str
    innocent: tuple[str, ...]
    follow_up: tuple[str, ...]


@dataclass(frozen=True)
class Cause:
    """One way in which a detector fires.

    Attributes:
        name: as it stands in the hits' ``cause`` column.
        judgement: ``violation``, or ``verify`` when only another area or office can tell.
        en, zh: a short phrase.
        needs_policy, lines: what decides this cause alone, or with others that name it too.
        reads_policy: parameters that decide some of its rows only, see `Card.reads_policy`.
    """

    name: str
    judgement: Literal["violation", "verify"]
    en: str
    zh: str
    needs_policy: tuple[str, ...] = ()
    thresholds: tuple[str, ...] = ()
    reads_policy: tuple[str, ...] = ()


@dataclass(frozen=True)
class LegalBasis:
    """An instrument that applies to events from a day on.

    Attributes:
        instrument, article: what is cited; article None where it has not been read.
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
        theme: its folder under rules/, or "models", "networks".
        kind, catalogue, typology, certainty, queue, family, subject, picture: see docs/design.md.
        dedup: columns of the hits that make two hits one case.
        evidence: what the hits are: settlements, or records of other tables.
        judged: the table whose rows it judges, which are counted for assessability.
        needs: contract tables and columns it cannot do without.
        needs_minutes: ``table.column`` of times that must be known to the minute.
        needs_policy: policy parameters that it asks, for whichever cause.
        lines: dated values that supervision chose.
        severity: names of lines, by severity, that ``strength`` is held against.
        words: by language.
        causes: by name.
        legal_basis: dated instruments.
        cases: the card's own examples, as tables in text.
        digest: hash of the card's and its code's content.
        raw: the TOML as read.
        reads_policy: policy parameters that it asks for a part of its rows only: they are shown and grade an alert,
            but bound nothing. Of a row whose value is unknown the detector says so itself, by a cause to verify.
    """

    detector: str
    theme: str
    kind: Kind
    catalogue: str
    typology: str
    certainty: Certainty
    queue: Queue
    family: Family
    subject: str
    picture: str
    dedup: tuple[str, ...]
    evidence: Evidence
    judged: str
    needs: Mapping[str, tuple[str, ...]]
    needs_minutes: tuple[str, ...]
    needs_policy: tuple[str, ...]
    thresholds: Thresholds
    severity: Mapping[str, float]
    words: Mapping[str, Words]
    causes: Mapping[str, Cause]
    legal_basis: tuple[LegalBasis, ...]
    cases: tuple[Mapping[str, Any], ...]
    digest: str
    raw: Mapping[str, Any]
    reads_policy: tuple[str, ...] = ()

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

    def policy_of(self, cause: str | None) -> tuple[str, ...]:
        """Policy parameters that decide a cause: those that it names, and those that no cause names.

        Of None, the latter alone: what the whole card asks.
        """
        named = {name for one in self.causes.values() for name in one.needs_policy}
        own = self.causes[cause].needs_policy if cause is not None else ()
        return tuple(name for name in self.needs_policy if name not in named or name in own)

    def reads_of(self, cause: str | None) -> tuple[str, ...]:
        """Policy parameters that decide some rows of a cause: those that it names, and those that no cause names."""
        named = {name for one in self.causes.values() for name in one.reads_policy}
        own = self.causes[cause].reads_policy if cause is not None else ()
        return tuple(name for name in self.reads_policy if name not in named or name in own)

    def thresholds_of(self, cause: str | None) -> tuple[str, ...]:
        """Lines that decide a cause: those that it names, and those that no cause names; sorted."""
        named = {name for one in self.causes.values() for name in one.thresholds}
        own = self.causes[cause].thresholds if cause is not None else ()
        return tuple(name for name in sorted(self.thresholds.values) if name not in named or name in own)

    def law_in_force(self, day: dt.date, area: str) -> list[LegalBasis]:
        """Instruments that apply to an event on a day in an area; the latest of each name."""
        in_force: dict[str, LegalBasis] = {}
        for basis in sorted(self.legal_basis, key=lambda one: one.start):
            if basis.start <= day and basis.area in (None, area):
                in_force[basis.instrument] = basis
        return list(in_force.values())
