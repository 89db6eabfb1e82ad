"""What is registered is complete, is known to the reviewer, and can be read by people."""

from __future__ import annotations

import inspect
import re

import pytest
from support.golden import CATALOGUE, assert_up_to_date

from features.contract import TABLES
from features.registry import ENTITY_KEYS, INPUTS, Feature, all_features, all_views

FEATURES = list(all_features().values())


def test_the_golden_list_is_up_to_date() -> None:
    assert_up_to_date(CATALOGUE)


def test_there_are_features_for_every_entity_and_family() -> None:
    assert len(FEATURES) >= 45
    assert {feature.entity for feature in FEATURES} == set(ENTITY_KEYS)
    assert {feature.family for feature in FEATURES} == {
        "visit_frequency",
        "provider_collusion",
        "family_accounts",
        "personal_account",
    }


@pytest.mark.parametrize("entity", ENTITY_KEYS)
def test_an_entity_has_the_views_that_scoring_reads(entity: str) -> None:
    assert {f"{entity}_{part}" for part in ("base", "attributes", "spend")} <= set(all_views())


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_a_feature_names_what_it_needs_as_the_contract_does(feature: Feature) -> None:
    assert feature.needs
    for table, columns in feature.needs.items():
        assert columns and set(columns) <= set(TABLES[table].columns)
    assert feature.view in all_views()


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_a_feature_has_texts_in_both_languages_and_an_honest_explanation(feature: Feature) -> None:
    assert feature.en.count("{value}") == feature.zh.count("{value}") == 1
    assert re.search(r"[\u4e00-\u9fff]", feature.zh)
    assert not re.search("fraud|collu|proven|欺诈|骗保|串通", feature.en + feature.zh)
    doc = inspect.getdoc(feature.expression) or ""
    assert doc.split("\n")[0].endswith(".")
    assert len(doc.split(".")) > 2, "say how an honest one could score high"


@pytest.mark.parametrize("name", all_views())
def test_a_view_describes_itself_and_its_grain(name: str) -> None:
    feature = all_views()[name]
    assert feature.grain and inspect.getdoc(feature.build)
    assert set(feature.reads) <= {*TABLES, *all_views(), *INPUTS}
