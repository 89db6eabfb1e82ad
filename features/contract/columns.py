"""Column types of the data contract: what a value means, and how it is stored.

Stored types (Parquet and Polars types of an accepted table):

=========  ==================  ====================================================
kind       stored as           note
=========  ==================  ====================================================
id, text   String              leading zeros are kept
code       String              a value of the enum, or ``other`` or ``unknown``
money      Int64               fen (1 yuan = 100 fen), exact
price      Int64               millionths of a yuan: decimal(18,6)
quantity   Int64               ten-thousandths: decimal(18,4)
date       Date                plus ``<stem>_day``, Int32 days since 1970-01-01
time       Datetime (µs)       local, no offset; plus ``<stem>_day`` and ``<stem>_minute``
                               (Int64 minutes since 1970-01-01; null at day precision)
month      String ``2024-03``  plus ``<stem>_index``, Int32 year * 12 + month - 1
decimal    Float64             latitude and longitude only
integer    Int64
flag       Boolean
=========  ==================  ====================================================
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar


class Kind(StrEnum):
    """What kind of value a column holds."""

    ID = "id"
    TEXT = "text"
    CODE = "code"
    MONEY = "money"
    PRICE = "price"
    QUANTITY = "quantity"
    DATE = "date"
    TIME = "time"
    MONTH = "month"
    DECIMAL = "decimal"
    INTEGER = "integer"
    FLAG = "flag"


@dataclass(frozen=True)
class Column:
    """One column of the contract.

    Attributes:
        kind: what the value is.
        means: one sentence for the reader of the contract.
        required: whether the column must be present; an unreadable value then quarantines its row.
        values: the enum of a code column, without ``other`` and ``unknown``, which are always allowed.
        refers: ``table.column`` that should contain the value; an orphan is kept and flagged.
        open_end: whether a null is an end that is not yet known, such as that of an enrolment in force.
        name: filled in by the table.
    """

    kind: Kind
    means: str
    required: bool = True
    values: tuple[str, ...] = ()
    refers: str | None = None
    open_end: bool = False
    name: str = ""


def stem(column: str) -> str:
    """Name without its time suffix: ``settled_at`` → ``settled``, ``start_date`` → ``start``."""
    for suffix in ("_at", "_date", "_on"):
        if column.endswith(suffix):
            return column.removesuffix(suffix)
    return column


class Table:
    """Base of the contract's tables; a subclass states the grain in its docstring and lists its columns.

    Class attributes:
        table: the table's name in the contract.
        key: the columns that identify a row; a null or duplicate key is quarantined.
        required: whether a data set without this table is refused.
        columns: the columns by name, in the contract's order (collected by ``__init_subclass__``).
    """

    table: ClassVar[str]
    key: ClassVar[tuple[str, ...]]
    required: ClassVar[bool] = False
    columns: ClassVar[dict[str, Column]] = {}

    def __init_subclass__(cls, **kwargs: object) -> None:
        """Collect the columns declared in the class body, in order."""
        super().__init_subclass__(**kwargs)
        # A trailing underscore lets a class body hold a Python keyword: the contract's `from`.
        declared = ((name.rstrip("_"), value) for name, value in vars(cls).items())
        cls.columns = {
            name: replace(value, name=name) for name, value in declared if isinstance(value, Column)
        }

    @classmethod
    def required_columns(cls) -> tuple[str, ...]:
        """Names of the columns that must be present."""
        return tuple(name for name, column in cls.columns.items() if column.required)

    @classmethod
    def of_kind(cls, *kinds: Kind) -> tuple[str, ...]:
        """Names of the columns of these kinds, in the contract's order."""
        return tuple(name for name, column in cls.columns.items() if column.kind in kinds)


def identifier(means: str, *, optional: bool = False, refers: str | None = None) -> Column:
    """An id: text, leading zeros kept."""
    return Column(Kind.ID, means, not optional, refers=refers)


def text(means: str, *, optional: bool = False) -> Column:
    """Free text."""
    return Column(Kind.TEXT, means, not optional)


def code(means: str, values: str, *, optional: bool = False) -> Column:
    """A code out of ``a|b|c``; ``other`` and ``unknown`` are always allowed."""
    return Column(Kind.CODE, means, not optional, values=tuple(values.split("|")))


def money(means: str, *, optional: bool = False) -> Column:
    """Yuan with two decimals in the input, fen in the accepted table."""
    return Column(Kind.MONEY, means, not optional)


def price(means: str, *, optional: bool = False) -> Column:
    """Yuan per unit, decimal(18,6)."""
    return Column(Kind.PRICE, means, not optional)


def quantity(means: str, *, optional: bool = False) -> Column:
    """A count of packs, pieces or days, decimal(18,4)."""
    return Column(Kind.QUANTITY, means, not optional)


def updated() -> Column:
    """When a row was last changed at the source: of two deliveries of a key, the later change holds."""
    return Column(Kind.TIME, "When the row was last changed at the source", required=False)


def date(means: str, *, optional: bool = False, open_end: bool = False) -> Column:
    """A calendar day in Asia/Shanghai."""
    return Column(Kind.DATE, means, not optional, open_end=open_end)


def time(means: str, *, optional: bool = False, open_end: bool = False) -> Column:
    """A local time to the second, without offset."""
    return Column(Kind.TIME, means, not optional, open_end=open_end)


def month(means: str, *, optional: bool = False) -> Column:
    """A calendar month, ``2024-03``."""
    return Column(Kind.MONTH, means, not optional)


def decimal(means: str, *, optional: bool = False) -> Column:
    """A coordinate in degrees."""
    return Column(Kind.DECIMAL, means, not optional)


def integer(means: str, *, optional: bool = False) -> Column:
    """A whole number."""
    return Column(Kind.INTEGER, means, not optional)


def flag(means: str, *, optional: bool = False) -> Column:
    """True or false."""
    return Column(Kind.FLAG, means, not optional)
