"""What the two databases write differently in a query."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, bindparam, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import ReturnTypeFromArgs


class Greatest(ReturnTypeFromArgs[Any]):
    """The greatest of several values of a row."""

    name = "greatest"
    inherit_cache = True


class Least(ReturnTypeFromArgs[Any]):
    """The least of several values of a row."""

    name = "least"
    inherit_cache = True


@compiles(Greatest, "sqlite")
def _greatest(element: Greatest, compiler: SQLCompiler, **kw: Any) -> str:
    return f"max({compiler.process(element.clauses, **kw)})"


@compiles(Least, "sqlite")
def _least(element: Least, compiler: SQLCompiler, **kw: Any) -> str:
    return f"min({compiler.process(element.clauses, **kw)})"


def first(text: ColumnElement[str] | InstrumentedAttribute[str], characters: int) -> ColumnElement[str]:
    """The first characters of a text: of an ISO day its year, month or day.

    The numbers stand in the query itself. PostgreSQL groups by an expression only if it is written the same in both
    places, and numbers that are passed along are never the same to it.
    """
    return func.substr(text, *(bindparam(None, number, literal_execute=True) for number in (1, characters)))
