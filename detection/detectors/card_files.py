"""Reading a card's file: one without a required part is refused, with every problem listed."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from detection.detectors.cards import (
    FAMILIES,
    LANGUAGES,
    PICTURES,
    SUBJECT_KINDS,
    Card,
    Cause,
    LegalBasis,
    Threshold,
    Thresholds,
    Words,
)
from detection.detectors.subject_tables import JUDGED
from features.errors import CardError

_WORDS = ("title", "seen", "matters", "innocent", "follow_up")


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
        detector=raw.get("detector", path.stem),
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
        evidence=raw.get("evidence", "settlements"),
        judged=raw.get("judged", "settlements"),
        needs={table: tuple(columns) for table, columns in raw.get("needs", {}).items()},
        needs_minutes=tuple(raw.get("needs_minutes", ())),
        needs_policy=_policy_asked(raw, "needs_policy"),
        reads_policy=_policy_asked(raw, "reads_policy"),
        thresholds=Thresholds(dated_thresholds(raw.get("line", ()))),
        severity=dict(raw.get("severity", {})),
        words={language: _words(raw[language]) for language in LANGUAGES},
        causes={
            name: Cause(
                name,
                cause.get("judgement", "violation"),
                cause["en"],
                cause["zh"],
                tuple(cause.get("needs_policy", ())),
                tuple(cause.get("lines", ())),
                tuple(cause.get("reads_policy", ())),
            )
            for name, cause in raw.get("cause", {}).items()
        },
        legal_basis=tuple(
            LegalBasis(
                basis["instrument"],
                basis.get("article"),
                basis["from"],
                basis.get("area"),
                basis.get("source", ""),
            )
            for basis in raw.get("legal_basis", ())
        ),
        cases=tuple(raw.get("case", ())),
        digest=digest,
        raw=raw,
    )


def stored_name(path: Path) -> str:
    """The detector's name: the card's key ``detector``; the file's base name where there is none or no TOML."""
    try:
        return str(tomllib.loads(path.read_text(encoding="utf-8")).get("detector", path.stem))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return path.stem


def _policy_asked(raw: Mapping[str, Any], how: str) -> tuple[str, ...]:
    """What the whole card needs, or reads, then what its causes do, each once."""
    of_causes = (name for cause in raw.get("cause", {}).values() for name in cause.get(how, ()))
    return tuple(dict.fromkeys([*raw.get(how, ()), *of_causes]))


def dated_thresholds(lines: Sequence[Mapping[str, Any]]) -> dict[str, tuple[Threshold, ...]]:
    """Dated values by name, in order of their dates."""
    values: dict[str, list[Threshold]] = {}
    for line in sorted(lines, key=lambda one: (one["name"], one["from"])):
        said = (str(line.get(language, "")) for language in LANGUAGES)
        value = Threshold(line["from"], line["value"], line["unit"], line["source"], line["status"], *said)
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
        "family": FAMILIES,
        "evidence": ("settlements", "records"),
        "judged": tuple(JUDGED),
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
    drawn = {line.get("name") for line in raw.get("line", ())}
    for name, cause in raw.get("cause", {}).items():
        problems += [f"[cause.{name}] lacks {part!r}" for part in LANGUAGES if part not in cause]
        unknown = [line for line in cause.get("lines", ()) if line not in drawn]
        problems += [f"[cause.{name}] names line {line!r}, which is not drawn" for line in unknown]
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
