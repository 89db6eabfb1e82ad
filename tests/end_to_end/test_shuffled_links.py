"""Who came when, and who prescribed what was bought where, assigned anew by lot: nothing is left to find in links.

Every person keeps the places and how often, every place its days and how busy they were. Only who met whom is gone,
so a group that is raised rests on something else than on meetings.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from support.cities import AREA, Frames, frames, write
from support.commands import fundwatch

from detection.detectors.catalogue import catalogue
from detection.detectors.context import DetectorContext
from detection.detectors.runner import evaluate
from features.engine import Views
from features.intake import create_snapshot, open_snapshot
from features.policy import load_policy
from features.workspace import open_workspace

pytestmark = pytest.mark.slow

SIZE = ("--persons", "6000", "--months", "14", "--seed", "131")
GROUPS = ("co_visit_group", "card_concentration")
PRESCRIBED = ("doctor_pharmacy_concentration",)
AUTHORS = ("first", "second")
LOTS = (1, 2)


def raised(tables: Frames, folder: Path, names: tuple[str, ...]) -> dict[str, int]:
    """Alerts of some detectors, by detector; no other detector is run."""
    workspace = open_workspace(folder / "ws", create=True)
    snapshot = create_snapshot(write(tables, folder / "data"), workspace, mapping=None)
    known = open_snapshot(snapshot.folder)
    context = DetectorContext(known, Views(known, folder), load_policy(AREA), AREA)
    hits = {name: evaluate(catalogue()[name], context).hits for name in names}
    return {name: rows.select(catalogue()[name].card.dedup).unique().height for name, rows in hits.items()}


@pytest.fixture(scope="module", params=AUTHORS)
def planted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Frames:
    """A city with groups in it."""
    folder: Path = tmp_path_factory.mktemp("city") / "city"
    assert fundwatch("simulate", "--out", folder, *SIZE, "--author", request.param).code == 0
    city = frames(folder)
    linked = raised(city, folder.parent / "linked", (*GROUPS, *PRESCRIBED))
    assert all(linked.values()), "every detector has something to lose"
    return city


def by_lot(settlements: pl.DataFrame, columns: list[str], within: list[pl.Expr], seed: int) -> pl.DataFrame:
    """The settlements with some columns dealt out again among the rows of a stratum.

    Reversals and what they took back are left out: they belong to each other.
    """
    if "reverses_settlement_id" in settlements.columns:
        back = settlements["reverses_settlement_id"].drop_nulls()
        plain = pl.col("reverses_settlement_id").is_null() & ~pl.col("settlement_id").is_in(back.implode())
        settlements = settlements.filter(plain)
    strata = [stratum.alias(f"stratum_{number}") for number, stratum in enumerate(within)]
    names = [f"stratum_{number}" for number in range(len(within))]
    ordered = settlements.with_columns(strata).sort(*names, "settlement_id")
    lots = ordered.select(*names, *columns).sample(fraction=1.0, shuffle=True, seed=seed)
    dealt = lots.sort(*names, maintain_order=True).select(columns)
    return ordered.drop(names).with_columns(dealt.get_columns())


def persons_by_place(tables: Frames, seed: int) -> Frames:
    """Everybody keeps the places and how often; the days and times there are anybody's."""
    return tables | {
        "settlements": by_lot(tables["settlements"], ["person_id"], [pl.col("provider_id")], seed)
    }


def persons_by_day(tables: Frames, seed: int) -> Frames:
    """Everybody keeps the days; the place of its kind is anybody's."""
    kinds = tables["providers"].select("provider_id", "provider_kind")
    joined = tables["settlements"].join(kinds, on="provider_id", how="left")
    within = [pl.col("settled_at").dt.date(), pl.col("provider_kind").fill_null("")]
    return tables | {"settlements": by_lot(joined, ["person_id"], within, seed).drop("provider_kind")}


def prescribers_by_month(tables: Frames, seed: int) -> Frames:
    """Every pharmacy sells as much on prescription as it did; whose is anybody's of the month.

    Not of the district: a district in which one pharmacy sells the most would keep who is sent there.
    """
    kinds = tables["providers"].select("provider_id", "provider_kind")
    joined = tables["settlements"].join(kinds, on="provider_id", how="left")
    bought = (pl.col("provider_kind") == "pharmacy") & pl.col("prescriber_id").is_not_null()
    columns = ["person_id", "prescriber_id"]  # the days of prescription stay with the sale
    month = pl.col("settled_at").dt.strftime("%Y-%m")
    purchases = by_lot(joined.filter(bought), columns, [month], seed)
    rest = joined.filter(~bought.fill_null(value=False))
    return tables | {"settlements": pl.concat([rest, purchases]).drop("provider_kind")}


@pytest.mark.parametrize("deal", [persons_by_place, persons_by_day])
@pytest.mark.parametrize("seed", LOTS)
def test_no_group_is_raised_without_meetings(
    planted: Frames, tmp_path: Path, deal: Callable[[Frames, int], Frames], seed: int
) -> None:
    assert raised(deal(planted, seed), tmp_path, GROUPS) == dict.fromkeys(GROUPS, 0)


@pytest.mark.parametrize("seed", LOTS)
def test_no_prescriber_is_raised_whose_patients_buy_anywhere(
    planted: Frames, tmp_path: Path, seed: int
) -> None:
    dealt = prescribers_by_month(planted, seed)
    assert raised(dealt, tmp_path, PRESCRIBED) == dict.fromkeys(PRESCRIBED, 0)
