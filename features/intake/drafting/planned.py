"""A draft from a plan: what a preset or the contract's names read, written with the names of the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from features.contract import Kind
from features.intake.drafting.toml import Draft, DraftColumn, DraftTable, Value
from features.intake.mapping.model import ColumnMapping, Exclusion, TableMapping
from features.intake.mapping.texts import Conditions
from features.intake.reading.sources import MissingFileError, find
from features.intake.reading.table_plan import TablePlan


def planned(data: Path, plans: Iterable[TablePlan], *, loose: bool) -> Draft:
    """The draft that reads what the plans read.

    Args:
        data: the data folder.
        plans: plans of the tables; the parts of a table follow each other.
        loose: whether names are compared without case and underscores, as a preset does.
    """
    draft = Draft({"loose_names": True} if loose else {})
    tables: dict[str, list[TablePlan]] = {}
    for plan in plans:
        tables.setdefault(plan.table.table, []).append(plan)
    for name, parts in tables.items():
        if len(parts) == 1:
            draft.tables[name] = _table(data, parts[0])
        else:
            written = {f"part_{number}": _table(data, part) for number, part in enumerate(parts, 1)}
            draft.tables[name] = DraftTable(parts=written)
    return draft


def _table(data: Path, plan: TablePlan) -> DraftTable:
    mapping = plan.mapping
    return DraftTable(
        {"file": file_name(data, plan), **_entries(mapping)},
        {
            name: DraftColumn(_column(column, _formats(plan, name)))
            for name, column in plan.columns.items()
            if not column.made
        },
        comment="made of another table's file: what it lacks is not assessable" if mapping.guessed else "",
    )


def file_name(data: Path, plan: TablePlan) -> str:
    """The name under which a mapping finds the files of a table."""
    names = [file.file.name for file in plan.files]
    if len(names) == 1:
        return names[0]
    tops = {name.split("/")[0] for name in names}
    if len(tops) == 1:
        return tops.pop()
    for name in (plan.mapping.file, *plan.mapping.other_files):
        try:
            if {source.name for source in find(data, name)} == set(names):
                return name
        except MissingFileError:
            continue
    return plan.table.table


def _entries(mapping: TableMapping) -> dict[str, Value]:
    entries: dict[str, Value] = {}
    lists: Mapping[str, Sequence[str]] = {
        "null": [word for word in mapping.null if word],
        "date_formats": mapping.date_formats,
        "time_formats": mapping.time_formats,
        "month_formats": mapping.month_formats,
        "day_precision": sorted(mapping.day_precision),
        "distinct": mapping.distinct,
        "guessed": sorted(mapping.guessed),
        "absent": sorted(mapping.absent),
    }
    entries |= {key: list(values) for key, values in lists.items() if values}
    if mapping.exclude:
        entries["exclude"] = [_rule(rule) for rule in mapping.exclude]
    if mapping.refund_mark:
        entries["refund_mark"] = [_rule(mapping.refund_mark)]
    if mapping.only:
        entries["only"] = _conditions(mapping.only)
    if mapping.joins:
        entries["join"] = [
            {
                "file": join.file,
                "on": join.on,
                "key": join.key,
                **({"exclude": [_rule(rule) for rule in join.exclude]} if join.exclude else {}),
            }
            for join in mapping.joins
        ]
    if mapping.link_reversals:
        entries["link_reversals"] = True
    layout = mapping.layout
    given = {
        "zone": mapping.zone,
        "delimiter": layout.delimiter,
        "header_line": layout.header_line,
        "sheet": layout.sheet,
    }
    return entries | {key: value for key, value in given.items() if value is not None}


def _formats(plan: TablePlan, name: str) -> tuple[str, ...]:
    """The formats that a column has from its table."""
    kind, mapping = plan.table.columns[name].kind, plan.mapping
    own = {
        Kind.DATE: mapping.date_formats,
        Kind.TIME: mapping.time_formats,
        Kind.MONTH: mapping.month_formats,
    }
    return own.get(kind, ())


def _column(column: ColumnMapping, of_table: Sequence[str]) -> Value:
    entry: dict[str, Value] = {}
    if column.source is not None:
        entry["from"] = column.source
    if column.constant is not None:
        entry["constant"] = column.constant
    if column.total:
        entry["sum"] = list(column.total)
    if column.first_of:
        entry["first_of"] = list(column.first_of)
    if column.values:
        entry["values"] = dict(column.values)
    if column.by_prefix:
        entry["match"] = "prefix"
    texts = {"otherwise": column.otherwise, "when_null": column.when_null, "aggregate": column.aggregate}
    texts |= {"not_before": column.not_before, "zone": column.zone}
    entry |= {key: value for key, value in texts.items() if value is not None}
    formats = () if tuple(column.formats) == tuple(of_table) else column.formats
    lists = {"formats": formats, "null": column.null, "day_from": column.day_from}
    entry |= {key: list(values) for key, values in lists.items() if values}
    if column.lengths:
        entry["lengths"] = list(column.lengths)
    if column.replace:
        entry["replace"] = [list(pair) for pair in column.replace]
    if column.cases:
        entry["cases"] = [{"when": _conditions(case.when), "value": case.value} for case in column.cases]
    if column.only_when:
        entry["only_when"] = _conditions(column.only_when)
    return column.source if column.source is not None and set(entry) == {"from"} else entry


def _rule(rule: Exclusion) -> dict[str, Value]:
    entry: dict[str, Value] = {"column": rule.column}
    if rule.values:
        entry["values"] = list(rule.values)
    if rule.other_than:
        entry["other_than"] = list(rule.other_than)
    if rule.differs_from is not None:
        entry["differs_from"] = rule.differs_from
    return entry


def _conditions(when: Conditions) -> dict[str, Value]:
    return {name: list(values) for name, values in when.items()}
