"""What is odd about a data set that was read, and the setting of the mapping that helps."""

from __future__ import annotations

from collections.abc import Iterator

from detection.doctor.words import both, shown
from detection.language.stored import stored_text
from detection.language.text import Text
from features.contract import TABLES, Kind
from features.intake import Manifest
from features.intake.checks.no_records import KINDS
from features.intake.manifest import TableRecord

_SHOWN = 6
_NAMES = 12
_BROKEN_PERCENT = 1
_DAYS = (Kind.DATE, Kind.TIME, Kind.MONTH)
_ROW_SETTINGS = {"missing value": "when_null", "unreadable value": "formats, replace, values"}
"""Settings that help where rows are quarantined for a reason."""


def oddities(manifest: Manifest) -> list[Text]:
    """One sentence for each oddity: files first, then tables, then what is not used."""
    lines = [*_files(manifest), *_preset(manifest)]
    for name, counts in manifest.tables.items():
        lines += [*_cells(name, counts), *_rows(name, counts)]
    lines += [stored_text(remark) for remark in manifest.remarks]
    lines += [*_joins(manifest), *_identities(manifest), *_unused(manifest)]
    return list(dict.fromkeys(lines))


def _files(manifest: Manifest) -> Iterator[Text]:
    by_note: dict[str, list[str]] = {}
    for file in manifest.files:
        for note in file.notes:
            by_note.setdefault(note, []).append(file.name)
    for note, names in by_note.items():
        yield both("odd.note", files=shown(names, 3), note=stored_text(note))
    cleaned: dict[tuple[str, str], tuple[int, int]] = {}
    for counts in manifest.tables.values():
        for item in counts.cleaned:
            columns, cells = cleaned.get((item.file, item.what), (0, 0))
            cleaned[item.file, item.what] = columns + 1, cells + item.cells
    for (name, what), (columns, cells) in cleaned.items():
        yield both("odd.cleaned", file=name, what=stored_text(what), columns=columns, cells=cells)


def _preset(manifest: Manifest) -> Iterator[Text]:
    if manifest.preset is None:
        return
    for decision in manifest.preset.decisions:
        yield both("odd.option", option=decision.option, value=decision.value)
    for table, file in manifest.preset.made_of.items():
        yield both("odd.made_of", table=table, file=file)
    for table in manifest.preset.skipped:
        yield both("odd.skipped", table=table)


def _cells(name: str, counts: TableRecord) -> Iterator[Text]:
    for read in counts.read_as:
        yield both("odd.form", column=f"{name}.{read.column}", cells=read.cells, form=stored_text(read.form))
    for bad in counts.unreadable:
        setting = "formats" if TABLES[name].columns[bad.column].kind in _DAYS else "replace, values"
        yield both(
            "odd.unreadable",
            column=f"{name}.{bad.column}",
            cells=bad.cells,
            example=stored_text(bad.example),
            setting=setting,
        )
    for column, codes in counts.unknown_codes.items():
        yield both("odd.codes", column=f"{name}.{column}", codes=len(codes), rows=sum(codes.values()))
    for column, rows in counts.undecided.items():
        yield both("odd.undecided", column=f"{name}.{column}", rows=rows)


def _rows(name: str, counts: TableRecord) -> Iterator[Text]:
    for count in sorted(counts.quarantined_by_column, key=lambda each: (-each.rows, each.column))[:_SHOWN]:
        yield both(
            "odd.quarantined",
            table=name,
            rows=count.rows,
            total=counts.rows.read,
            reason=stored_text(count.reason),
            columns=count.column or "–",
            setting=_ROW_SETTINGS.get(count.reason, "–"),
        )
    by_mapping = counts.rows.excluded
    for kind in KINDS:
        rows = counts.excluded_by_rule.get(kind, 0)
        by_mapping -= rows
        if rows:
            yield both("odd.no_record", table=name, rows=rows, total=counts.rows.read, kind=stored_text(kind))
    if by_mapping:
        yield both("odd.excluded", table=name, rows=by_mapping, total=counts.rows.read)


def _joins(manifest: Manifest) -> Iterator[Text]:
    if manifest.turned_refunds:
        yield both("odd.turned", rows=manifest.turned_refunds)
    for join in manifest.broken_joins:
        yield both(
            "odd.join_cause" if join.cause else "odd.no_cause",
            column=f"{join.table}.{join.column}",
            target=join.target,
            orphans=join.orphans,
            rows=join.rows,
            **({"cause": stored_text(join.cause)} if join.cause else {}),
        )


def _identities(manifest: Manifest) -> Iterator[Text]:
    for flag, count in manifest.identities.items():
        if count.checked and count.broken * 100 > count.checked * _BROKEN_PERCENT:
            yield both("odd.identity", identity=stored_text(flag), broken=count.broken, checked=count.checked)
    if manifest.day_precision:
        yield both("odd.days", columns=shown(manifest.day_precision, _NAMES))


def _unused(manifest: Manifest) -> Iterator[Text]:
    for name, counts in manifest.tables.items():
        for column, meant in counts.likely_columns.items():
            yield both("odd.likely", name=f"{name}: {column}", meant=meant)
        others = [column for column in counts.ignored_columns if column not in counts.likely_columns]
        if others:
            yield both("odd.unused_columns", table=name, names=shown(others, _NAMES))
    for file, table in manifest.likely_tables.items():
        yield both("odd.likely", name=file, meant=table)
    others = [name for name in manifest.ignored_files if name not in manifest.likely_tables]
    if others:
        yield both("odd.unused_files", names=shown(others, _NAMES))
