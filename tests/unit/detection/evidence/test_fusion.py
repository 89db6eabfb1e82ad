"""From alerts and detectors' own evidence to one risk for each subject."""

from __future__ import annotations

import json
from typing import Any

import polars as pl
import pytest
from support.drafts import a_card, a_draft, line

from detection.detectors.cards import Card, Thresholds
from detection.detectors.exposure import Exposure
from detection.evidence.case_values import with_evidence
from detection.evidence.fusion import WEAK, fused, risks
from detection.evidence.items import ITEMS, items_of, strongest
from detection.evidence.of_alerts import pieces_of_alerts
from detection.evidence.of_rules import rule_evidence
from detection.evidence.pieces import all_pieces, items_of_pieces, returned_pieces
from detection.evidence.weak_signs import weak_signs
from detection.evidence.with_risk import with_risk
from models.scoring import SCHEMA


def items(*rows: tuple[str, str, str, float]) -> pl.DataFrame:
    names = ("subject_kind", "subject_id", "detector", "value")
    return strongest(
        [
            pl.DataFrame([dict(zip(names, row, strict=True)) for row in rows]).select(
                *(
                    pl.col(name) if name in names else pl.lit(None, kind).alias(name)
                    for name, kind in ITEMS.items()
                )
            )
        ]
    )


def scores(*entities: str) -> pl.DataFrame:
    frame = pl.DataFrame(
        {
            "entity_id": entities,
            "rank": range(1, len(entities) + 1),
            "spend_rank": range(1, len(entities) + 1),
            "score": [0.5] * len(entities),
        }
    )
    return frame.select(
        pl.col(name).cast(kind) if name in frame.columns else pl.lit(None, kind).alias(name)
        for name, kind in SCHEMA.items()
    )


def test_the_strongest_kind_counts_in_full_and_every_further_one_by_half() -> None:
    risk = risks(
        items(("person", "anna", "a", 4.0), ("person", "anna", "b", 2.0), ("person", "bob", "a", 5.0)),
        "person",
    )
    assert risk.select("entity_id", "risk", "kinds").rows() == [("anna", 5.0, 2), ("bob", 5.0, 1)]
    assert json.loads(risk["evidence"][0]) == [
        {"detector": "a", "value": 4.0},
        {"detector": "b", "value": 2.0},
    ]


def test_one_detector_counts_once() -> None:
    twice = items(("person", "anna", "a", 4.0), ("person", "anna", "a", 2.0))
    assert risks(twice, "person")["risk"].to_list() == [4.0]


def test_evidence_is_kept_within_its_bounds() -> None:
    returned = pl.DataFrame(
        {
            "subject_kind": ["person"] * 4,
            "subject_id": ["a", "b", "c", None],
            "value": [99.0, 0.0, float("nan"), 3.0],
        }
    )
    assert items_of("x", returned).select("subject_id", "value").rows() == [("a", 6.0)]


def test_ranks_order_only_what_evidence_does_not() -> None:
    ranked = fused(scores("rich", "poor", "named"), risks(items(("person", "named", "a", 0.5)), "person"))
    assert ranked["entity_id"].to_list() == ["named", "rich", "poor"]
    assert ranked.filter(entity_id="rich")["score"].item() <= WEAK


def test_an_entity_that_no_model_scored_is_ranked_too() -> None:
    for modeled in (scores("rich"), None):
        ranked = fused(modeled, risks(items(("operator", "o7", "a", 3.0)), "operator"))
        assert ranked["entity_id"][0] == "o7"
        assert ranked["rank"][0] == 1


@pytest.mark.parametrize(
    ("rows", "violations", "exposed", "value"),
    [
        (1, 1, 10_000, 4.5),
        (4, 100, 10_000, 3.9),
        (1, 10_000, 10_000, 0.5),
        (64, 64, 64_000, 6.0),
        (1, 0, 0, 0.5),
    ],
)
def test_a_rare_and_repeated_violation_is_worth_more(
    rows: int, violations: int, exposed: int, value: float
) -> None:
    assert rule_evidence(rows, violations, exposed) == pytest.approx(value)


def test_a_case_s_evidence_spreads_as_far_as_the_card_says() -> None:
    card = a_card(spread={"provider": 0.5, "person": 0.25})
    [draft] = with_evidence(
        card, [a_draft("k1", settlements=("s1", "s2"))], exposure={"late": Exposure(2, 20_000)}
    )
    spread = items_of_pieces(pieces_of_alerts([draft], {"a_rule": card}))
    values = {
        (kind, identity): value
        for kind, identity, value in spread.select("subject_kind", "subject_id", "value").iter_rows()
    }
    whole = values["payer_account", "k1"]
    assert whole == pytest.approx(0.5 + 4 + 0.7)
    assert values == {
        ("payer_account", "k1"): whole,
        ("provider", "p1"): whole / 2,
        ("person", "anna"): whole / 4,
    }


