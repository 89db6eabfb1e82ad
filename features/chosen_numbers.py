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
    content, model = read_toml(file, CardError), numbers_file(kind)
    if wrong := problems(model, content):
        raise CardError("The settings file cannot be used.", where=file.name, problems=wrong)
    read = model.model_validate(content)
    return kind(**{name: getattr(read, name).value for name in model.model_fields})
