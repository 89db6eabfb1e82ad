"""From features to the list: ranks, reasons that can be counted again, counterfactuals, spend rank."""

import io
import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
import polars as pl
import pytest
from support.populations import FEATURES, Population, declared, random_population

from features.registry import Feature
from models.anomaly import Anomaly
from models.content import content_digest
from models.peers import members
from models.scoring import SCHEMA, Scored, score_entities
from models.tracking import Champion, Tracker

pytestmark = pytest.mark.slow


class Untracked(Tracker):
    """Fits at every call, or at the first, and logs nothing: these tests are not about MLflow."""

    def __init__(self, *, keep: bool = False) -> None:
        self.model: Anomaly | None = None
        self.keep = keep

    def champion(self, entity: str, used: Sequence[Feature], fitted: Callable[[], Anomaly]) -> Champion:
        self.model = self.model if self.keep and self.model else fitted()
        return Champion(self.model, "random v1", content_digest(self.model))

    def log_run(self, *arguments: Any, **options: Any) -> None: ...


def scored(
    population: Population, *, capacity: int = 20, features: Sequence[Feature] = FEATURES, seed: int = 5
) -> Scored:
    return score_entities(
        "provider",
        population.features,
        population.attributes,
        population.spend,
        tracker=Untracked(),
        seed=seed,
        capacity=capacity,
        registered=features,
    )


POPULATION = random_population(500, anomalous=4)


@cache
def scored_once() -> Scored:
    """The scores of the population, computed once."""
    return scored(POPULATION)


@cache
def listed() -> pl.DataFrame:
    """Its rows on the list."""
    return scored_once().frame.filter("on_model")


def test_the_frame_is_as_the_design_says() -> None:
    assert scored_once().frame.schema == pl.Schema(SCHEMA)
    assert scored_once().frame["rank"].to_list() == list(range(1, 501))
    assert scored_once().frame["score"].is_sorted(descending=True)
    assert scored_once().frame["score"].is_between(0, 1).all()


def test_planted_anomalies_come_first_and_the_list_is_as_long_as_its_capacity() -> None:
    assert set(scored_once().frame["entity_id"][:4]) == {"v0000", "v0001", "v0002", "v0003"}
    assert listed()["rank"].to_list() == list(range(1, 21))


def test_every_reason_can_be_counted_again_from_features_and_peer_group() -> None:
    scored_features = POPULATION.features.join(
        scored_once().frame, left_on="provider_id", right_on="entity_id"
    )
    direction = {feature.name: feature.direction for feature in FEATURES}
    for row in scored_features.filter("on_model").iter_rows(named=True):
        peers = scored_features.filter(members(pl.col("peer_group"), row["peer_group"]))
        assert row["peers"] == len(peers)
        for reason in json.loads(row["reasons"]):
            name = reason["feature"]
            values = peers[name].drop_nulls().to_numpy()
            if "group" in reason:  # too few of its own group have the value
                assert len(values) < 30
                above = scored_features.filter(members(pl.col("peer_group"), reason["group"]))
                values = above[name].drop_nulls().to_numpy()
            center = np.log1p(np.median(values))
            away = {"high": values, "low": -values, "both": abs(np.log1p(values) - center)}[direction[name]]
            own = {"high": row[name], "low": -row[name], "both": abs(np.log1p(row[name]) - center)}
            assert reason["value"] == row[name]
            assert reason["peers"] == len(values)
            assert reason["median"] == np.median(values)
            assert reason["rank"] == 1 + (away > own[direction[name]] + 1e-9).sum()


def test_the_first_reasons_of_planted_anomalies_are_the_planted_features() -> None:
    for row in scored_once().frame.head(4).iter_rows(named=True):
        reasons = json.loads(row["reasons"])
        assert 1 <= len(reasons) <= 3
        assert {reason["feature"] for reason in reasons[:2]} == {"bursts", "visits"}


def test_a_reason_is_rendered_in_two_languages_with_the_noun_of_its_peers() -> None:
    row = scored_once().frame.filter(pl.col("peer_group").str.starts_with("all/pharmacy/")).row(0, named=True)
    reason = json.loads(row["reasons"])[0]
    assert f" of {reason['peers']} comparable pharmacies with this figure, median " in reason["en"]
    assert f"在 {reason['peers']} 个有该项数据的可比药店中排第 {reason['rank']}，中位数 " in reason["zh"]


