"""Files of numbers that somebody chose, each with its unit, its source, and the day from which it applies."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from pydantic import Field, create_model

from features.dated import TomlModel, problems, read_toml
from features.errors import CardError


class ChosenNumber(TomlModel):
    """What every number states."""

    start: dt.date = Field(alias="from")
    unit: str
    source: str


class WholeNumber(ChosenNumber):
    """A number of whole units."""

    value: int


class Share(ChosenNumber):
    """A number that may have decimals, such as a share."""

    value: float


Numbers = TypeVar("Numbers")


def numbers_file(kind: type[Numbers]) -> type[TomlModel]:
    """The model of a file whose tables are the fields of a dataclass, each an ``int`` or a ``float``."""
    tables: dict[str, Any] = {  # as pydantic declares the fields that it is given
        name: (WholeNumber if hint is int else Share, ...) for name, hint in get_type_hints(kind).items()
    }
    return create_model(f"{kind.__name__}File", __base__=TomlModel, **tables)


def read_numbers(file: Path, kind: type[Numbers]) -> Numbers:
    """The numbers of a file.

    Args:
        file: a TOML file with a table for each number.
        kind: a dataclass with a field for each table.

    Raises:
        CardError: with every entry that is missing, unknown or of a wrong type.
    """
    return _numbers(_read(file, kind), kind)


def read_dated_numbers(file: Path, kind: type[Numbers], day: dt.date) -> Numbers:
    """The numbers of a file of the fund, all of which have to be in force on a day.

    Raises:
        CardError: as `read_numbers`; or a number applies from a later day, or names no source.
    """
    read = _read(file, kind)
    stated = {name: getattr(read, name) for name in type(read).model_fields}
    later = [name for name, number in stated.items() if number.start > day or not number.source.strip()]
    if later:
        raise CardError(
            "These numbers have no source, or are not in force yet.",
            where=f"{file.name}: {', '.join(later)}",
            next_step="state source and the day from which they apply: from = 2024-01-01",
        )
    return _numbers(read, kind)


def _read(file: Path, kind: type[Numbers]) -> TomlModel:
    content, model = read_toml(file, CardError), numbers_file(kind)
    if wrong := problems(model, content):
        raise CardError("The settings file cannot be used.", where=file.name, problems=wrong)
    return model.model_validate(content)


def _numbers(read: TomlModel, kind: type[Numbers]) -> Numbers:
    return kind(**{name: getattr(read, name).value for name in type(read).model_fields})
