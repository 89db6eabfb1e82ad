"""Peer groups fall back when they are small, and distances are robust and one-sided."""

import numpy as np
import polars as pl
import pytest
from support.populations import declared

from features.registry import Direction, Feature
from models.anomaly import Anomaly
from models.peers import Peers, members, peer_paths

HIERARCHY = ["provider_kind", "level", "district"]


def _attributes(*groups: tuple[int, str, str]) -> pl.DataFrame:
    rows = [(kind, "ungraded", district) for size, kind, district in groups for _ in range(size)]
    return pl.DataFrame(rows, schema=HIERARCHY, orient="row")


VISITS = declared("visits")


def _assigned(attributes: pl.DataFrame, feature: Feature = VISITS) -> list[str]:
    paths = peer_paths(attributes, HIERARCHY)
    peers = Peers([feature.direction]).fit(np.arange(float(len(attributes)))[:, None], paths)
    return [peers.groups[at] for at in peers.assign(paths)]


def test_thirty_make_a_group_and_twenty_nine_fall_back_one_level() -> None:
    assigned = _assigned(
        _attributes((30, "pharmacy", "east"), (29, "pharmacy", "west"), (5, "clinic", "east"))
    )
    assert set(assigned[:30]) == {"all/pharmacy/ungraded/east"}
    assert set(assigned[30:59]) == {"all/pharmacy/ungraded"}
    assert set(assigned[59:]) == {"all"}


def test_members_of_a_group_are_all_whose_path_runs_through_it() -> None:
    assigned = _assigned(
        _attributes((30, "pharmacy", "east"), (29, "pharmacy", "west"), (5, "clinic", "east"))
    )
    column = pl.DataFrame({"peer_group": assigned})
    count = {group: column.filter(members(pl.col("peer_group"), group)).height for group in set(assigned)}
    assert count == {"all": 64, "all/pharmacy/ungraded": 59, "all/pharmacy/ungraded/east": 30}


def test_a_missing_attribute_is_unknown_and_a_separator_in_a_value_makes_no_level() -> None:
    paths = peer_paths(pl.DataFrame({"provider_kind": [None, "a/b"]}), HIERARCHY)
    assert paths["3"].to_list() == ["all/unknown/unknown/unknown", "all/a-b/unknown/unknown"]


def test_a_group_never_seen_at_fit_is_compared_with_the_nearest_above() -> None:
    paths = peer_paths(_attributes((40, "pharmacy", "east")), HIERARCHY)
    peers = Peers(["high"]).fit(np.ones((40, 1)), paths)
    new = peer_paths(_attributes((1, "pharmacy", "north"), (1, "hospital", "east")), HIERARCHY)
    assert [peers.groups[at] for at in peers.assign(new)] == ["all/pharmacy/ungraded", "all"]


@pytest.mark.parametrize(
    ("direction", "anomalous", "harmless"), [("high", 99.0, 0.0), ("low", 0.0, 99.0), ("both", 99.0, 9.0)]
)
def test_only_the_suspicious_side_counts_and_null_is_neutral(
    direction: Direction, anomalous: float, harmless: float
) -> None:
    values = np.concatenate([np.linspace(5, 15, 60), [anomalous, harmless, np.nan]])[:, None]
    paths = peer_paths(_attributes((63, "pharmacy", "east")), HIERARCHY)
    model = Anomaly("provider", ["visits"], [direction], HIERARCHY)
    model.peers.fit(values, paths)
    seen = model.deviations(values, paths)
    assert seen.clipped[60, 0] > 3
    assert seen.clipped[61, 0] < 0.7
    assert seen.clipped[62, 0] == 0
    assert seen.share[62, 0] == 1


def test_where_nearly_all_are_equal_the_distance_stays_finite_and_borrows_the_scale_from_above() -> None:
    varied, equal = np.linspace(1, 40, 100), np.full(40, 3.0)
    values = np.concatenate([varied, equal[:-1], [4.0]])[:, None]
    paths = peer_paths(_attributes((100, "clinic", "east"), (40, "pharmacy", "east")), HIERARCHY)
    peers = Peers(["high"]).fit(values, paths)
    away = peers.deviation(values, peers.assign(paths))
    everybody = peers.scale[peers.groups.index("all"), 0]
    assert away[-1, 0] == pytest.approx((np.log1p(4) - np.log1p(3)) / everybody)


def test_a_rare_event_is_measured_by_those_who_had_it() -> None:
    values = np.array([0.0] * 97 + [1.0, 1.0, 4.0])[:, None]
    paths = peer_paths(_attributes((100, "pharmacy", "east")), HIERARCHY)
    peers = Peers(["high"]).fit(values, paths)
    away = peers.deviation(values, peers.assign(paths))[:, 0]
    assert away[0] == 0
    assert 0 < away[97] < away[99] < 3
