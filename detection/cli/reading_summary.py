"""Lines that the command line prints about how files were read, and about what in them was not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from features.intake import Manifest

_NAMES_SHOWN = 20
_COLUMNS_SHOWN = 6
_RAGGED = "wrong number of fields"


def reading_lines(manifest: Manifest) -> Iterator[str]:
    """How each file was read where that was recognized, and columns, files and sheets that are not used."""
    files: dict[str, list[str]] = {}
    for file in manifest.files:
        for note in file.notes:
            files.setdefault(note, []).append(file.name)
    for note, names in files.items():
        yield f"{names[0]}{f' and {len(names) - 1:,} more files' if names[1:] else ''}: {note}"
    yield from _refunds(manifest)
    yield from _cleaned(manifest)
    for name, counts in manifest.tables.items():
        for read in counts.read_as:
            yield f"{name}.{read.column}: {read.cells:,} values read as {read.form}"
        for bad in counts.unreadable:
            yield (
                f"{name}.{bad.column}: {bad.cells:,} values cannot be read ({bad.example}); "
                f"setting: {_setting(name, bad.column)}"
            )
    for join in manifest.broken_joins:
        cause = f"; likely cause: {join.cause}, without which {join.repaired:,} would" if join.cause else ""
        yield f"{join.table}.{join.column}: {join.orphans:,} of {join.rows:,} rows name no row of {join.target}{cause}"
    yield from manifest.remarks
    for name, counts in manifest.tables.items():
        yield from _unused(f"{name}: ", counts.ignored_columns, counts.likely_columns, "columns")
    yield from _unused("", manifest.ignored_files, manifest.likely_tables, "files")


def _refunds(manifest: Manifest) -> Iterator[str]:
    """Refunds that came with a positive sign."""
    if manifest.turned_refunds:
        yield (
            f"settlements: {manifest.turned_refunds:,} rows with positive amounts name the settlement that they take "
            "back and have its amounts: counted as refunds"
        )


def _setting(table: str, column: str) -> str:
    """The entry of a mapping file that helps where values of a column cannot be read."""
    from features.contract import TABLES, Kind

    days = (Kind.DATE, Kind.TIME, Kind.MONTH)
    return "formats" if TABLES[table].columns[column].kind in days else "replace or values"


def _cleaned(manifest: Manifest) -> Iterator[str]:
    """What was removed around the cells of each file, and how many cells of which columns stand for nothing."""
    columns: dict[tuple[str, str], list[str]] = {}
    for counts in manifest.tables.values():
        for cleaned in counts.cleaned:
            shown = columns.setdefault((cleaned.file, cleaned.what), [])
            shown.append(f"{cleaned.column} ({cleaned.cells:,} cells)")
    for (file, what), shown in columns.items():
        more = len(shown) - _COLUMNS_SHOWN
        names = ", ".join(shown[:_COLUMNS_SHOWN]) + (f" and {more:,} more columns" if more > 0 else "")
        yield f"{file}: cleaned of {what}: {names}"


def ragged_note(manifest: Manifest, table: str) -> str:
    """What the balance of a table's money does not contain: the rows whose cells cannot be assigned to columns."""
    rows = manifest.tables[table].quarantined_by_reason.get(_RAGGED, 0)
    return f"; not known for {rows:,} rows with a wrong number of fields" if rows else ""


def _unused(where: str, names: Sequence[str], likely: Mapping[str, str], what: str) -> Iterator[str]:
    """A line for each name that is probably misspelt, and one for all others."""
    for name in names:
        if name in likely:
            yield f"{where}{name}: not used; did you mean {likely[name]}?"
    others = [name for name in names if name not in likely]
    if others:
        more = len(others) - _NAMES_SHOWN
        shown = ", ".join(others[:_NAMES_SHOWN]) + (f" and {more:,} more" if more > 0 else "")
        yield f"{where}{what} not used: {shown}"
