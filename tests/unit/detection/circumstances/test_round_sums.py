"""Chosen round sums: a list price and a fee are none."""

from __future__ import annotations

import polars as pl
import pytest
from support.world import World

from detection.circumstances.round_sums import round_places, with_chosen_sums
from detection.detectors.context import DetectorContext
from features.engine import Views
from features.policy import load_policy


def purchases(*rows: tuple[str, str, str, int]) -> pl.DataFrame:
    columns = {"owner_id": pl.String, "provider_id": pl.String, "goods": pl.String, "price": pl.Int64}
    frame = pl.DataFrame(rows, schema=columns, orient="row")
    return frame.with_columns(chosen=pl.lit(True), round=pl.col("price") % 1_000 == 0)


def test_a_price_of_the_list_is_not_chosen() -> None:
    signed = purchases(("ann", "p", "g1", 5_000), ("bo", "p", "g1", 5_000), ("cy", "p", "g2", 5_000))
    assert with_chosen_sums(signed)["chosen_round"].to_list() == [False, False, True]


@pytest.mark.parametrize(("step", "owners"), [(1_000, 8), (0, 2)])
def test_many_accounts_at_different_round_sums_count_and_a_fee_counts_twice(step: int, owners: int) -> None:
    usual = [
        (f"u{place}-{number}", f"p{place}", f"g{number}", 4_327 + 401 * number)
        for place in range(40)
        for number in range(30)
    ]
    chosen = [(f"r{number}", "p0", f"h{number}", 5_000 + step * number) for number in range(8)]
    tables = World.from_rows(settlements="settlement | person | provider\n s1 | u0-0 | p0").tables()
    context = DetectorContext(tables, Views(tables), load_policy("320600"), "320600")
    places = round_places(with_chosen_sums(purchases(*usual, *chosen)), context, 10).sort("by_rounds")
    assert places.height == 40
    assert places.row(-1, named=True)["provider_id"] == "p0"
    assert places.row(-1, named=True)["round_owners"] == owners
    assert (places["by_rounds"][-1] > 5) == (owners > 4)
