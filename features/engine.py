"""Where data are read and collected: the one place that knows which engine runs the features.

Views and features are Narwhals functions, lazy in and lazy out; here they are run by Polars. A view
that is asked for is staged once and read from there ever after: kept in memory while there is room, and
collected with the streaming engine into a Parquet file when it is large.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import narwhals as nw
import polars as pl

from features.contract import TABLES
from features.registry import ENTITY_KEYS, Entity, Feature, Frame, all_features, all_kernels, all_views
from features.tables import Tables


@dataclass(frozen=True)
class Room:
    """How much of the staged views stays in memory; what does not fit is written to disk.

    Attributes:
        of_one: bytes that one view may be expected to take.
        of_all: bytes that they may take together.
    """

    of_one: float = 256e6
    of_all: float = 768e6


ENDLESS = Room(math.inf, math.inf)
_SAMPLE = 64  # rows of nulls, weighed to tell what a row takes; texts of up to 12 characters take no more


class Views:
    """The staged relations of one data set, by name; a contract table's name gives the table.

    Args:
        tables: the accepted tables.
        folder: where large views are written; all stay in memory when None (tests, card cases).
        room: which views are large.
    """

    def __init__(self, tables: Tables, folder: Path | None = None, room: Room | None = None) -> None:
        self.tables = tables
        self._folder = folder
        self._room = ENDLESS if folder is None else room or Room()
        self._staged: dict[str, Frame] = {}
        self._held: dict[str, pl.DataFrame] = {}
        self._rows: dict[str, int] = {}
        self._views = all_views()
        self._kernels = all_kernels()

    def __getitem__(self, name: str) -> Frame:
        """The view, staged on first use.

        Raises:
            KeyError: neither a view nor a table of the contract.
        """
        if name not in self._staged:
            self._staged[name] = self.tables.frame(name) if name in TABLES else self._stage(name)
        return self._staged[name]

    def _stage(self, name: str) -> Frame:
        view = self._views[name]
        reads = [self[read] for read in view.reads]
        built: pl.LazyFrame = (
            self._kernels[name](*(read.to_native() for read in reads))
            if name in self._kernels
            else view.build(*reads).to_native()
        )
        if self._folder is None or self._fits(built, view.reads):
            self._held[name] = built.collect()
            return nw.from_native(self._held[name].lazy())
        return self._spilled(name, built)

    def to_disk(self) -> None:
        """Write what is held in memory to the folder, so that the memory is free for other things."""
        if self._folder is not None:
            for name, held in self._held.items():
                self._staged[name] = self._spilled(name, held.lazy())
            self._held.clear()

    def _spilled(self, name: str, built: pl.LazyFrame) -> Frame:
        assert self._folder is not None
        path = self._folder / f"{name}.parquet"
        # Read again at once and thrown away with the run: what counts is how quickly it is written.
        built.sink_parquet(path, compression="uncompressed", statistics=False, maintain_order=False)
        return nw.from_native(pl.scan_parquet(path))

    def _fits(self, built: pl.LazyFrame, reads: tuple[str, ...]) -> bool:
        """Whether a view is expected to fit: it has about as many rows as the longest relation it reads."""
        row = pl.DataFrame(schema=built.collect_schema()).clear(_SAMPLE).estimated_size() / _SAMPLE
        expected = row * max(self._rows_of(read) for read in reads)
        held = sum(frame.estimated_size() for frame in self._held.values())
        return expected <= self._room.of_one and held + expected <= self._room.of_all

    def _rows_of(self, name: str) -> int:
        if name not in self._rows:
            native: pl.LazyFrame = self[name].to_native()
            self._rows[name] = (
                self._held[name].height if name in self._held else native.select(pl.len()).collect().item()
            )
        return self._rows[name]


def why_not(feature: Feature, tables: Tables) -> str | None:
    """Why a feature cannot be computed on these tables; None when it can.

    The text names the missing thing as the contract does: ``needs family_authorizations.valid_from``.
    """
    for table, columns in feature.needs.items():
        missing = [column for column in columns if not tables.has(table, column)]
        if not tables.has(table) or missing:
            return "needs " + ", ".join(f"{table}.{column}" for column in missing or columns)
    if feature.minutes and not tables.precise("settlements", "settled_at"):
        return "needs settlements.settled_at to the minute"
    return None


def compute(entity: Entity, views: Views) -> tuple[pl.DataFrame, dict[str, str]]:
    """All features of an entity that the data allow.

    Args:
        entity: whom the features are about.
        views: the staged relations.

    Returns:
        A frame sorted by the entity's id, one Float64 column per feature (null: not applicable to this
        entity), and the features left out with the reason.
    """
    key = ENTITY_KEYS[entity]
    left_out: dict[str, str] = {}
    by_view: dict[str, list[Feature]] = {}
    for name, one in all_features(entity).items():
        reason = why_not(one, views.tables)
        if reason:
            left_out[name] = reason
        else:
            by_view.setdefault(one.view, []).append(one)
    frame: Frame = views[f"{entity}_base"].select(key)
    for name, features in by_view.items():
        columns = [one.expression().cast(nw.Float64).alias(one.name) for one in features]
        frame = frame.join(views[name].select(nw.col(key), *columns), on=key, how="left")
    native: pl.LazyFrame = frame.to_native()
    return native.sort(key).collect(), left_out


def rows(frame: Frame) -> Iterator[Mapping[str, object]]:
    """The rows of a small lazy frame as dicts."""
    native: pl.LazyFrame = frame.to_native()
    yield from native.collect().iter_rows(named=True)
