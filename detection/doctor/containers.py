"""How a file is packed and written: container, encoding, separator."""

from __future__ import annotations

from pathlib import Path

from detection.doctor.words import both
from detection.language.stored import stored_text
from detection.language.text import Text
from features.intake.manifest import FileRecord
from features.intake.reading.contents import Content, content_of

_SEPARATED = "cells are separated by "
_TEXTS = ("utf-8", "gb18030")


def written(data: Path, file: FileRecord) -> Text:
    """Container, encoding and separator of a file: ``gzip, gb18030, semicolons``.

    Args:
        data: the data folder.
        file: a file in it, or in an archive or workbook in it.
    """
    parts = []
    container = _container(data, file.name)
    if container is not None and container is not Content.TEXT:
        parts.append(both(f"files.container.{container.value}"))
    if file.encoding in _TEXTS:
        parts += [Text.same(file.encoding), stored_text(_separator(file))]
    return Text(", ".join(part.en for part in parts), "、".join(part.zh for part in parts))


def _separator(file: FileRecord) -> str:
    notes = [note for note in file.notes if note.startswith(_SEPARATED)]
    return notes[0].removeprefix(_SEPARATED).partition(" (")[0] if notes else "commas"


def _container(data: Path, name: str) -> Content | None:
    """What the file, or the file around it, contains; None where it cannot be opened."""
    path = data / name
    try:
        while not path.exists() and path != data:
            path = path.parent
        return content_of(path) if path.is_file() else None
    except OSError:
        return None
