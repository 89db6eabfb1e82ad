"""Where data are read and collected: the one place that knows which engine runs the features.

Views and features are Narwhals functions, lazy in and lazy out; here they are run by Polars. A view
that is asked for is staged once and read from there ever after: kept in memory while there is room, and
collected with the streaming engine into a Parquet file when it is large.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl

from features.contract import TABLES
from features.persisted import write_sorted
from features.registry import (
    ENTITY_KEYS,
    INPUTS,
    Entity,
    Feature,
    Frame,
    View,
    all_features,
    all_kernels,
    all_views,
)
from features.schemas import check_schema
from features.tables import Tables


@dataclass(frozen=True)
class MemoryBudget:
    """How much of the staged views stays in memory; what does not fit is written to disk.

    Attributes:
        of_one: bytes that one view may be expected to take.
        of_all: bytes that they may take together.
    """

    per_view: float = 256e6
    total: float = 768e6


UNLIMITED = MemoryBudget(math.inf, math.inf)
_AT_ONCE = 2  # views staged at the same time
_SAMPLE = 64  # rows of nulls, weighed to tell what a row takes; texts of up to 12 characters take no more


class Views:
    """The staged relations of one data set, by name; a contract table's name gives the table.

    Args:
        tables: the accepted tables.
        folder: where large views are written; all stay in memory when None (tests, card cases).
        room: which views are large.
        inputs: what views read besides tables and views, by the names in `INPUTS`.
        keep_in: folder of the views that a run keeps; None where nothing is kept.
    """

    def __init__(
        self,
        tables: Tables,
        folder: Path | None = None,
        room: MemoryBudget | None = None,
        *,
        inputs: Mapping[str, object] | None = None,
        keep_in: Path | None = None,
    ) -> None:
        self.tables = tables
        self._folder = folder
        self._room = room or (UNLIMITED if folder is None else MemoryBudget())
        self._inputs = dict(inputs or {})
        self._keep_in = keep_in
        self._staged: dict[str, Frame] = {}
        self._held: dict[str, pl.DataFrame] = {}
        self._taken = 0.0  # bytes held
        self._rows: dict[str, int] = {}
        self._views = all_views()
        self._kernels = all_kernels()

    def __getitem__(self, name: str) -> Frame:
        """The view, staged on first use.

        Raises:
            KeyError: neither a view nor a table of the contract.
        """
        if name not in self._staged:
            self.stage([name])
        return self._staged[name]

    def stage(self, names: Iterable[str]) -> None:
        """Stage views and all that they read, two at a time: much of a kernel runs on one core.

        Raises:
            KeyError: neither a view nor a table of the contract.
        """
        waiting = self._unstaged(names)
        if not self._room.total:  # memory counts, not time: one after the other, in this thread's memory
            for name, view in waiting.items():
                self._keep(name, self._stage(view))
            return
        running: dict[Future[pl.DataFrame | Path], str] = {}
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            while waiting or running:
                there = self._staged.keys() | self._inputs.keys()
                ready = [name for name, view in waiting.items() if there >= set(view.reads)]
                for name in ready:
                    running[pool.submit(self._stage, waiting.pop(name))] = name
                for done in wait(running, return_when=FIRST_COMPLETED).done:
                    self._keep(running.pop(done), done.result())

    def _unstaged(self, names: Iterable[str]) -> dict[str, View]:
        """The views to stage for these, each after what it reads; tables are opened at once."""
        found: dict[str, View] = {}
        for name in names:
            if name in TABLES:
                self._staged.setdefault(name, self.tables.frame(name))
            elif name in INPUTS:
                if name not in self._inputs:
                    msg = f"a view reads {name!r}, which was not given to the engine"
                    raise KeyError(msg)
            elif name not in self._staged:
                found |= self._unstaged(self._views[name].reads) | {name: self._views[name]}
        return found

    def _keep(self, name: str, staged: pl.DataFrame | Path) -> None:
        if isinstance(staged, Path):
            self._staged[name] = nw.from_native(pl.scan_parquet(staged))
            return
        self._held[name] = staged
        self._taken += staged.estimated_size()
        self._staged[name] = nw.from_native(staged.lazy())

    def _stage(self, view: View) -> pl.DataFrame | Path:
        """The view, or the file that it was written to."""
        name = view.name
        built: pl.LazyFrame = (
            self._kernels[name](*(self._staged[read].to_native() for read in view.reads))
            if name in self._kernels
            else view.build(
                *(self._inputs.get(read, self._staged.get(read)) for read in view.reads)
            ).to_native()
        )
        if view.persist and self._keep_in is not None:
            return write_sorted(self._keep_in, view, built)
        if self._folder is None or self._fits(built, view.reads):
            return check_schema(view, built.collect())
        check_schema(view, built)
        return _write(self._folder / f"{name}.parquet", built)

    def to_disk(self) -> None:
        """From now on, write views to the folder, and what is held now: the memory is for other things."""
        if self._folder is not None:
            for name, held in self._held.items():
                self._keep(name, _write(self._folder / f"{name}.parquet", held.lazy()))
            self._held.clear()
            self._taken, self._room = 0.0, MemoryBudget(0.0, 0.0)

    def _fits(self, built: pl.LazyFrame, reads: tuple[str, ...]) -> bool:
        """Whether a view is expected to fit: it has about as many rows as the longest relation it reads."""
        row = pl.DataFrame(schema=built.collect_schema()).clear(_SAMPLE).estimated_size() / _SAMPLE
        expected = row * max(self._rows_of(read) for read in reads if read not in INPUTS)
        return expected <= self._room.per_view and self._taken + expected <= self._room.total

    def _rows_of(self, name: str) -> int:
        if name not in self._rows:
            native: pl.LazyFrame = self[name].to_native()
            self._rows[name] = (
                self._held[name].height if name in self._held else native.select(pl.len()).collect().item()
            )
        return self._rows[name]


def _write(file: Path, built: pl.LazyFrame) -> Path:
    # Read again at once and thrown away with the run: what counts is how quickly it is written.
    built.sink_parquet(file, compression="uncompressed", statistics=False, maintain_order=False)
    return file


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
    views.stage([f"{entity}_base", *by_view])
    frame: Frame = views[f"{entity}_base"].select(key)
    for name, features in by_view.items():
        columns = [one.expression().cast(nw.Float64).alias(one.name) for one in features]
        frame = frame.join(views[name].select(nw.col(key), *columns), on=key, how="left")
    native: pl.LazyFrame = frame.to_native()
    return native.sort(key).collect(), left_out


def collect(frame: Frame) -> pl.DataFrame:
    """Compute a lazy frame."""
    native: pl.LazyFrame = frame.to_native()
    return native.collect()


def materialize(frame: Frame) -> Frame:
    """Compute a lazy frame now, because several later steps read it; the result is lazy again."""
    native: pl.LazyFrame = frame.to_native()
    return nw.from_native(native.collect(engine="streaming").lazy())


def rows(frame: Frame) -> Iterator[Mapping[str, object]]:
    """The rows of a small lazy frame as dicts."""
    yield from collect(frame).iter_rows(named=True)
