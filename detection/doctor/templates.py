"""Tables to fill in: the items of the data with the attributes that are known, and ids that were issued again."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from detection.doctor.gaps import ITEM_ATTRIBUTES
from features.contract import TABLES
from features.tables import Tables

NAME = "item_reference.csv"
ALIASES = ("person_aliases.csv", "provider_aliases.csv")
_SCALE = 10_000
_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def item_template(tables: Tables) -> pl.DataFrame | None:
    """One row per item code of the lines, with its name and lines, and the attributes that the data have.

    Columns ``item_code``, the attributes of item_reference as text, and for the reader ``item_name`` and ``lines``,
    which intake leaves unused. None where the data have no lines. Items that are charged most come first.
    """
    if not tables.has("charge_lines", "item_code"):
        return None
    lines: pl.LazyFrame = tables.charge_lines.select("item_code", "item_name").to_native()
    reference: pl.LazyFrame = tables.item_reference.select("item_code", *ITEM_ATTRIBUTES).to_native()
    items = (
        lines.drop_nulls("item_code")
        .group_by("item_code")
        .agg(pl.col("item_name").min(), lines=pl.len().cast(pl.Int64))
        .join(reference.unique("item_code", keep="first"), on="item_code", how="left")
        .sort("lines", "item_code", descending=[True, False])
        .with_columns((pl.col("daily_dose") / _SCALE).cast(pl.String))
    )
    return items.select(
        "item_code", *(pl.col(name).cast(pl.String) for name in ITEM_ATTRIBUTES), "item_name", "lines"
    ).collect()


def write_template(items: pl.DataFrame, folder: Path) -> Path:
    """Write the reference; an existing file stays.

    Raises:
        FileExistsError: the file exists.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    with path.open("x", encoding="utf-8") as handle:
        handle.write(_MARK + items.write_csv())
    return path


def write_alias_templates(folder: Path) -> list[Path]:
    """Write the tables of ids that were issued again, with a header and no row; existing files stay.

    Raises:
        FileExistsError: a file exists.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / name for name in ALIASES]
    for path in paths:
        with path.open("x", encoding="utf-8") as handle:
            handle.write(_MARK + ",".join(TABLES[path.stem].columns) + "\n")
    return paths
