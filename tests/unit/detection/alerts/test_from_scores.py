"""The model's list becomes alerts: as many as the capacity, with reasons and the money to look at."""

from __future__ import annotations

import json
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
from support.drafts import KEY, a_card
from support.world import World

from detection.alerts.draft import AlertDraft
from detection.alerts.explanation import Counterfactual
from detection.alerts.from_scores import from_scores
from detection.detectors.cards import LANGUAGES, CardText
from features.engine import Views
from features.policy import Policy

TABLES = World.from_rows(
    settlements="""
      settlement | person | provider | settled_at       | pool_paid | account_paid | mutual_aid_paid | mutual_aid_payer
      s1         | mother | p1       | 2024-03-01 10:00 | 10.00     | 1.00         | 0.00            |
      s2         | mother | p1       | 2024-04-05 10:00 | 20.00     | 0.00         | 5.00            | son
      s3         | father | p1       | 2024-04-06 10:00 | 30.00     | 0.00         | 7.00            | son
      s4         | father | p2       | 2024-05-06 10:00 | 40.00     | 0.00         | 0.00            |
    """,
    providers="provider\np1\np2",
).tables()


def views() -> Views:
    """Views with net settlements: those of TABLES without s4, which was reversed, and what is left of s1."""
    rows: pl.LazyFrame = TABLES.settlements.to_native()
    left = pl.when(pl.col("settlement_id") == "s1").then(250).otherwise(pl.col("pool_paid"))
    net = nw.from_native(rows.filter(pl.col("settlement_id") != "s4").with_columns(pool_paid=left))
    return Views(TABLES, known={"net_settlements": net})


def scores(*entities: str) -> pl.DataFrame:
    """The entities by rank, strangest first; all of them on the list."""
    reason = {
        "feature": "visits",
        "value": 9.0,
        "median": 2.0,
        "rank": 1,
        "peers": 214,
        "en": "9 visits",
        "zh": "9 次就诊",
    }
    return pl.DataFrame(
        {
            "entity_id": entities,
            "score": [1 - place / 10 for place in range(len(entities))],
            "rank": range(1, len(entities) + 1),
            "spend_rank": range(len(entities), 0, -1),
            "peers": [214] * len(entities),
            "risk": [3.5 - place for place in range(len(entities))],
            "kinds": [2] * len(entities),
            "on_model": [True] * len(entities),
            "reasons": [json.dumps([reason])] * len(entities),
            "leaves_list_if": ['{"features": ["visits"], "rank_then": 40}', *([None] * (len(entities) - 1))],
        },
        schema_overrides={"leaves_list_if": pl.String},
    )


def alerts(subject: str, table: pl.DataFrame) -> dict[str, AlertDraft]:
    """Alerts by subject."""
    words = CardText(
        "Strange", "Rank {rank} of {of}, {kinds} kinds, by spend {spend_rank}: {amount}", "m", ("i",), ("f",)
    )
    changed: dict[str, Any] = {
        "kind": "model",
        "certainty": "statistical",
        "subject": subject,
        "dedup": ("subject_id",),
        "causes": {},
        "words": dict.fromkeys(LANGUAGES, words),
        "severity": {"watch": 2, "suspicious": 3},
    }
    drafts = from_scores(
        a_card(**changed),
        table,
        views(),
        of=table.height,
        policy=Policy("none"),
        area="none",
        key=KEY,
        model_version="person/1",
    )
    return {draft.subject.identity: draft for draft in drafts}


def settled(draft: AlertDraft) -> list[str]:
    return draft.evidence["settlement_id"].to_list()


def test_every_listed_entity_is_an_alert() -> None:
    assert set(alerts("person", scores("father", "mother"))) == {"father", "mother"}


def test_a_person_is_shown_with_all_net_settlements() -> None:
    mother = alerts("person", scores("mother"))["mother"]
    assert settled(mother) == ["s1", "s2"]
    assert (mother.money.pool, mother.money.account) == (
        2250,
        600,
    )  # what is left of s1, not what was paid


def test_a_payer_account_is_shown_with_what_it_paid_for_relatives() -> None:
    son = alerts("payer_account", scores("son"))["son"]
    assert settled(son) == ["s2", "s3"]
    assert son.subject.member_ids == ("father", "mother")


def test_a_provider_is_shown_with_its_busiest_month_and_names_no_patient() -> None:
    provider = alerts("provider", scores("p1"))["p1"]
    assert settled(provider) == ["s2", "s3"]
    assert provider.subject.member_ids == ()


def test_an_entity_whose_settlements_were_all_reversed_raises_no_alert() -> None:
    assert alerts("provider", scores("p2", "p1")).keys() == {"p1"}


def test_reasons_and_ranks_go_with_the_alert() -> None:
    drafts = alerts("person", scores("father", "mother"))
    assert drafts["father"].explanation.reasons[0].text.zh == "9 次就诊"
    assert drafts["father"].explanation.counterfactual == Counterfactual(("visits",), 40)
    assert drafts["mother"].explanation.counterfactual is None
    assert drafts["mother"].explanation.seen.en == "Rank 2 of 2, 2 kinds, by spend 1: CN¥28.50"
    assert (drafts["father"].severity, drafts["mother"].severity) == ("suspicious", "watch")
    assert drafts["father"].provenance.model_version == "person/1"