def test_a_counterfactual_takes_its_entity_off_the_list() -> None:
    """Set the named features to the peers' median, score everybody again with the same model: it is off the list."""
    tracker = Untracked(keep=True)
    given = (POPULATION.attributes, POPULATION.spend)
    first = score_entities(
        "provider", POPULATION.features, *given, tracker=tracker, seed=5, capacity=20, registered=FEATURES
    )
    for row in first.frame.filter("on_model").head(6).iter_rows(named=True):
        counterfactual = json.loads(row["leaves_list_if"])
        reasons = {reason["feature"]: reason["median"] for reason in json.loads(row["reasons"])}
        assert counterfactual["features"]
        if not set(counterfactual["features"]) <= set(reasons):
            continue  # more had to be explained than the reasons
        explained = POPULATION.features.with_columns(
            pl.when(pl.col("provider_id") == row["entity_id"]).then(reasons[name]).otherwise(name).alias(name)
            for name in counterfactual["features"]
        )
        then = score_entities(
            "provider", explained, *given, tracker=tracker, seed=5, capacity=20, registered=FEATURES
        )
        after = then.frame.filter(pl.col("entity_id") == row["entity_id"]).row(0, named=True)
        assert after["rank"] == counterfactual["rank_then"] > 20


def test_the_spend_rank_counts_pool_and_account_together() -> None:
    spend = POPULATION.spend.join(scored_once().frame, left_on="provider_id", right_on="entity_id").sort(
        "spend_rank"
    )
    total = (spend["pool"] + spend["account"]).to_list()
    assert total == sorted(total, reverse=True)


def test_an_entity_without_a_spend_row_spent_nothing() -> None:
    without = scored(Population(POPULATION.features, POPULATION.attributes, POPULATION.spend.head(10)))
    ranks = without.frame.select("entity_id", "spend_rank")
    assert ranks.filter(pl.col("entity_id") == "v0499")["spend_rank"].item() == 11


