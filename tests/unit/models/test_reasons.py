"""A reason states rank, ties and peers, counted among values that can be read off."""

import numpy as np
import pytest
from support.populations import declared

from features.registry import Direction
from models.reasons import reason, render_reason


@pytest.mark.parametrize(
    ("direction", "value", "rank_en", "rank_zh"),
    [
        ("high", 9.0, "1st (shared by 3) of 8", "8 个有该项数据的可比药店中并列第 1（共 3 个）"),
        ("high", 5.0, "4th of 8", "8 个有该项数据的可比药店中排第 4"),
        ("low", 1.0, "1st of 8", "8 个有该项数据的可比药店中排第 1"),
        ("low", 9.0, "6th (shared by 3) of 8", "8 个有该项数据的可比药店中并列第 6（共 3 个）"),
        ("both", 1.0, "1st of 8", "8 个有该项数据的可比药店中排第 1"),
        ("both", 9.0, "2nd (shared by 3) of 8", "8 个有该项数据的可比药店中并列第 2（共 3 个）"),
    ],
)
def test_a_shared_rank_states_how_many_have_it(
    direction: Direction, value: float, rank_en: str, rank_zh: str
) -> None:
    peers = np.array([9.0, 9.0, 9.0, 5.0, 4.0, 4.0, 3.0, 1.0, np.nan])
    rendered = reason(declared("visits", direction=direction), value, peers, "all/pharmacy")
    assert f": {rank_en} comparable pharmacies with this figure, median 4.5" in rendered.en
    assert f"：在 {rank_zh}，中位数 4.5" in rendered.zh
    assert rendered.peers == 8


def test_where_peers_are_too_few_the_sentence_says_that_all_are_compared() -> None:
    rendered = reason(declared("visits"), 3.0, np.array([1.0, 2.0, 3.0]), "all")
    assert "1st of all 3 providers with this figure, as its peers are too few" in rendered.en
    assert "同类不足，与全部 3 个有该项数据的定点医药机构比较，排第 1" in rendered.zh
    assert "comparable" not in rendered.en and "可比" not in rendered.zh


def test_a_reason_names_its_group_only_where_it_is_not_the_entity_s_own() -> None:
    rendered = reason(declared("visits"), 3.0, np.array([1.0, 2.0, 3.0]), "all/pharmacy")
    keys = ["feature", "value", "median", "rank", "peers", "en", "zh"]
    assert list(render_reason(rendered, "all/pharmacy")) == keys
    assert set(render_reason(rendered, "all/pharmacy/ungraded/320602")) == {*keys, "group"}
    assert render_reason(rendered, "all/pharmacy/ungraded/320602")["group"] == "all/pharmacy"
