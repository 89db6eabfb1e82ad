"""Names in a data folder: which are hidden, parts of a table, partitions, or similar to one that is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote

from features.intake.reading.contents import without_ending
from features.message import Message

_PART = re.compile(r"[-_. ]{0,2}\(?(part[-_ ]?)?\d[-\d_. ]*\)?|[-_. ]?(\d{4}年)?\d{1,2}月份?")
"""What may follow a table's name in the names of its parts: months and numbers."""


def base_name(path: Path) -> str:
    """The name of a folder, or that of a file without its ending."""
    return path.name if path.is_dir() else without_ending(path.name)


def without_number(path: Path) -> str:
    """The name of a file without the month or number at its end; empty where it has none."""
    base = base_name(path)
    starts = [place for place in range(1, len(base)) if _PART.fullmatch(base[place:])]
    return base[: starts[0]] if starts else ""


def numbered_parts(tops: Sequence[Path], wanted: str) -> list[Path]:
    """Files whose names are the table's name and a month or number."""
    files = [path for path in tops if path.is_file() and base_name(path).lower().startswith(wanted)]
    return [path for path in files if _PART.fullmatch(base_name(path)[len(wanted) :])]


def sheets_of(names: Sequence[str], wanted: str) -> list[str]:
    """The sheets of a table: that of its name and those with a number behind it, or one for each month."""
    lower = {name: name.strip().lower() for name in names}
    of_table = [name for name in names if lower[name] == wanted]
    of_table += [
        name
        for name in names
        if lower[name].startswith(wanted) and _PART.fullmatch(lower[name][len(wanted) :])
    ]
    of_months = len(names) > 1 and all(_PART.fullmatch(name) for name in lower.values())
    return of_table or (list(names) if of_months else [])


def is_hidden(path: Path) -> bool:
    """Whether a part of the path starts with a dot, underscore or ~$, like temporary files of other writers."""
    return any(part.startswith((".", "_", "~$")) for part in path.parts)


def visible_paths(data: Path) -> list[Path]:
    """What a data folder holds, without hidden names; sorted."""
    return sorted(path for path in data.iterdir() if not is_hidden(Path(path.name)))


def readable(name: str) -> str:
    """A name of a file as text: bytes that are no UTF-8, of archives from elsewhere, as their numbers."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def missing_file(data: Path, file: str) -> Message:
    """The sentence for a table without a file.

    Args:
        data: the folder.
        file: name that was looked for, without an ending.
    """
    names = {path.name for path in visible_paths(data)}
    close = get_close_matches(file.lower(), [without_ending(name).lower() for name in names], n=3)
    similar = sorted(name for name in names if without_ending(name).lower() in close)
    hint = Message("; similar names: {names}", names=similar) if similar else ""
    return Message("{file}: no {file}.csv, {file}.parquet or folder {file}/{hint}", file=file, hint=hint)


def partitions(inside: Path) -> tuple[tuple[str, str], ...]:
    """Columns and values of the Hive partitions that a path names: ``month=2024-03/``."""
    pairs = (part.split("=", 1) for part in inside.parts[:-1] if "=" in part)
    return tuple((name, unquote(value)) for name, value in pairs)
