"""A plain card and plain alerts to begin with; a test changes what it is about."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from typing import Any

import polars as pl

from detection.alerts.draft import (
    EVIDENCE_SCHEMA,
    RECORD_SCHEMA,
    AlertDraft,
    Explanation,
    Money,
    Provenance,
    Subject,
    alert_id,
    case_key,
)
from detection.detectors.cards import (
    LANGUAGES,
    Card,
    CardText,
    Cause,
    LegalBasis,
    Status,
    Threshold,
    Thresholds,
)
from detection.language.law import Citation
from detection.language.text import Text

KEY = b"key of the workspace"
AS_OF = dt.date(2024, 6, 30)
SEEN = "{n} payments, {amount} for {subject} at {provider}, {first} to {last}; {late} late, {away} away."

RECORDS_SEEN = (
    "{subject}: entries {n}, {over} too much, {owed} owed, {first} to {last}; wrong: {wrong}, {people}."
)


def line(value: float, *, status: Status = "verified", start: dt.date = dt.date(2020, 1, 1)) -> Threshold:
    """A line from 2020 on."""
    return Threshold(start, value, "piece", "a document", status)


def a_card(**changed: Any) -> Card:
    """A deterministic rule on payer accounts: a verified line, and two causes, one of which only others can confirm."""
    words = CardText("A title", SEEN, "It matters.", ("It is lawful.",), ("Ask.",), "A title")
    card = Card(
        detector="a_rule",
        kind="rule",
        catalogue="D26",
        typology="family_authorization_violation",
        certainty="deterministic",
        queue="insured",
        family="family_accounts",
        subject="payer_account",
        picture="family_timeline",
        dedup=("payer_id", "beneficiary_id"),
        evidence="settlements",
        subject_table="settlements",
        needs={},
        needs_minutes=(),
        needs_policy=(),
        thresholds=Thresholds({"grace": (line(0),)}),
        severity={},
        words=dict.fromkeys(LANGUAGES, words),
        causes={
            "late": Cause("late", "violation", "late", "晚"),
            "away": Cause("away", "verify", "away", "异地"),
        },
        legal_basis=(LegalBasis("Law", "Art. 1", dt.date(2020, 1, 1), None),),
        cases=(),
        digest="digest-1",
    )
    return replace(card, **changed)


def a_record_card() -> Card:
    """A deterministic rule on the entries of personal accounts, about an agency's errors."""
    plain = a_card()
    words = replace(plain.words["en"], observed=RECORDS_SEEN)
    return replace(
        plain,
        evidence="records",
        subject_table="account_entries",
        queue="agency",
        subject="person",
        dedup=("account_id",),
        causes={"wrong": Cause("wrong", "violation", "wrong", "有误")},
        words=dict.fromkeys(LANGUAGES, words),
    )


def some_hits(drawing: str) -> pl.DataFrame:
    """Hits as ``settlement payer beneficiary cause [strength]``, one a line."""
    names = ("settlement_id", "payer_id", "beneficiary_id", "cause", "strength")
    rows = [dict(zip(names, line.split(), strict=False)) for line in drawing.strip().splitlines()]
    hits = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String))
    return hits.with_columns(pl.col("strength").cast(pl.Float64), subject_id="payer_id")


def a_draft(case: str = "k1", **changed: Any) -> AlertDraft:
    """An alert of 12.34 yuan on one settlement; ``case`` makes its id.

    ``changed`` names fields of the draft, or of the values that it consists of.
    """
    key = case_key("a_rule", [case])
    settlements = changed.pop("settlements", (f"s-{case}",))
    draft = AlertDraft(
        alert_id=alert_id(KEY, key),
        case_key=key,
        detector="a_rule",
        subject=Subject("payer_account", case, ("anna",), "p1", "pharmacy", "320600"),
        money=Money(1000 * len(settlements), 234 * len(settlements)),
        explanation=Explanation(
            title=Text("A title", "标题"),
            seen=Text(f"About ⟦payer_account:{case}⟧.", f"关于⟦payer_account:{case}⟧。"),
            citations=(Citation("Law", "Art. 1"),),
            figures={"n": len(settlements)},
        ),
        provenance=Provenance(
            detector_kind="rule",
            family="family_accounts",
            queue="insured",
            certainty="deterministic",
            money_kind="at_issue",
            typology="family_authorization_violation",
            card_digest="digest-1",
            values=(),
        ),
        severity="definite",
        strength=None,
        first=dt.date(2024, 3, 1),
        last=dt.date(2024, 3, 31),
        evidence=evidence(alert_id(KEY, key), settlements),
        score=90.0,
    )
    return with_changes(draft, **changed)


def with_changes(draft: AlertDraft, **changed: Any) -> AlertDraft:
    """The draft with other fields, its own or those of its subject, money, explanation or provenance."""
    for part in ("subject", "money", "explanation", "provenance"):
        value = getattr(draft, part)
        own = {each.name for each in fields(value)} & set(changed)
        draft = replace(draft, **{part: replace(value, **{name: changed.pop(name) for name in own})})
    return replace(draft, **changed)


def evidence(alert: str, settlements: tuple[str, ...], *, person: str = "anna") -> pl.DataFrame:
    """Settlements of 12.34 yuan at p1 on the first of March."""
    rows = [
        (
            alert,
            item,
            "late",
            person,
            "p1",
            dt.datetime(2024, 3, 1, 10),
            True,
            1000,
            234,
            "settlements.csv",
            number,
            None,
        )
        for number, item in enumerate(settlements, 1)
    ]
    return pl.DataFrame(rows, schema=EVIDENCE_SCHEMA, orient="row")


def records(alert: str, *entries: tuple[str, int]) -> pl.DataFrame:
    """Ledger entries of anna on the eighth of March, each with the fen at issue."""
    rows = [
        (
            alert,
            "account_entries",
            entry,
            "late",
            "anna",
            dt.date(2024, 3, 8),
            0,
            fen,
            "account_entries.csv",
            number,
            None,
        )
        for number, (entry, fen) in enumerate(entries, 1)
    ]
    return pl.DataFrame(rows, schema=RECORD_SCHEMA, orient="row")


def a_record_draft(case: str = "agency", *entries: tuple[str, int], **changed: Any) -> AlertDraft:
    """An alert about an agency's error, on ledger entries."""
    rows = entries or (("e1", 500), ("e2", -200))
    about = {"queue": "agency", "kind": "person", "pool": 0, "provider_id": None, **changed}
    draft = a_draft(case, settlements=(), account=sum(fen for _, fen in rows), **about)
    return replace(draft, records=records(draft.alert_id, *rows))
