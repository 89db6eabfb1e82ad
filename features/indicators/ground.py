"""The ground that indicators stand on: a few relations that are staged once, written to disk, and shared by all.

A list is made from the ground alone, when a value is measured and again when somebody opens the list behind it: so
that the two cannot disagree. A relation of the ground is found by importing the modules of this package.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import narwhals as nw
import polars as pl

from features.policy import Policy
from features.registry import Frame
from features.tables import Tables

_ROW_GROUP = 131_072


@dataclass(frozen=True)
class Source:
    """What the ground is made of.

    Attributes:
        tables: the accepted tables.
        policy: dated policy of the area.
        seen: what detectors found, by detector: ``id`` (of a settlement, or of the record that its evidence is), cause
            and account (fen at issue), each id once; and, under ``<detector>.judged``, the ``id`` that it could judge.
    """

    tables: Tables
    policy: Policy
    seen: Mapping[str, Frame]

    def found(self, detector: str, identity: str = "settlement_id") -> Frame:
        """What a detector found, its ids under a name: that, cause, account."""
        return self.seen.get(detector, _nothing()).select("cause", "account", **{identity: nw.col("id")})

    def judged(self, detector: str) -> Frame:
        """What a detector could judge: settlement_id."""
        return self.seen.get(f"{detector}.judged", _nothing()).select(settlement_id="id")


def _nothing() -> Frame:
    return nw.from_native(pl.LazyFrame(schema={"id": pl.String, "cause": pl.String, "account": pl.Int64}))


Build = Callable[[Source, "Ground"], Frame]
_relations: dict[str, tuple[Build, tuple[str, ...], tuple[str, ...]]] = {}


@dataclass(frozen=True)
class Ground:
    """The relations by name; ``ground["visits"]`` is a lazy frame."""

    frames: Mapping[str, Frame]

    def __getitem__(self, name: str) -> Frame:
        """A relation.

        Raises:
            KeyError: there is none of this name.
        """
        return self.frames[name]


def relation(*, order: tuple[str, ...], reads: tuple[str, ...] = ()) -> Callable[[Build], Build]:
    """Register a relation under its function's name.

    Args:
        order: columns that put its rows in one order, so that the same data give the same bytes.
        reads: relations that must be there before it.
    """

    def register(build: Build) -> Build:
        if build.__name__ in _relations:
            msg = f"{build.__module__}.{build.__name__}: the ground has a relation of that name already"
            raise ValueError(msg)
        _relations[build.__name__] = (build, order, reads)
        return build

    return register


def lay(source: Source, folder: Path) -> Ground:
    """Write every relation to a folder, and open it."""
    discover()
    frames: dict[str, Frame] = {}
    waiting = dict(sorted(_relations.items()))
    while waiting:
        name = next(one for one, (_, _, reads) in waiting.items() if frames.keys() >= set(reads))
        build, order, _ = waiting.pop(name)
        native: pl.LazyFrame = build(source, Ground(frames)).to_native()
        collected = native.collect(engine="streaming").sort(order)
        collected.write_parquet(_file(folder, name), row_group_size=_ROW_GROUP)
        del collected
        frames[name] = _opened(folder, name)
    return Ground(frames)


def open_ground(folder: Path) -> Ground:
    """The ground as it was written."""
    discover()
    return Ground({name: _opened(folder, name) for name in _relations})


def discover() -> None:
    """Import every module of this package, so that what they register is known."""
    package = importlib.import_module("features.indicators")
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda found: found.name):
        importlib.import_module(f"features.indicators.{module.name}")


def _opened(folder: Path, name: str) -> Frame:
    return nw.from_native(pl.scan_parquet(_file(folder, name)))


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.parquet"
