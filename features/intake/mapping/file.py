"""Read a mapping file (docs/mapping.md) and report all its errors at once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from pathlib import Path

from features.errors import MappingError
from features.intake.mapping.entries import MappingEntries, MappingFile
from features.intake.mapping.model import Mapping
from features.intake.mapping.problems import validated
from features.intake.mapping.resolve import resolve
from features.message import Message


def load_mapping(path: Path) -> Mapping:
    """Read a mapping file that overrides no preset.

    Raises:
        MappingError: the file is missing, is not TOML, or has invalid entries.
    """
    entries, problems = read_entries(path)
    if entries.options:
        problems.append(Message("options: only an import preset has options (--preset)"))
    return checked_mapping(entries, path.name, problems)


def read_entries(path: Path) -> tuple[MappingFile, list[Message]]:
    """The entries of a mapping file without the invalid ones, and a text for each of those.

    Raises:
        MappingError: the file is missing or is not TOML.
    """
    return validated(MappingFile, read_toml(path))


def read_toml(path: Path) -> AnyMapping[str, object]:
    """The content of a TOML file.

    Raises:
        MappingError: the file is missing or is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise MappingError(
            "The mapping file cannot be read.",
            where=f"{path.name}: {problem}",
            next_step="see docs/mapping.md",
        ) from None


def checked_mapping(entries: MappingEntries, name: str, problems: Sequence[Message] = ()) -> Mapping:
    """The mapping that the entries of a file describe.

    Args:
        entries: the valid entries.
        name: name of the file.
        problems: texts of its invalid entries.

    Raises:
        MappingError: there are invalid entries, or entries that do not fit the contract or each other.
    """
    mapping, misfits = resolve(entries)
    if problems or misfits:
        raise MappingError(
            "The mapping file cannot be used.",
            where=name,
            problems=[*problems, *misfits],
            next_step="correct these entries; docs/mapping.md describes the format",
        )
    return mapping
