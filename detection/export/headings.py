"""Headings of exported columns in the reader's language: one catalogue (``export``) for screens and the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from detection.language.messages import Messages, messages

Legend = tuple[str, Sequence[Sequence[str]]]
"""Name and rows of the sheet of a workbook that says what the list is, and which machine name each heading has."""


def headings(
    names: Iterable[str], language: str, *, what: str = "", own: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The heading of each column, no two of them the same: a repeated one has its machine name with it.

    Args:
        names: machine names of the columns.
        language: ``en`` or ``zh``.
        what: the list, where it calls a column otherwise than other lists do.
        own: headings that the caller knows already, by machine name.

    Raises:
        KeyError: the catalogue has no heading for a column.
    """
    known = messages(language, "export")
    named = {name: (own or {}).get(name) or _heading(known, what, name) for name in names}
    repeated = list(named.values())
    return {
        name: f"{heading} ({name})" if repeated.count(heading) > 1 else heading
        for name, heading in named.items()
    }


def _heading(known: Mapping[str, str], what: str, name: str) -> str:
    return known.get(f"column.{what}.{name}") or known[f"column.{name}"]


def legend(
    headed: Mapping[str, str], what: str, rows: int, language: str, *, part: str = "", mark: str = ""
) -> Legend:
    """The sheet about a list.

    Args:
        headed: headings by machine name.
        what: the list.
        rows: how many it has.
        language: ``en`` or ``zh``.
        part: which part of the list; left out where it is empty.
        mark: who takes the file, when, and its number; left out where it is empty.
    """
    words = Messages(language, "export")
    head = [
        [words("about.list"), words(f"list.{what}")],
        *([[words("about.part"), part]] if part else []),
        [words("about.rows"), str(rows)],
        *([[words("about.mark"), mark]] if mark else []),
        [],
        [words("about.heading"), words("about.name")],
    ]
    return words("about.sheet"), [*head, *([heading, name] for name, heading in headed.items())]
