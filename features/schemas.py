"""The columns that a view declares, compared with those that it has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import narwhals.stable.v2 as nw
import polars as pl

from features.errors import IntegrityError
from features.registry import Schema, View

Native = TypeVar("Native", pl.DataFrame, pl.LazyFrame)


def check_schema(view: View, native: Native) -> Native:
    """The rows of a view as they are given, when they have the columns that the view declares.

    Raises:
        IntegrityError: with every column that is missing, not declared, of another type or at another position.
    """
    if view.schema is not None:
        actual = nw.from_native(native).collect_schema()
        problems = [f"view {view.name}: {problem}" for problem in _differences(view.schema, actual)]
        if problems:
            raise IntegrityError(
                "A view does not have the columns that it declares.",
                where=f"{view.build.__module__}.{view.name}",
                problems=problems,
                next_step="correct the function, or the schema that it is registered with",
            )
    return native


def _differences(declared: Schema, actual: Schema) -> Iterator[str]:
    for name, kind in declared.items():
        if name not in actual:
            yield f"column {name} ({_named(kind)}) is missing"
        elif actual[name] != kind:
            yield f"column {name} is {_named(actual[name])}, declared as {_named(kind)}"
    yield from (f"column {name} is not declared" for name in actual if name not in declared)
    if set(declared) == set(actual) and list(declared) != list(actual):
        yield f"columns are in the order {', '.join(actual)}, declared as {', '.join(declared)}"


def _named(kind: object) -> str:
    return kind.__name__ if isinstance(kind, type) else str(kind)
