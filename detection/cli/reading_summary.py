"""Lines that the command line prints about how files were read, and about what in them was not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from detection.language.stored import stored_text
from features.message import Message, verbatim

if TYPE_CHECKING:
    from features.intake import Manifest

_NAMES_SHOWN = 20
_COLUMNS_SHOWN = 6
_RAGGED = "wrong number of fields"


def reading_lines(manifest: Manifest, language: str) -> Iterator[Message]:
    """How each file was read where that was recognized, and columns, files and sheets that are not used.

    Args:
        manifest: of a snapshot.
        language: of what the snapshot states: ``en`` or ``zh``.
    """
    yield from _notes(manifest, language)
    if manifest.turned_refunds:
        yield Message(
            "settlements: {rows:,} rows with positive amounts name the settlement that they take back and have its "
            "amounts: counted as refunds",
            rows=manifest.turned_refunds,
        )
    yield from _cleaned(manifest, language)
    yield from _cells(manifest, language)
    for join in manifest.broken_joins:
        cause = (
            Message(
                "; likely cause: {cause}, without which {repaired:,} would",
                cause=stored_text(join.cause)[language],
                repaired=join.repaired,
            )
            if join.cause
            else ""
        )
        yield Message(
            "{column}: {orphans:,} of {rows:,} rows name no row of {target}{cause}",
            column=f"{join.table}.{join.column}",
            orphans=join.orphans,
            rows=join.rows,
            target=join.target,
            cause=cause,
        )
    yield from (verbatim(stored_text(remark)[language]) for remark in manifest.remarks)
    for name, counts in manifest.tables.items():
        unused = _unused(counts.ignored_columns, counts.likely_columns, Message("columns"))
        yield from (Message("{table}: {unused}", table=name, unused=line) for line in unused)
    yield from _unused(manifest.ignored_files, manifest.likely_tables, Message("files"))


def _notes(manifest: Manifest, language: str) -> Iterator[Message]:
    files: dict[str, list[str]] = {}
    for file in manifest.files:
        for note in file.notes:
            files.setdefault(note, []).append(file.name)
    for note, names in files.items():
        named = (
            Message("{file} and {more:,} more files", file=names[0], more=len(names) - 1)
            if names[1:]
            else names[0]
        )
        yield Message("{files}: {note}", files=named, note=stored_text(note)[language])


def _cells(manifest: Manifest, language: str) -> Iterator[Message]:
    """Values that were read in another form, and those that could not be read."""
    for name, counts in manifest.tables.items():
        for read in counts.read_as:
            yield Message(
                "{column}: {cells:,} values read as {form}",
                column=f"{name}.{read.column}",
                cells=read.cells,
                form=stored_text(read.form)[language],
            )
        for bad in counts.unreadable:
            yield Message(
                "{column}: {cells:,} values cannot be read ({example}); setting: {setting}",
                column=f"{name}.{bad.column}",
                cells=bad.cells,
                example=stored_text(bad.example)[language],
                setting=_setting(name, bad.column),
            )


def _setting(table: str, column: str) -> Message:
    """The entry of a mapping file that helps where values of a column cannot be read."""
    from features.contract import TABLES, Kind

    days = (Kind.DATE, Kind.TIME, Kind.MONTH)
    is_day = TABLES[table].columns[column].kind in days
    return Message("formats") if is_day else Message("replace or values")


def _cleaned(manifest: Manifest, language: str) -> Iterator[Message]:
    """What was removed around the cells of each file, and how many cells of which columns stand for nothing."""
    columns: dict[tuple[str, str], list[Message]] = {}
    for counts in manifest.tables.values():
        for cleaned in counts.cleaned:
            column = Message("{column} ({cells:,} cells)", column=cleaned.column, cells=cleaned.cells)
            columns.setdefault((cleaned.file, cleaned.what), []).append(column)
    for (file, what), shown in columns.items():
        more = len(shown) - _COLUMNS_SHOWN
        first = shown[:_COLUMNS_SHOWN]
        names = Message("{names} and {more:,} more columns", names=first, more=more) if more > 0 else first
        yield Message(
            "{file}: cleaned of {kind}: {names}", file=file, kind=stored_text(what)[language], names=names
        )


def ragged_note(manifest: Manifest, table: str) -> str:
    """What the balance of a table's money does not contain: the rows whose cells cannot be assigned to columns."""
    rows = manifest.tables[table].quarantined_by_reason.get(_RAGGED, 0)
    return Message("; not known for {rows:,} rows with a wrong number of fields", rows=rows) if rows else ""


def _unused(names: Sequence[str], likely: Mapping[str, str], kind: Message) -> Iterator[Message]:
    """A line for each name that is probably misspelt, and one for all others."""
    for name in names:
        if name in likely:
            yield Message("{name}: not used; did you mean {meant}?", name=name, meant=likely[name])
    others = [name for name in names if name not in likely]
    if others:
        more = len(others) - _NAMES_SHOWN
        first = others[:_NAMES_SHOWN]
        shown = Message("{names} and {more:,} more", names=first, more=more) if more > 0 else first
        yield Message("{kind} not used: {names}", kind=kind, names=shown)
