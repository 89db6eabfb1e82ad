"""Resolve the entries of a mapping file: apply defaults and code lists, and check them against the contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as AnyMapping

from features.contract import TABLES, Table
from features.intake.mapping.checks import column_problems, table_problems
from features.intake.mapping.entries import (
    CodeEntries,
    CodeList,
    ColumnEntry,
    Defaults,
    ExclusionEntry,
    JoinEntry,
    MappingEntries,
    TableEntry,
)
from features.intake.mapping.model import (
    Case,
    ColumnMapping,
    Exclusion,
    Join,
    LayoutRequest,
    Mapping,
    TableMapping,
)
from features.message import Message

_WAYS = {"source": "from", "constant": "constant", "total": "sum", "first_of": "first_of"}
_MARKS = ("values", "other_than", "differs_from")


def resolve(entries: MappingEntries) -> tuple[Mapping, list[Message]]:
    """The mapping that entries describe, and a text for everything that is inconsistent."""
    resolver = _Resolver(entries)
    return resolver.mapping(), resolver.problems


class _Resolver:
    """Resolves the tables of a file; collects problems."""

    def __init__(self, entries: MappingEntries) -> None:
        self._entries = entries
        self.problems: list[Message] = []

    def mapping(self) -> Mapping:
        entries = self._entries
        tables: dict[str, TableMapping] = {}
        optional: set[str] = set()
        for name, stated in entries.tables.items():
            if name not in TABLES:
                self.problems.append(Message("tables.{name}: not a table of the contract", name=name))
                continue
            table = _with_defaults(stated, entries)
            tables[name] = self._table(f"tables.{name}", TABLES[name], table)
            optional.update({name} if table.optional else ())
        for name in entries.absent_tables:
            if name not in TABLES:
                self.problems.append(
                    Message("absent_tables: {name} is not a table of the contract", name=name)
                )
            elif name in tables:
                self.problems.append(Message("absent_tables: {name} is mapped as well", name=name))
        plain = TableMapping(
            "",
            null=_null_words(entries),
            date_formats=entries.date_formats,
            time_formats=entries.time_formats,
            month_formats=entries.month_formats,
            zone=entries.zone,
            layout=LayoutRequest(entries.delimiter, entries.header_line),
        )
        return Mapping(
            tables,
            frozenset(entries.absent_tables),
            optional=frozenset(optional),
            loose=entries.loose_names,
            aliases=entries.aliases,
            plain=plain,
        )

    def _table(self, where: str, table: type[Table], entry: TableEntry) -> TableMapping:
        if entry.parts is not None:
            return TableMapping(table.table, parts=self._parts(where, table, entry, entry.parts))
        optional = bool(entry.optional)
        file, *other_files = entry.file or (table.table,)
        columns = (
            (name, self._column(f"{where}.columns.{name}", table, name, column, optional))
            for name, column in entry.columns.items()
        )
        fallback = None if entry.fallback is None else self._fallback(where, table, entry, entry.fallback)
        mapping = TableMapping(
            file=file,
            other_files=tuple(other_files),
            columns={name: column for name, column in columns if column is not None},
            absent=frozenset(entry.absent),
            null=_null_words(entry),
            day_precision=frozenset(entry.day_precision),
            date_formats=entry.date_formats,
            time_formats=entry.time_formats,
            month_formats=entry.month_formats,
            zone=entry.zone,
            exclude=self._exclusions(entry.exclude, where, "exclude", optional),
            distinct=entry.distinct,
            joins=tuple(self._joins(entry.join, where, optional)),
            only=entry.only,
            link_reversals=entry.link_reversals,
            refund_mark=next(iter(self._exclusions(entry.refund_mark, where, "refund_mark", optional)), None),
            fallback=fallback,
            guessed=frozenset(entry.guessed),
            layout=LayoutRequest(entry.delimiter, entry.header_line, entry.sheet),
        )
        self.problems.extend(table_problems(where, table, mapping))
        return mapping

    def _parts(
        self, where: str, table: type[Table], entry: TableEntry, parts: AnyMapping[str, TableEntry]
    ) -> dict[str, TableMapping]:
        """The parts of a table; entries of the table apply to each of them."""
        if entry.file is not None:
            self.problems.append(
                Message("{place}: file belongs to each part of a table in parts", place=where)
            )
        if not parts:
            self.problems.append(Message("{place}: parts must name at least one part", place=where))
        mappings: dict[str, TableMapping] = {}
        for name, part in parts.items():
            if part.parts is not None:
                self.problems.append(
                    Message("{place}.parts.{name}: must be a table without parts", place=where, name=name)
                )
                continue
            merged = part.over(entry.model_copy(update={"file": None, "parts": None}))
            merged = merged.model_copy(update={"columns": {**entry.columns, **part.columns}})
            mappings[name] = self._table(f"{where}.parts.{name}", table, merged)
        return mappings

    def _fallback(
        self, where: str, table: type[Table], entry: TableEntry, fallback: TableEntry
    ) -> TableMapping | None:
        if fallback.fallback is not None:
            self.problems.append(Message("{place}.fallback: a fallback has none of its own", place=where))
            return None
        return self._table(f"{where}.fallback", table, _with_defaults(fallback, entry))

    def _column(
        self, where: str, table: type[Table], name: str, stated: ColumnEntry, optional: bool
    ) -> ColumnMapping | None:
        entry = self._with_codes(where, stated)
        if name not in table.columns:
            self.problems.append(
                Message("{place}: {table} has no such column in the contract", place=where, table=table.table)
            )
            return None
        ways = [key for field, key in _WAYS.items() if getattr(entry, field) is not None]
        if len(ways) != 1 and (ways or not entry.cases):
            self.problems.append(
                Message(
                    "{place}: needs exactly one of {names}; has {given}",
                    place=where,
                    names=_WAYS.values(),
                    given=list(ways) or [Message("none")],
                )
            )
            return None
        mapping = ColumnMapping(
            source=entry.source,
            constant=entry.constant,
            total=entry.total or (),
            first_of=entry.first_of or (),
            values=entry.values,
            by_prefix=entry.match == "prefix",
            otherwise=entry.otherwise,
            when_null=entry.when_null,
            formats=entry.formats,
            zone=entry.zone,
            null=entry.null,
            aggregate=entry.aggregate,
            lengths=entry.lengths,
            replace=entry.replace,
            cases=tuple(Case(case.when, case.value) for case in entry.cases),
            only_when=entry.only_when,
            day_from=entry.day_from,
            not_before=entry.not_before,
            optional=optional if entry.optional is None else entry.optional,
        )
        self.problems.extend(column_problems(where, table, name, mapping))
        return mapping

    def _with_codes(self, where: str, column: ColumnEntry) -> ColumnEntry:
        """The column with the code list that it names; its own entries have precedence."""
        if column.codes is None:
            return column
        codes: CodeList | None = self._entries.codes.get(column.codes)
        if codes is None:
            self.problems.append(
                Message("{place}: there is no code list {codes}", place=where, codes=column.codes)
            )
            return column
        listed = codes.model_fields_set & CodeEntries.model_fields.keys() - column.model_fields_set
        return column.model_copy(update={name: getattr(codes, name) for name in listed})

    def _exclusions(
        self, rules: Sequence[ExclusionEntry], where: str, key: str, optional: bool
    ) -> tuple[Exclusion, ...]:
        for rule in rules:
            if sum(getattr(rule, mark) is not None for mark in _MARKS) != 1:
                self.problems.append(
                    Message("{place}: {key} needs exactly one of {names}", place=where, key=key, names=_MARKS)
                )
            if rule.other_than == ():
                self.problems.append(
                    Message("{place}: {key}: other_than names no value", place=where, key=key)
                )
        return tuple(
            Exclusion(
                rule.column,
                rule.values or (),
                rule.other_than or (),
                rule.differs_from,
                optional if rule.optional is None else rule.optional,
            )
            for rule in rules
        )

    def _joins(self, joins: Iterable[JoinEntry], where: str, optional: bool) -> Iterator[Join]:
        for join in joins:
            exclude = self._exclusions(join.exclude, f"{where}.join", "exclude", optional)
            own = optional if join.optional is None else join.optional
            yield Join(join.file, join.on, join.key, exclude, own)


def _with_defaults(table: TableEntry, defaults: Defaults) -> TableEntry:
    """The table with the defaults that it does not state itself."""
    inherited = defaults.model_fields_set & Defaults.model_fields.keys() - table.model_fields_set
    return table.model_copy(update={name: getattr(defaults, name) for name in inherited})


def _null_words(entry: Defaults) -> tuple[str, ...]:
    """The words that mean null; an empty cell always does."""
    return ("", *(word for word in entry.null if word))
