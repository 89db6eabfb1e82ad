"""Between a card and the content of its file: a card from its file or from stored JSON, and back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from detection.detectors.card_model import CardFile, CauseEntry, TextEntry, ThresholdEntry, with_current_keys
from detection.detectors.cards import LANGUAGES, Card, CardText, Cause, LegalBasis
from detection.detectors.thresholds import Threshold, Thresholds
from features.dated import by_name
from features.errors import CardError
from features.message import Message, verbatim

_DATED = ("threshold", "legal_basis")


def card_of(file: CardFile, *, detector: str, digest: str) -> Card:
    """The card with this content."""
    return Card(
        detector=detector,
        kind=file.kind,
        catalogue=file.catalogue,
        typology=file.typology,
        certainty=file.certainty,
        queue=file.queue,
        family=file.family,
        subject=file.subject,
        picture=file.picture,
        dedup=tuple(file.dedup),
        evidence=file.evidence,
        subject_table=file.subject_table,
        needs=_needs(file.needs),
        needs_minutes=tuple(file.needs_minutes),
        needs_policy=_with_causes(file.needs_policy, (each.needs_policy for each in file.cause.values())),
        reads_policy=_with_causes(file.reads_policy, (each.reads_policy for each in file.cause.values())),
        thresholds=_thresholds(file.threshold),
        severity=file.severity,
        leniencies=tuple(file.leniencies),
        strength=file.strength,
        money=file.money,
        spread=file.spread,
        rests_on=tuple(file.rests_on),
        proof=tuple(file.proof.columns),
        yields_to=tuple(file.yields_to),
        words={language: _text(getattr(file, language)) for language in LANGUAGES},
        causes={name: _cause(name, entry) for name, entry in file.cause.items()},
        legal_basis=tuple(
            LegalBasis(each.instrument, each.article, each.start, each.area, each.source)
            for each in file.legal_basis
        ),
        cases=tuple(file.case),
        digest=digest,
    )


def card_from_json(content: Mapping[str, Any], *, detector: str, digest: str) -> Card:
    """A card as it was stored with the alerts it raised, by this version or an earlier one.

    Args:
        content: the stored JSON; keys that no longer exist are left out.
        detector: its name, which the content of earlier versions lacks.
        digest: the stored digest.

    Raises:
        CardError: the content is not that of a card.
    """
    current = with_current_keys(content)
    try:
        current |= {key: [_with_date(entry) for entry in current.get(key, ())] for key in _DATED}
        file = CardFile.model_validate(current, extra="ignore")
    except (ValidationError, ValueError, TypeError) as error:
        raise CardError(
            "A stored card cannot be read.",
            where=Message("{detector}, version {digest}", detector=detector, digest=digest),
            problems=[verbatim(str(error))],
        ) from None
    return card_of(file, detector=detector, digest=digest)


def card_json(card: Card) -> str:
    """The card as stable JSON, as it is stored with the alerts it raised."""
    return json.dumps(_content(card), ensure_ascii=False, sort_keys=True, default=str)


def _needs(needs: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {table: tuple(columns) for table, columns in needs.items()}


def _with_causes(whole: Iterable[str], of_causes: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """What the whole card names, then what its causes name, each once."""
    return tuple(dict.fromkeys([*whole, *(name for names in of_causes for name in names)]))


def _thresholds(entries: Sequence[ThresholdEntry]) -> Thresholds:
    return Thresholds(
        {
            name: tuple(
                Threshold(
                    each.start,
                    each.value,
                    each.unit,
                    each.source,
                    each.status,
                    each.en,
                    each.zh,
                    each.stricter,
                )
                for each in dated
            )
            for name, dated in by_name(entries).items()
        }
    )


def _text(entry: TextEntry) -> CardText:
    return CardText(
        entry.title,
        entry.observed,
        entry.why_it_matters,
        tuple(entry.innocent_explanations),
        tuple(entry.follow_up),
        entry.label or entry.title,
    )


def _cause(name: str, entry: CauseEntry) -> Cause:
    return Cause(
        name,
        entry.judgment,
        entry.en,
        entry.zh,
        tuple(entry.needs_policy),
        tuple(entry.thresholds),
        tuple(entry.reads_policy),
        _needs(entry.needs),
        _needs(entry.exposed),
        tuple(entry.rests_on),
        entry.common_above,
        entry.when_common,
        tuple(entry.needs_minutes),
    )


def _with_date(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {**entry, "from": dt.date.fromisoformat(entry["from"])}


def _content(card: Card) -> dict[str, Any]:
    """The content of the file that a card was read from, or would be read from."""
    of_parts = {"proof", "threshold", "cause", "legal_basis", "case", *LANGUAGES}
    plain = {name: getattr(card, name) for name in CardFile.model_fields if name not in of_parts}
    texts = {language: vars(text) for language, text in card.words.items()}
    causes = {
        name: {key: value for key, value in vars(cause).items() if key != "name"}
        for name, cause in card.causes.items()
    }
    thresholds = [
        {"name": name} | _with_from(vars(each))
        for name, dated in card.thresholds.values.items()
        for each in dated
    ]
    basis = [_with_from(vars(each)) for each in card.legal_basis]
    return {
        **plain,
        **texts,
        "proof": {"columns": card.proof},
        "threshold": thresholds,
        "cause": causes,
        "legal_basis": basis,
        "case": card.cases,
    }


def _with_from(dated: Mapping[str, Any]) -> dict[str, Any]:
    """A dated value with the key ``from``, as in files."""
    return {"from" if key == "start" else key: value for key, value in dated.items()}
