"""The entries of a mapping file as it is written, before defaults of the file and code lists are applied.

docs/mapping.md describes the format with examples; docs/schemas/mapping.schema.json is written from these models.
An entry that a file does not state is None or empty, so that one file can override another.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StrictBool,
    StrictInt,
)
from pydantic_core import CoreSchema

from features.intake.mapping.texts import Conditions, Names, Text, Texts


def _as_column(value: object) -> object:
    return {"from": value} if isinstance(value, str) else value


class _OrText:
    """Lets the schema of a column accept a text as well."""

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, object]:
        return {"anyOf": [{"type": "string"}, handler(core_schema)]}


class Entry(BaseModel):
    """Base of all entries: immutable, and without unknown keys."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, use_attribute_docstrings=True
    )

    def over(self, base: Self) -> Self:
        """This entry, completed by what only ``base`` states."""
        return base.model_copy(update={name: getattr(self, name) for name in self.model_fields_set})


class CodeEntries(Entry):
    """Replacements of source values."""

    values: Mapping[str, Text] = {}
    """Contract value by source value."""
    match: Literal["exact", "prefix"] = "exact"
    """Whether source values are matched as a whole or by their longest prefix."""
    lengths: tuple[StrictInt, ...] = ()
    """Lengths of the codes that are matched by prefix; any length if empty."""
    otherwise: Text | None = None
    """Value of every source value that is not listed."""


class CodeList(CodeEntries):
    """A named code list."""

    values: Mapping[str, Text]
    about: Text | None = None
    """Free text."""
    source: Text | None = None
    """Where the list comes from."""
    sure: Text | None = None
    """How reliable it is: high, medium or low."""


class CaseEntry(Entry):
    """A value that several columns determine."""

    when: Conditions
    """Conditions, all of which must hold."""
    value: Text
    """The value."""


class ColumnEntry(CodeEntries):
    """How a contract column is made: by exactly one of from, constant, sum and first_of, or by cases alone."""

    source: Text | None = Field(default=None, alias="from")
    """A column of the file, or file.column of a joined file."""
    constant: Text | None = None
    """The same value for every row."""
    total: Texts | None = Field(default=None, alias="sum")
    """Columns to add up: a leading minus subtracts, a trailing ? makes a term optional."""
    first_of: Texts | None = None
    """Columns of which the first that is not empty is used."""
    codes: Text | None = None
    """Name of a code list, instead of values, match, lengths and otherwise."""
    when_null: Text | None = None
    """Value of an empty cell."""
    formats: Texts = ()
    """Formats (strptime) of a date, time or month, tried in order."""
    zone: Text | None = None
    """Time zone of times without an offset, by its IANA name; Asia/Shanghai by default."""
    null: Texts = ()
    """Further words that mean null in this column."""
    aggregate: Literal["min", "max"] | None = None
    """Aggregate over the rows of a distinct value."""
    replace: tuple[tuple[Text, Text], ...] = ()
    """Regular expressions and replacements, applied in order."""
    cases: tuple[CaseEntry, ...] = ()
    """Values that several columns determine; the first case that holds has precedence over everything else."""
    only_when: Conditions = {}
    """Rows in which the column is used; it is empty in the others."""
    day_from: Texts = ()
    """Columns that give the day where a time has none."""
    not_before: Text | None = None
    """Another date or time of the table; a value before it is empty."""
    optional: StrictBool | None = None
    """Whether the column is left out if the file lacks it."""


Column = Annotated[ColumnEntry, BeforeValidator(_as_column), _OrText()]
"""A column; a text is the name of a column of the file."""


class ExclusionEntry(Entry):
    """Rows that the source marks: by exactly one of values, other_than and differs_from."""

    column: Text
    """The column that marks them."""
    values: Texts | None = None
    """Values of marked rows."""
    other_than: Texts | None = None
    """Values of rows that are not marked; an empty cell is not marked either."""
    differs_from: Text | None = None
    """Another column: rows are marked if the two differ."""
    optional: StrictBool | None = None
    """Whether the rule is left out if the file lacks its columns."""


