"""Texts of a mapping file: TOML values as a source would write them in its cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema


def _cell_text(value: object) -> object:
    """A TOML value as the text of a source cell; lists and tables are returned unchanged, and refused."""
    match value:
        case bool():
            return str(value).lower()
        case dt.datetime():
            return value.isoformat(sep=" ")
        case dt.date() | dt.time():
            return value.isoformat()
        case int() | float():
            return str(value)
    return value


def _as_list(value: object) -> object:
    return value if isinstance(value, (list, tuple)) else [value]


_SCALAR = {"type": ["string", "number", "boolean"]}
Text = Annotated[str, BeforeValidator(_cell_text), WithJsonSchema(_SCALAR)]
"""A text; numbers, booleans and dates are read as a source would write them."""
Texts = tuple[Text, ...]
Names = Annotated[
    Texts,
    BeforeValidator(_as_list),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": _SCALAR}]}),
]
"""A text or a list of texts."""
Conditions = Mapping[str, Texts]
"""Values by column, all of which must hold; ``11*`` is a prefix, ``*`` any value, an empty text an empty cell."""
