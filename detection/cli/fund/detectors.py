"""The detectors that an operator switches on, by name or from a file of names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

Detectors = Annotated[
    list[str] | None,
    typer.Option(
        "--detectors",
        metavar="NAME|@FILE",
        help="Run only this detector, or those that the file names, one a line; may be given several times. "
        "Open alerts of the others stay as they are.",
    ),
]

_FILE, _COMMENT = "@", "#"


def named_detectors(given: Sequence[str] | None) -> list[str] | None:
    """Names in the order in which they are given; None where the option is not.

    Raises:
        UsageError: a file of names cannot be read.
    """
    if given is None:
        return None
    return [
        name for word in given for name in (_names_in(Path(word[1:])) if word.startswith(_FILE) else [word])
    ]


def _names_in(file: Path) -> Iterator[str]:
    """The names in a file, one a line; what follows ``#`` is a comment."""
    from features.errors import UsageError

    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise UsageError(
            "The file of names of detectors cannot be read.", where=str(file), next_step="check --detectors"
        ) from None
    yield from filter(None, (line.partition(_COMMENT)[0].strip() for line in lines))
