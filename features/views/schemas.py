"""The columns that a view declares, compared with those that it has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import narwhals.stable.v2 as nw
import polars as pl

from features.errors import IntegrityError
from features.message import Message
from features.registry import Schema, View

Native = TypeVar("Native", pl.DataFrame, pl.LazyFrame)


def check_schema(view: View, native: Native) -> Native:
    """The rows of a view as they are given, when they have the columns that the view declares.

    Raises:
        IntegrityError: with every column that is missing, not declared, of another type or at another position.
    """
    if view.schema is not None:
        actual = nw.from_native(native).collect_schema()
        problems = [
            Message("view {view}: {problem}", view=view.name, problem=problem)
            for problem in _differences(view.schema, actual)
        ]
        if problems:
            raise IntegrityError(
                "A view does not have the columns that it declares.",
                where=f"{view.build.__module__}.{view.name}",
                problems=problems,
                next_step="correct the function, or the schema that it is registered with",
            )
    return native


def _differences(declared: Schema, actual: Schema) -> Iterator[Message]:
    for name, kind in declared.items():
        if name not in actual:
            yield Message("column {name} ({kind}) is missing", name=name, kind=_named(kind))
        elif actual[name] != kind and not (
            kind == nw.String and actual[name] == nw.UInt32
        ):  # an id, or its code
            yield Message(
                "column {name} is {actual}, declared as {declared}",
                name=name,
                actual=_named(actual[name]),
                declared=_named(kind),
            )
    yield from (
        Message("column {name} is not declared", name=name) for name in actual if name not in declared
    )
    if set(declared) == set(actual) and list(declared) != list(actual):
        yield Message(
            "columns are in the order {actual}, declared as {declared}",
            actual=list(actual),
            declared=list(declared),
        )


def _named(kind: object) -> str:
    return kind.__name__ if isinstance(kind, type) else str(kind)
