"""Registration and discovery of views and features.

A *view* is a materialized relation that many features read (visits, person-month, co-presence): a function whose
parameters are the names of contract tables or other views, each given as a lazy frame. A *feature* is one fact about an
entity: a function that returns one Narwhals expression over a view with one row per entity. All features of a view are
evaluated in one pass.

Discovery imports every module of the theme packages below. A duplicate name is an error; the order of imports does not
matter.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import narwhals.stable.v2 as nw
import polars as pl
from narwhals.stable.v2.dtypes import DType

Entity = Literal["person", "provider", "payer_account"]
Direction = Literal["high", "low", "both"]
Reversals = Literal["net", "gross"]
Family = Literal[
    "visit_frequency",
    "provider_collusion",
    "family_accounts",
    "personal_account",
    "benefit",
    "data_quality",
]

ENTITY_KEYS: dict[Entity, str] = {
    "person": "person_id",
    "provider": "provider_id",
    "payer_account": "payer_id",
}
"""The id column of each entity; a payer account is identified by its owner."""

THEMES = ("visits", "collusion", "family", "account", "indicators")
"""Packages under `features/` that hold views and features."""

INPUTS = ("policy", "findings")
"""Parameters of views that are neither a table nor a view: the engine is given them by name.

``policy`` is the dated policy of the area, ``findings`` what the detectors of a run reported.
"""

Frame = nw.LazyFrame[Any]  # lazy in, lazy out
Kernel = Callable[..., pl.LazyFrame]
"""A faster way to build a view: native Polars lazy frames in and out."""
Needs = Mapping[str, tuple[str, ...]]
Schema = Mapping[str, DType | type[DType]]
"""Columns of a view with their Narwhals types, in order."""


class Relations(Protocol):
    """Relations by name: those of the engine, or those that a run has stored."""

    def __getitem__(self, name: str, /) -> Frame:
        """The relation.

        Raises:
            KeyError: there is none of this name.
        """


@dataclass(frozen=True)
class View:
    """A materialized relation.

    Attributes:
        name: the function's name.
        build: the function; its parameter names are tables, views or `INPUTS`.
        reads: those names, in order.
        grain: what one row is, in words.
        persist: whether a run keeps it as a file, so that readers can open it later.
        order: columns that put its rows in one order, so that the same data give the same bytes.
        schema: its columns, compared with what the function returns; None where none is declared.
    """

    name: str
    build: Callable[..., Frame]
    reads: tuple[str, ...]
    grain: str
    persist: bool = False
    order: tuple[str, ...] = ()
    schema: Schema | None = None


@dataclass(frozen=True)
class Feature:
    """One registered fact about an entity.

    Attributes:
        name: the function's name, which is also the column's name.
        entity: whom it is about.
        family: the kind of risk that it serves.
        unit: unit of the value ("visits per month", "share").
        direction: which side is suspicious.
        needs: contract tables and columns without which it is not assessable.
        minutes: whether it needs settlement times to the minute.
        reversals: computed net of reversals, or gross.
        view: the view at the entity's grain that it reads.
        expression: returns the Narwhals expression.
        en: one sentence for the reader; ``{value}`` is filled in.
        zh: the same in Chinese.
        not_used: why no model uses it; empty where one does.
    """

    name: str
    entity: Entity
    family: Family
    unit: str
    direction: Direction
    needs: Needs
    minutes: bool
    reversals: Reversals
    view: str
    expression: Callable[[], nw.Expr]
    en: str
    zh: str
    not_used: str = ""

    @property
    def means(self) -> str:
        """First paragraph of the function's docstring."""
        return (inspect.getdoc(self.expression) or "").split("\n\n")[0]


_views: dict[str, View] = {}
_kernels: dict[str, Kernel] = {}
_features: dict[str, Feature] = {}


def view(
    *, grain: str, persist: bool = False, order: tuple[str, ...] = (), schema: Schema | None = None
) -> Callable[[Callable[..., Frame]], Callable[..., Frame]]:
    """Register a view under its function's name; see `View` for the arguments.

    Raises:
        ValueError: the name is taken, or a view that is kept has no order or no schema.
    """

    def register(build: Callable[..., Frame]) -> Callable[..., Frame]:
        name = build.__name__
        _refuse_duplicate(_views, name, build)
        if persist and not (order and schema):
            msg = f"{build.__module__}.{name}: a view that is kept declares its order and its schema"
            raise ValueError(msg)
        reads = tuple(inspect.signature(build).parameters)
        _views[name] = View(name, build, reads, grain, persist, order, schema)
        return build

    return register


def kernel(of: Callable[..., Frame]) -> Callable[[Kernel], Kernel]:
    """Register a faster way to build a view on one machine.

    It takes the same relations as the view, as native Polars lazy frames, and gives a native lazy frame with the
    same rows and columns. The view's own function stays the definition, and runs on any engine.
    """

    def register(build: Kernel) -> Kernel:
        name = of.__name__
        if name in _kernels:
            msg = f"{build.__module__}.{build.__name__}: the view {name!r} has a kernel already"
            raise ValueError(msg)
        _kernels[name] = build
        return build

    return register


def feature(
    *,
    entity: Entity,
    family: Family,
    unit: str,
    direction: Direction,
    needs: Needs,
    view: str,
    en: str,
    zh: str,
    minutes: bool = False,
    reversals: Reversals = "net",
    not_used: str = "",
) -> Callable[[Callable[[], nw.Expr]], Callable[[], nw.Expr]]:
    """Register a feature under its function's name; see `Feature` for the arguments."""

    def register(expression: Callable[[], nw.Expr]) -> Callable[[], nw.Expr]:
        name = expression.__name__
        _refuse_duplicate(_features, name, expression)
        _features[name] = Feature(
            name,
            entity,
            family,
            unit,
            direction,
            needs,
            minutes,
            reversals,
            view,
            expression,
            en,
            zh,
            not_used,
        )
        return expression

    return register


def _refuse_duplicate(
    registered: Mapping[str, View | Feature], name: str, function: Callable[..., object]
) -> None:
    if name in registered:
        msg = f"{function.__module__}.{name}: the name {name!r} is registered already; choose another"
        raise ValueError(msg)


def import_modules(package: str) -> None:
    """Import every module of a package, so that what they register is known."""
    folder = importlib.import_module(package).__path__
    for name in sorted(module.name for module in pkgutil.iter_modules(folder)):
        importlib.import_module(f"{package}.{name}")


def _discover() -> None:
    for theme in THEMES:
        import_modules(f"features.{theme}")


def all_views() -> dict[str, View]:
    """Every view by name, sorted."""
    _discover()
    return dict(sorted(_views.items()))


def all_kernels() -> dict[str, Kernel]:
    """Every kernel by the name of its view, sorted."""
    _discover()
    return dict(sorted(_kernels.items()))


def all_features(entity: Entity | None = None) -> dict[str, Feature]:
    """Every feature by name, sorted; only those of one entity, when it is given."""
    _discover()
    return {name: feature for name, feature in sorted(_features.items()) if entity in (None, feature.entity)}
