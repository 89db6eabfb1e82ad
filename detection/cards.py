"""A detector's card: everything that somebody decided about it, and the words that go with it.

A card is a TOML file beside the detector's code, with the same base name. It says what is needed, which
dated lines are drawn, what the reader is told in two languages, and shows its cases. The same file
feeds the catalogue, the alert page, the Methods page and the tests. A card without one of the required
parts is refused with every problem listed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import narwhals as nw

from features.errors import CardError

Kind = Literal["rule", "model", "network"]
Certainty = Literal["deterministic", "statistical"]
Queue = Literal["institutions", "insured", "agency", "data"]
Status = Literal["verified", "illustrative", "unknown"]
Family = Literal["visit_frequency", "provider_collusion", "family_accounts"]

SUBJECT_KINDS = ("person", "provider", "payer_account", "prescriber", "employer", "group", "agency")
PICTURES = (
    "swipe_timeline",
    "visit_calendar",
    "money_flow",
    "days_by_people",
    "family_timeline",
    "peer_strip",
)
LANGUAGES = ("en", "zh")
_WORDS = ("title", "seen", "matters", "innocent", "follow_up")
_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True)
class LineValue:
    """A value that supervision chose, in force from a day until the next one."""

    start: dt.date
    value: int | float | str | list[str]
    unit: str
    source: str
    status: Status


@dataclass(frozen=True)
class Lines:
    """The dated lines of one card, looked up by the day of the event."""

    values: Mapping[str, tuple[LineValue, ...]]

    def at(self, name: str, day: dt.date) -> LineValue:
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

    def latest(self, name: str) -> Any:
        """The value of the last line drawn: for lines that judge a whole period at once."""
        return self.at(name, dt.date.max).value

    def expression(self, name: str, day: nw.Expr) -> nw.Expr:
        """The line in force as a Narwhals expression of a ``*_day`` column; null before the first."""
        if name not in self.values:
            self.at(name, dt.date.max)
        drawn: nw.Expr = nw.lit(None, dtype=nw.Float64)
        for one in self.values[name]:
            start = (one.start - _EPOCH).days
            drawn = nw.when(day >= start).then(nw.lit(one.value).cast(nw.Float64)).otherwise(drawn)
        return drawn

    def replacing(self, **values: Any) -> Lines:
        """The same lines with other values from the first day on (trials, property tests)."""
        changed = {
            name: (
                LineValue(
                    self.values[name][0].start, value, self.values[name][0].unit, "trial", "illustrative"
                ),
            )
            for name, value in values.items()
        }
        return Lines({**self.values, **changed})


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
    """

    name: str
    judgement: Literal["violation", "verify"]
    en: str
    zh: str


@dataclass(frozen=True)
class LegalBasis:
    """An instrument that applies to events from a day on; article None where it has not been read."""

    instrument: str
    article: str | None
    start: dt.date
    area: str | None

    def __str__(self) -> str:
        """As it is quoted in an alert."""
        return f"{self.instrument}, {self.article}" if self.article else self.instrument


