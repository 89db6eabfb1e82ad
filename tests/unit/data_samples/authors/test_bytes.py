"""The same arguments give the same bytes, in the smallest cities too; other authors' cities stay as they were."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data_samples import fifth, fourth, seventh, sixth, third
from data_samples.city import simulate
from data_samples.other_rows import LIMITED_ITEMS, item_codes
from data_samples.plays import Author

pytestmark = pytest.mark.slow
col = pl.col


def digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*.csv")):
        whole.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


@pytest.mark.parametrize("author", ["first", "second"])
def test_earlier_authors_cities_have_no_item_with_a_limit(tmp_path: Path, author: Author) -> None:
    simulate(tmp_path, persons=1_000, months=4, seed=131, area="320600", author=author)
    assert not {"sex_only", "age_min"} & set(pl.read_parquet(tmp_path / "item_reference.parquet").columns)
    limited = item_codes().gather([item for items in LIMITED_ITEMS.values() for item in items])
    lines = pl.read_parquet(tmp_path / "charge_lines" / "*.parquet")
    assert lines.height > 5_000
    assert lines.filter(col("item_code").is_in(limited.implode())).is_empty()


@pytest.mark.parametrize(
    ("author", "planted", "others"),
    [
        ("first", True, (third, fourth, fifth, sixth, seventh)),
        ("first", False, (third, fourth, fifth, sixth, seventh)),
        ("second", True, (third, fourth, fifth, sixth, seventh)),
        ("second", False, (third, fourth, fifth, sixth, seventh)),
        ("third", True, (fourth, fifth, sixth, seventh)),
        ("fourth", True, (third, fifth, sixth, seventh)),
        ("fifth", True, (third, fourth, sixth, seventh)),
        ("sixth", True, (third, fourth, fifth, seventh)),
        ("seventh", True, (third, fourth, fifth, sixth)),
    ],
)
def test_cities_do_not_depend_on_the_plays_of_another_author(
    tmp_path: Path,
    author: Author,
    planted: bool,
    others: tuple[Any, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    city: dict[str, Any] = {"persons": 1_000, "months": 4, "seed": 131, "area": "320600", "author": author}
    simulate(tmp_path / "before", planted=planted, file_format="csv", **city)
    for other in others:
        for package in (other.scenes, other.twins, other.life):
            monkeypatch.setattr(package, "__path__", [])
    simulate(tmp_path / "after", planted=planted, file_format="csv", **city)
    assert digest(tmp_path / "before") == digest(tmp_path / "after")


@pytest.mark.parametrize("author", ["third", "fourth", "fifth", "sixth", "seventh"])
def test_same_seed_same_bytes(tmp_path: Path, author: Author) -> None:
    digests = []
    for name, seed in (("once", 5), ("again", 5), ("other", 6)):
        out = tmp_path / name
        simulate(out, persons=1_000, months=4, seed=seed, area="150200", author=author, file_format="csv")
        truth = [path.read_bytes() for path in sorted((out / "truth").glob("*"))]
        digests.append((digest(out), truth))
    assert digests[0] == digests[1]
    assert digests[0] != digests[2]


@pytest.mark.parametrize(
    ("author", "typologies"), [("third", 25), ("fourth", 24), ("fifth", 24), ("sixth", 33), ("seventh", 33)]
)
@pytest.mark.parametrize(("area", "months"), [("320600", 3), ("150200", 24)])
def test_the_smallest_cities_have_room_for_everything(
    tmp_path: Path, area: str, months: int, author: Author, typologies: int
) -> None:
    simulate(tmp_path, persons=1_000, months=months, seed=8, area=area, author=author)
    planted = pl.read_parquet(tmp_path / "truth" / "entities.parquet")
    assert planted["typology"].n_unique() >= typologies
    named = planted.filter(col("entity_kind") == "settlement")["entity_id"].implode()
    settlements = pl.read_parquet(tmp_path / "settlements" / "*.parquet")
    assert settlements.filter(col("settlement_id").is_in(named)).height == len(named[0])


@pytest.mark.parametrize("later", ["third", "fourth", "fifth", "sixth", "seventh"])
def test_a_clean_city_is_that_of_the_first_author_with_scans_and_limits_of_items(
    tmp_path: Path, later: Author
) -> None:
    authors: tuple[Author, Author] = ("first", later)
    files = []
    for author in authors:
        folder = tmp_path / author
        simulate(folder, persons=1_000, months=3, seed=5, area="320600", author=author, planted=False)
        files.append(
            {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.parquet"))}
        )
    first, other = files
    own = {name for name in other if name.startswith("drug_trace_scans/")}
    assert own
    assert set(other) - own == set(first)
    assert {name for name in first if first[name] != other[name]} == {"item_reference.parquet"}
    assert pl.read_parquet(tmp_path / later / "truth" / "*.parquet").is_empty()
