"""The engine: computes views and features with Polars; no other module knows which engine runs them.

Views and features are Narwhals functions, lazy in and lazy out. A view is materialized on first use and read from there
afterwards: in memory while the memory budget allows, otherwise in a Parquet file written by the streaming engine.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import narwhals.stable.v2 as nw
import polars as pl

from features.contract import TABLES
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
from features.tables import Tables
from features.views.persisted import write_sorted
from features.views.schemas import check_schema

T = TypeVar("T")


@dataclass(frozen=True)
class MemoryBudget:
    """Bytes of memory for materialized views; views beyond it are written to disk.

    Attributes:
        per_view: most bytes that a single view is expected to take.
        total: most bytes of all views together.
    """

    per_view: float = 256e6
    total: float = 768e6


UNLIMITED = MemoryBudget(math.inf, math.inf)
_WORKERS = 2  # views materialized at the same time
_SAMPLE = 64  # rows of nulls, from which the size of a row is estimated; short texts take no more


class Views:
    """The materialized views of one data set, by name; a contract table's name gives the table.

    Args:
        tables: the accepted tables.
        folder: where large views are written; all stay in memory when None (tests, card cases).
        budget: memory for views; unlimited without a folder.
        inputs: inputs of views that are neither tables nor views, by the names in `INPUTS`.
        keep_in: folder of the views that a run keeps; None where a run keeps none.
        known: views that are computed already, by name: of all rows, where these tables have some of them only.
    """

    def __init__(
        self,
        tables: Tables,
        folder: Path | None = None,
        budget: MemoryBudget | None = None,
        *,
        inputs: Mapping[str, object] | None = None,
        keep_in: Path | None = None,
        known: Mapping[str, Frame] | None = None,
    ) -> None:
        self.tables = tables
        self._folder = folder
        self._budget = budget or (UNLIMITED if folder is None else MemoryBudget())
        self._inputs = dict(inputs or {})
        self._keep_in = keep_in
        self._materialized: dict[str, Frame] = dict(known or {})
        self._in_memory: dict[str, pl.DataFrame] = {}
        self._used = 0.0  # bytes in memory
        self._rows: dict[str, int] = {}
        self._remembered: dict[Hashable, Any] = {}
        self._last: tuple[object, Any] | None = None
        self._views = all_views()
        self._kernels = all_kernels()

    def __getitem__(self, name: str) -> Frame:
        """The view, materialized on first use.

        Raises:
            KeyError: neither a view nor a table of the contract.
        """
        if name not in self._materialized:
            self.materialize([name])
        return self._materialized[name]

    def materialize(self, names: Iterable[str]) -> None:
        """Materialize views and all views they read, two at a time: much of a kernel runs on one core.

        Raises:
            KeyError: neither a view nor a table of the contract.
        """
        waiting = self._missing(names)
        if not self._budget.total:  # to save memory, one after the other in this thread
            for name, view in waiting.items():
                self._keep(name, self._compute(view))
            return
        running: dict[Future[pl.DataFrame | Path], str] = {}
        with ThreadPoolExecutor(_WORKERS) as pool:
            while waiting or running:
                available = self._materialized.keys() | self._inputs.keys()
                ready = [name for name, view in waiting.items() if available >= set(view.reads)]
                for name in ready:
                    running[pool.submit(self._compute, waiting.pop(name))] = name
                for done in wait(running, return_when=FIRST_COMPLETED).done:
                    self._keep(running.pop(done), done.result())

    def _missing(self, names: Iterable[str]) -> dict[str, View]:
        """The views to materialize for these, each after the views it reads; tables are opened at once."""
        missing: dict[str, View] = {}
        for name in names:
            if name in self._materialized:
                continue
            if name in TABLES:
                self._materialized[name] = self.tables.frame(name)
            elif name in INPUTS:
                if name not in self._inputs:
                    msg = f"a view reads {name!r}, which was not given to the engine"
                    raise KeyError(msg)
            else:
                missing |= self._missing(self._views[name].reads) | {name: self._views[name]}
        return missing

    def _keep(self, name: str, view: pl.DataFrame | Path) -> None:
        if isinstance(view, Path):
            self._materialized[name] = nw.from_native(pl.scan_parquet(view))
            return
        self._in_memory[name] = view
        self._used += view.estimated_size()
        self._materialized[name] = nw.from_native(view.lazy())

    def _compute(self, view: View) -> pl.DataFrame | Path:
        """The rows of a view, or the file that they were written to."""
        name = view.name
        built: pl.LazyFrame = (
            self._kernels[name](*(self._materialized[read].to_native() for read in view.reads))
            if name in self._kernels
            else view.build(
                *(self._inputs.get(read, self._materialized.get(read)) for read in view.reads)
            ).to_native()
        )
        if view.persist and self._keep_in is not None:
            return write_sorted(self._keep_in, view, built, self.tables.ids, self._folder)
        if self._folder is None or self._fits(built, view.reads):
            return check_schema(view, built.collect())
        check_schema(view, built)
        return _write(self._folder / f"{name}.parquet", built)

    def remember(self, key: Hashable, build: Callable[[], T]) -> T:
        """What was computed from these views, built on first use; it lives as long as they do, so it must be small.

        Args:
            key: names the result; the same key is the same result.
            build: computes it.
        """
        if key not in self._remembered:
            self._remembered[key] = build()
        result: T = self._remembered[key]
        return result

    def remember_last(self, key: object, build: Callable[[], T]) -> T:
        """What was computed last in this way, if it has an equal key: the next result takes its place.

        Args:
            key: names the result; an equal key is the same result.
            build: computes it; it may be large.
        """
        if self._last is None or self._last[0] != key:
            self._last = None  # frees the last result before the next one is computed
            self._last = (key, build())
        result: T = self._last[1]
        return result

    def share(self, name: str, build: Callable[[], Frame]) -> Frame:
        """Rows that several detectors read, computed on first use; large ones too: they go to the folder at once.

        Args:
            name: of the rows; the same name is the same rows, in the same order.
            build: computes them.
        """
        key = f"shared_{name}"
        if key not in self._materialized:
            shared = collect(build())
            self._keep(key, shared if self._folder is None else _write_in_order(self._folder, key, shared))
        return self._materialized[key]

    def keeping(self, folder: Path, **inputs: object) -> Views:
        """Views of the same data set that are kept, by `View.persist`; one is built after the other, to save memory.

        Args:
            folder: where the views that a run keeps are written.
            inputs: by the names in `INPUTS`.
        """
        own = None if self._folder is None else self._folder / "kept"
        if own is not None:
            own.mkdir()
        return Views(self.tables, own, MemoryBudget(0.0, 0.0), inputs=inputs, keep_in=folder)

    def to_disk(self) -> None:
        """Write the views in memory to the folder, and from now on every further view: this frees the memory."""
        if self._folder is not None:
            for name, rows_of_view in self._in_memory.items():
                self._keep(name, _write(self._folder / f"{name}.parquet", rows_of_view.lazy()))
            self._in_memory.clear()
            self._used, self._budget = 0.0, MemoryBudget(0.0, 0.0)

    def _fits(self, built: pl.LazyFrame, reads: tuple[str, ...]) -> bool:
        """Whether a view is expected to fit: it has about as many rows as the longest relation it reads."""
        row = pl.DataFrame(schema=built.collect_schema()).clear(_SAMPLE).estimated_size() / _SAMPLE
        expected = row * max(self._rows_of(read) for read in reads if read not in INPUTS)
        return expected <= self._budget.per_view and self._used + expected <= self._budget.total

    def _rows_of(self, name: str) -> int:
        if name not in self._rows:
            native: pl.LazyFrame = self[name].to_native()
            self._rows[name] = (
                self._in_memory[name].height
                if name in self._in_memory
                else native.select(pl.len()).collect().item()
            )
        return self._rows[name]


def _write(file: Path, built: pl.LazyFrame) -> Path:
    # The file is read at once and deleted with the run, so it is written for speed.
    built.sink_parquet(file, compression="uncompressed", statistics=False, maintain_order=False)
    return file


def _write_in_order(folder: Path, name: str, rows_to_share: pl.DataFrame) -> Path:
    file = folder / f"{name}.parquet"
    rows_to_share.write_parquet(file, compression="uncompressed", statistics=False)
    return file


def why_not(feature: Feature, tables: Tables) -> str | None:
    """Why a feature cannot be computed on these tables; None when it can.

    The text names the missing table or column as the contract does: ``needs family_authorizations.valid_from``.
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
        entity: the kind of entity.
        views: the views of the data set.

    Returns:
        A frame sorted by the entity's id, one Float64 column per feature (null: not applicable to this
        entity), and the features left out with the reason.
    """
    key = ENTITY_KEYS[entity]
    left_out: dict[str, str] = {}
    by_view: dict[str, list[Feature]] = {}
    for name, feature in all_features(entity).items():
        reason = why_not(feature, views.tables)
        if reason:
            left_out[name] = reason
        else:
            by_view.setdefault(feature.view, []).append(feature)
    views.materialize([f"{entity}_base", *by_view])
    frame = views[f"{entity}_base"].select(key)
    for name, features in by_view.items():
        columns = [feature.expression().cast(nw.Float64).alias(feature.name) for feature in features]
        frame = frame.join(views[name].select(nw.col(key), *columns), on=key, how="left")
    return collect(frame.sort(key)), left_out


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