@dataclass(frozen=True)
class Card:
    """One detector's card.

    Attributes:
        detector: the base name of the card's file.
        theme: its folder under rules/, or "models", "networks".
        kind, catalogue, typology, certainty, queue, family, subject, picture: see docs/design.md.
        dedup: columns of the hits that make two hits one case.
        needs: contract tables and columns it cannot do without.
        needs_minutes: ``table.column`` of times that must be known to the minute.
        needs_policy: policy parameters that it asks.
        lines: dated values that supervision chose.
        severity: names of lines, by severity, that ``strength`` is held against.
        words: by language.
        causes: by name.
        legal_basis: dated instruments.
        cases: the card's own examples, as tables in text.
        digest: hash of the card's and its code's content.
        raw: the TOML as read.
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
    needs: Mapping[str, tuple[str, ...]]
    needs_minutes: tuple[str, ...]
    needs_policy: tuple[str, ...]
    lines: Lines
    severity: Mapping[str, float]
    words: Mapping[str, Words]
    causes: Mapping[str, Cause]
    legal_basis: tuple[LegalBasis, ...]
    cases: tuple[Mapping[str, Any], ...]
    digest: str
    raw: Mapping[str, Any]

    def law_on(self, day: dt.date, area: str) -> list[str]:
        """Instruments that apply to an event on a day in an area, as quoted; the latest of each name."""
        in_force: dict[str, LegalBasis] = {}
        for basis in sorted(self.legal_basis, key=lambda one: one.start):
            if basis.start <= day and basis.area in (None, area):
                in_force[basis.instrument] = basis
        return [str(basis) for basis in in_force.values()]


def read_card(path: Path, *, theme: str) -> Card:
    """Read and check one card.

    Args:
        path: the TOML file; the detector's code lies beside it.
        theme: folder name of the theme.

    Raises:
        CardError: with every problem of the card.
    """
    content = path.read_bytes()
    code = path.with_suffix(".py")
    try:
        raw = tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CardError("The card is not TOML.", where=str(path.name), problems=[str(error)]) from None
    problems = _problems(raw)
    if problems:
        raise CardError("The card is incomplete.", where=str(path.name), problems=problems)
    digest = hashlib.sha256(content + (code.read_bytes() if code.exists() else b"")).hexdigest()[:16]
    return Card(
        detector=path.stem,
        theme=theme,
        kind=raw.get("kind", "rule"),
        catalogue=raw["catalogue"],
        typology=raw["typology"],
        certainty=raw["certainty"],
        queue=raw["queue"],
        family=raw["family"],
        subject=raw["subject"],
        picture=raw["picture"],
        dedup=tuple(raw["dedup"]),
        needs={table: tuple(columns) for table, columns in raw.get("needs", {}).items()},
        needs_minutes=tuple(raw.get("needs_minutes", ())),
        needs_policy=tuple(raw.get("needs_policy", ())),
        lines=Lines(_dated(raw.get("line", ()))),
        severity=dict(raw.get("severity", {})),
        words={language: _words(raw[language]) for language in LANGUAGES},
        causes={
            name: Cause(name, cause.get("judgement", "violation"), cause["en"], cause["zh"])
            for name, cause in raw.get("cause", {}).items()
        },
        legal_basis=tuple(
            LegalBasis(basis["instrument"], basis.get("article"), basis["from"], basis.get("area"))
            for basis in raw.get("legal_basis", ())
        ),
        cases=tuple(raw.get("case", ())),
        digest=digest,
        raw=raw,
    )


def _dated(lines: Sequence[Mapping[str, Any]]) -> dict[str, tuple[LineValue, ...]]:
    values: dict[str, list[LineValue]] = {}
    for line in sorted(lines, key=lambda one: (one["name"], one["from"])):
        value = LineValue(line["from"], line["value"], line["unit"], line["source"], line["status"])
        values.setdefault(line["name"], []).append(value)
    return {name: tuple(drawn) for name, drawn in values.items()}


def _words(words: Mapping[str, Any]) -> Words:
    return Words(
        words["title"], words["seen"], words["matters"], tuple(words["innocent"]), tuple(words["follow_up"])
    )


def _problems(raw: Mapping[str, Any]) -> list[str]:
    """Everything that is wrong with a card, a line each."""
    problems = [
        f"{field!r} is missing"
        for field in ("catalogue", "typology", "certainty", "queue", "family", "subject", "picture", "dedup")
        if field not in raw
    ]
    allowed = {
        "kind": ("rule", "model", "network"),
        "certainty": ("deterministic", "statistical"),
        "queue": ("institutions", "insured", "agency", "data"),
        "family": ("visit_frequency", "provider_collusion", "family_accounts"),
        "subject": SUBJECT_KINDS,
        "picture": PICTURES,
    }
    problems += [
        f"{field} = {raw[field]!r} is not one of {', '.join(values)}"
        for field, values in allowed.items()
        if field in raw and raw[field] not in values
    ]
    for language in LANGUAGES:
        said = raw.get(language, {})
        problems += [f"[{language}] lacks {word!r}" for word in _WORDS if not said.get(word)]
    for number, line in enumerate(raw.get("line", ()), 1):
        lacking = [part for part in ("name", "from", "value", "unit", "source", "status") if part not in line]
        problems += [f"[[line]] {line.get('name', number)} lacks {part!r}" for part in lacking]
    for name, cause in raw.get("cause", {}).items():
        problems += [f"[cause.{name}] lacks {part!r}" for part in LANGUAGES if part not in cause]
    for number, basis in enumerate(raw.get("legal_basis", ()), 1):
        problems += [
            f"[[legal_basis]] {number} lacks {part!r}" for part in ("instrument", "from") if part not in basis
        ]
    if raw.get("kind", "rule") != "model" and len(raw.get("case", ())) < 3:  # fires, nearly, cannot be judged
        problems.append("fewer than three [[case]]: one fires, one nearly fires, one cannot be judged")
    return problems


def card_json(card: Card) -> str:
    """The card as stable JSON, as it is kept with the alerts it raised."""
    return json.dumps(card.raw, ensure_ascii=False, sort_keys=True, default=str)