def test_the_involved_are_touched_where_the_card_has_no_spread() -> None:
    cases = [
        a_draft("k1", kind="person", identity="anna", member_ids=("anna", "bob"), evidence_value=4.0),
        a_draft("k2", kind="person", identity="carl", member_ids=("carl",), evidence_value=3.0),
    ]
    touched = items_of_pieces(pieces_of_alerts(cases, {"a_rule": a_card(subject="person")}))
    values = {(row["subject_kind"], row["subject_id"]): row["value"] for row in touched.iter_rows(named=True)}
    assert values == {
        ("person", "anna"): 4.0,
        ("person", "bob"): pytest.approx(0.4),
        ("person", "carl"): 3.0,
        ("provider", "p1"): pytest.approx(0.4),
    }
    alone = items_of_pieces(pieces_of_alerts(cases[:1], {"a_rule": a_card(subject="person")}))
    assert "provider" not in alone["subject_kind"].to_list()


def test_a_statistical_case_has_its_strength_where_that_is_evidence() -> None:
    def value(**changed: Any) -> float:
        card = a_card(certainty="statistical", **changed)
        [draft] = with_evidence(card, [a_draft("k1", strength=9.0)], exposure={})
        return draft.evidence_value

    assert (value(strength="evidence"), value()) == (6.0, 2.0)


def weak_card() -> Card:
    thresholds = {"capacity": (line(2),), "least_kinds": (line(2),), "least_risk": (line(2.0),)}
    return a_card(subject="person", certainty="statistical", kind="model", thresholds=Thresholds(thresholds))


def test_a_list_of_weak_signs_leaves_out_whom_an_alert_names_and_whom_little_points_to() -> None:
    pointed = [(name, kind, 1.5) for name in ("anna", "bob", "carl", "dora") for kind in "xy"]
    evidence = items(
        *(("person", name, kind, value) for name, kind, value in pointed),
        ("person", "single", "x", 6.0),
        ("person", "faint", "x", 0.5),
        ("person", "faint", "y", 0.5),
    )
    ranked = fused(scores("dora", "carl", "bob", "anna"), risks(evidence, "person"))
    named = a_draft("k1", kind="provider", identity="p1", member_ids=("dora",))
    assert weak_signs(weak_card(), ranked, [named])["entity_id"].to_list() == ["carl", "bob"]


def test_further_evidence_makes_a_pattern_graver_and_leaves_a_finding() -> None:
    grades = {"watch": 2, "suspicious": 3, "highly_suspicious": 4.5}
    cards = {
        "a_rule": a_card(certainty="statistical", strength="evidence", severity=grades),
        "certain": a_card(),
    }
    ranked = {
        "payer_account": fused(
            None,
            risks(
                items(("payer_account", "k1", "a", 2.2), ("payer_account", "k1", "b", 2.0)), "payer_account"
            ),
        )
    }
    pattern = a_draft("k1", strength=2.2, severity="watch", certainty="statistical")
    finding = a_draft("k1", detector="certain", severity="highly_suspicious")
    alone = a_draft("k2", strength=2.2, severity="watch", certainty="statistical")
    graded = with_risk([pattern, finding, alone], ranked, cards)
    assert [(each.severity, each.kinds) for each in graded] == [
        ("suspicious", 2),
        ("highly_suspicious", 2),
        ("watch", 1),
    ]


def test_pieces_say_whose_they_are_and_of_which_case() -> None:
    [draft] = [a_draft("k1", kind="person", identity="anna", member_ids=("anna", "bob"), evidence_value=4.0)]
    pieces = all_pieces(
        [
            pieces_of_alerts([draft], {"a_rule": a_card(subject="person", spread={"provider": 0.5})}),
            returned_pieces(items(("person", "carl", "x", 1.5))),
        ]
    )
    columns = ("subject_id", "value", "share", "role", "case")
    assert pieces.select(columns).sort("subject_id").rows() == [
        ("anna", 4.0, 1.0, "subject", draft.alert_id),
        ("bob", 4.0, 0.1, "touched", draft.alert_id),
        ("carl", 1.5, 1.0, "returned", None),
        ("p1", 4.0, 0.5, "spread", draft.alert_id),
    ]
    assert items_of_pieces(pieces)["value"].to_list() == [4.0, pytest.approx(0.4), 1.5, 2.0]


def test_a_rank_states_what_it_would_be_without_the_strongest_kind() -> None:
    evidence = items(
        ("person", "anna", "x", 5.0),
        ("person", "anna", "y", 2.0),
        ("person", "bob", "x", 3.0),
        ("person", "carl", "z", 1.0),
    )
    ranked = fused(scores("dora"), risks(evidence, "person"))
    assert ranked.select("entity_id", "rank", "rank_without", "kinds", "kinds_in_run").rows() == [
        ("anna", 1, 2, 2, 3),
        ("bob", 2, 4, 1, 3),
        ("carl", 3, 4, 1, 3),
        ("dora", 4, None, 0, None),
    ]