def _bytes(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


def test_the_order_of_rows_changes_no_byte() -> None:
    order = np.random.default_rng(4).permutation(500)
    assert _bytes(scored(POPULATION.reordered(order)).frame) == _bytes(scored_once().frame)


def test_renaming_every_id_changes_ids_only() -> None:
    names = {f"v{number:04d}": f"x{(number * 7919) % 10007:05d}" for number in range(500)}
    renamed = scored(POPULATION.renamed(names)).frame
    expected = scored_once().frame.with_columns(pl.col("entity_id").replace_strict(names))
    assert renamed.sort("entity_id").equals(expected.sort("entity_id"))


def test_an_entity_that_stands_out_in_nothing_is_not_listed_however_long_the_list() -> None:
    harmless = {"bursts": 0.0, "days_since": None, "distance": None, "rare": 0.0, "visits": 0.0}
    features = POPULATION.features.with_columns(
        pl.when(pl.col("provider_id") == "v0100").then(pl.lit(value, pl.Float64)).otherwise(name).alias(name)
        for name, value in harmless.items()
    )
    everyone = scored(Population(features, POPULATION.attributes, POPULATION.spend), capacity=500).frame
    beyond = everyone.filter(~pl.col("on_model"))
    assert "v0100" in beyond["entity_id"].to_list()
    assert set(beyond["reasons"]) == {"[]"}


@pytest.mark.parametrize("size", [0, 1, 11])
def test_with_too_few_entities_nothing_is_scored_and_the_reason_is_given(size: int) -> None:
    refused = scored(random_population(size))
    assert refused.not_assessable == "fewer than 30 entities"
    assert refused.frame.schema == pl.Schema(SCHEMA)
    assert refused.frame.is_empty()


@pytest.mark.parametrize("size", [30, 47])
def test_a_small_population_is_compared_as_a_whole(size: int) -> None:
    small = scored(random_population(size, anomalous=1), capacity=3)
    assert small.not_assessable is None
    assert small.frame["entity_id"][0] == "v0000"


def test_equal_entities_get_equal_scores_and_none_is_listed() -> None:
    population = random_population(60)
    same = population.features.with_columns(pl.lit(1.0).alias(feature.name) for feature in FEATURES)
    level = scored(Population(same, population.attributes, population.spend))
    assert level.frame["score"].n_unique() == 1
    assert not level.frame["on_model"].any()


def test_features_that_these_data_cannot_give_are_left_out_and_named() -> None:
    partly = Population(
        POPULATION.features.drop("rare").with_columns(pl.lit(None, pl.Float64).alias("distance")),
        POPULATION.attributes,
        POPULATION.spend,
    )
    result = scored(partly)
    assert result.left_out == {
        "distance": "applies to nobody in these data",
        "rare": "not assessable in these data",
    }
    assert result.metrics["features"] == 3


def test_a_feature_that_fewer_than_thirty_have_is_left_out() -> None:
    small = random_population(47, anomalous=1)
    values = [value if row < 22 else None for row, value in enumerate(small.features["visits"])]
    result = scored(
        Population(small.features.with_columns(visits=pl.Series(values)), small.attributes, small.spend)
    )
    assert result.left_out == {"visits": "known for 22 entities, fewer than 30"}
    assert '"feature": "visits"' not in "".join(result.frame["reasons"])


def test_a_value_that_too_few_of_the_group_have_is_compared_within_the_group_above() -> None:
    """Of 40 pharmacies in the east 11 have the value, of all 120 pharmacies 91: the reason counts among 91."""
    features = random_population(200, anomalous=1).features.with_columns(
        visits=pl.when(pl.int_range(200).is_between(11, 39)).then(None).otherwise("visits")
    )
    attributes = pl.DataFrame(
        {
            "provider_id": features["provider_id"],
            "provider_kind": ["pharmacy"] * 120 + ["clinic"] * 80,
            "level": ["ungraded"] * 200,
            "district": ["east"] * 40 + ["west"] * 160,
        }
    )
    first = scored(Population(features, attributes, random_population(200).spend)).frame.row(0, named=True)
    reasons = {reason["feature"]: reason for reason in json.loads(first["reasons"])}
    assert (first["entity_id"], first["peer_group"]) == ("v0000", "all/pharmacy/ungraded/east")
    assert (reasons["visits"]["group"], reasons["visits"]["peers"]) == ("all/pharmacy/ungraded", 91)
    assert reasons["visits"]["median"] == features["visits"][:120].median()
    assert "group" not in reasons["bursts"]
    assert reasons["bursts"]["peers"] == 40


def test_no_reason_counts_among_fewer_than_thirty_even_when_the_data_shrink_after_the_fit() -> None:
    tracker = Untracked(keep=True)
    for rows in (slice(0, 500), slice(0, 60)):
        part = [frame[rows] for frame in (POPULATION.features, POPULATION.attributes, POPULATION.spend)]
        scores = score_entities(
            "provider", *part, tracker=tracker, seed=5, capacity=60, registered=FEATURES
        ).frame
    reasons = [reason for text in scores["reasons"] for reason in json.loads(text)]
    assert min(reason["peers"] for reason in reasons) >= 30
    assert any("group" in reason for reason in reasons)


def test_without_any_feature_nothing_is_scored() -> None:
    bare = Population(POPULATION.features.select("provider_id"), POPULATION.attributes, POPULATION.spend)
    assert scored(bare).not_assessable == "no feature can be computed from these data"


def test_in_noise_the_model_lists_at_random() -> None:
    """Each feature is shuffled on its own, so that the list is as good as a random sample."""
    rng = np.random.default_rng(8)
    noise = POPULATION.features.with_columns(
        pl.Series(feature.name, rng.permutation(POPULATION.features[feature.name].to_numpy()))
        for feature in FEATURES
    )
    listed = scored(Population(noise, POPULATION.attributes, POPULATION.spend), capacity=50).frame.head(50)
    planted = [identity in {f"v{number:04d}" for number in range(4)} for identity in listed["entity_id"]]
    assert sum(planted) <= 2
    with_spend = (listed["spend_rank"] <= 50).sum()
    assert with_spend <= 15  # 5 at random


def test_a_share_is_in_per_cent_and_fen_are_in_yuan() -> None:
    features = [declared("bursts", unit="share"), declared("visits", unit="fen")]
    row = scored(POPULATION, features=features).frame.row(0, named=True)
    texts = {reason["feature"]: reason["en"] for reason in json.loads(row["reasons"])}
    assert "% share: " in texts["bursts"]
    assert texts["visits"].startswith("¥")
