"""Lines that the command line prints about how files were read, and about what in them was not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from features.intake import Manifest

_NAMES_SHOWN = 20
_RAGGED = "wrong number of fields"


def reading_lines(manifest: Manifest) -> Iterator[str]:
    """How each file was read where that was recognized, and columns, files and sheets that are not used."""
    files: dict[str, list[str]] = {}
    for file in manifest.files:
        for note in file.notes:
            files.setdefault(note, []).append(file.name)
    for note, names in files.items():
        yield f"{names[0]}{f' and {len(names) - 1:,} more files' if names[1:] else ''}: {note}"
    for name, counts in manifest.tables.items():
        yield from _unused(f"{name}: ", counts.ignored_columns, counts.likely_columns, "columns")
    yield from _unused("", manifest.ignored_files, manifest.likely_tables, "files")


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