class JoinEntry(Entry):
    """Columns of another file, joined by a key."""

    file: Text
    """The other file."""
    on: Text
    """Column of the key in this file."""
    key: Text
    """Column of the key in the other file."""
    exclude: tuple[ExclusionEntry, ...] = ()
    """Rows of the other file that its source marks as invalid."""
    optional: StrictBool | None = None
    """Whether the join is left out if the file or the key is missing."""


class Defaults(Entry):
    """Entries of a file that apply to its tables, and of a table that apply to its columns."""

    optional: StrictBool | None = None
    """Whether missing files and columns are left out, unless the contract requires them."""
    null: Texts = ()
    """Words that mean null; an empty cell always does."""
    date_formats: Texts = ()
    """Formats (strptime) of dates without their own."""
    time_formats: Texts = ()
    """Formats (strptime) of times without their own."""
    month_formats: Texts = ()
    """Formats (strptime) of months without their own."""
    zone: Text | None = None
    """Time zone of times without an offset, by its IANA name; Asia/Shanghai by default."""
    delimiter: Text | None = None
    """Separator of the cells of text files, one character; recognized if it is not stated."""
    header_line: StrictInt | None = None
    """Line of the header, 1 is the first; recognized if it is not stated."""


class TableEntry(Defaults):
    """How a table of the contract is made."""

    file: Names | None = None
    """Name of the file or folder, or a list of names that it may have; the table's own name by default."""
    sheet: Text | None = None
    """Sheet of a workbook; by default the only one, or the one named like the file."""
    columns: Mapping[str, Column] = {}
    """Contract columns, by name."""
    absent: Texts = ()
    """Contract columns that are not read, even if the file has one of the name."""
    day_precision: Texts = ()
    """Times that are known to the day only."""
    exclude: tuple[ExclusionEntry, ...] = ()
    """Rows that the source marks as invalid."""
    only: Conditions = {}
    """Rows that the table is made of."""
    distinct: Texts = ()
    """The table has one row for each distinct value of these columns."""
    join: tuple[JoinEntry, ...] = ()
    """Joined files."""
    parts: Mapping[str, TableEntry] | None = None
    """Parts of the table, each from a file of its own."""
    link_reversals: StrictBool = False
    """Whether originals of refunds are searched for (settlements only)."""
    refund_mark: tuple[ExclusionEntry, ...] = ()
    """Rows that the source marks as refunds."""
    fallback: TableEntry | None = None
    """How the table is made if it has no file of its own."""
    guessed: Texts = ()
    """Columns with invented values, filled in so that the table can be read."""


class MappingEntries(Defaults):
    """A mapping file without options."""

    about: Text | None = None
    """Free text."""
    absent_tables: Texts = ()
    """Tables that are not read, even if the folder has a file of the name."""
    loose_names: StrictBool = False
    """Whether names of files and columns are compared without case, underscores and blanks."""
    aliases: Mapping[str, Texts] = {}
    """Other names of a column, by the name that the mapping uses."""
    codes: Mapping[str, CodeList] = {}
    """Code lists, by name."""
    tables: Mapping[str, TableEntry] = {}
    """Tables of the contract, by name."""


class MappingFile(MappingEntries):
    """A mapping file of a fund."""

    options: Mapping[str, str] = {}
    """Options of the preset that the file overrides."""


class OptionEntry(Entry):
    """An option of a preset."""

    values: Texts
    """Its values; ``auto`` is the first."""
    about: Text | None = None
    """Free text."""


class PresetFile(MappingEntries):
    """A mapping file of the product, with options."""

    options: Mapping[str, OptionEntry]
    """Options, by name."""
    variants: Mapping[str, Mapping[str, MappingEntries]]
    """Entries that override the others, by option and value."""
