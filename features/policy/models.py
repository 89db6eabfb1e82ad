"""Pydantic models of a policy file, made from `PARAMETERS`: one for the values of each parameter, one for the file."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from types import GenericAlias
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, Field, WithJsonSchema, create_model
from pydantic_core import PydanticCustomError

from features.dated import WORDED, DatedValue, PlainValue, TomlModel
from features.message import Message
from features.policy.categories import KEYS
from features.policy.parameters import LAYER_BASES, LISTS, PARAMETERS, Parameter

_PATTERNS = {
    "month": (r"\d{4}-(0[1-9]|1[0-2])", "2024-03"),
    "day": (r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "2024-03-01"),
    "province code": (r"\d{2}", "32"),
}
"""Units whose values are text of a certain pattern, each with an example."""
_LAYERS = ("layer", "layers")
_MOST_DECIMALS = {"yuan": 2, "ratio": 4}
_OPTIONAL = Field(default=None)
_Field = tuple[Any, Any]  # type made at run time, and default
_Model = TypeVar("_Model", bound=TomlModel)


class Words(TomlModel):
    """A text in English and Chinese."""

    en: str = ""
    zh: str = ""


class PolicyEntry(DatedValue):
    """One ``[[group.name.values]]`` table; the model of each parameter narrows unit, value and rows."""

    value: PlainValue | None = None


class _UnknownEntry(PolicyEntry):
    """A value of a parameter that this version does not know."""

    rows: list[dict[str, object]] | None = None


@cache
def value_model(name: str) -> type[PolicyEntry]:
    """The model of the values of one parameter."""
    if name not in PARAMETERS:
        return _UnknownEntry
    parameter = PARAMETERS[name]
    fields: dict[str, _Field] = {
        "unit": (_checked(str, {"const": parameter.unit}, _is_unit(parameter.unit)), ...),
        "value": (_value_type(parameter), _OPTIONAL),
    }
    if parameter.keys:
        fields["rows"] = (GenericAlias(list, (_row_model(name),)), Field(default=None, min_length=1))
    return _model(f"{name} value", PolicyEntry, fields)


@cache
def file_model() -> type[TomlModel]:
    """The model of a whole policy file: for its JSON schema, which lists the parameters and their values."""
    groups: dict[str, dict[str, _Field]] = {}
    for name in PARAMETERS:
        group, _, parameter = name.partition(".")
        values = (GenericAlias(list, (value_model(name),)), Field(min_length=1))
        groups.setdefault(group, {})[parameter] = (
            _model(name, Words, {"values": values}),
            _OPTIONAL,
        )
    fields: dict[str, _Field] = {
        group: (_model(group, TomlModel, parameters), _OPTIONAL) for group, parameters in groups.items()
    }
    area = _checked(str, {"type": "string", "pattern": r"^\d{6}$"})
    return _model("Policy file", TomlModel, {"area": (area, ...), "label": (Words, _OPTIONAL), **fields})


def _model(name: str, base: type[_Model], fields: Mapping[str, Any]) -> type[_Model]:
    return create_model(name, __base__=base, __doc__=None, **fields)


def _row_model(name: str) -> type[TomlModel]:
    parameter = PARAMETERS[name]
    fields: dict[str, _Field] = {}
    for key in parameter.keys:
        words = KEYS[key]
        fields[key] = (_number("yuan") if words is None else _word(f"{key} =", words), _OPTIONAL)
    is_layer = parameter.unit in _LAYERS
    numbers = {"ratio": "ratio", "cap": "yuan"} if is_layer else {"value": parameter.unit}
    fields |= {key: (_number(unit), ...) for key, unit in numbers.items()}
    if parameter.unit == "layers":
        fields |= {
            "layer": (str, ...),
            "of": (_word("of =", LAYER_BASES), ...),
            "employers": (list[str], Field(default=None, min_length=1)),
        }
    return _model(f"{name} row", TomlModel, fields)


def _value_type(parameter: Parameter) -> object:
    unit = parameter.unit
    if unit in _MOST_DECIMALS:
        return _number(unit)
    if unit in _PATTERNS:
        pattern, example = _PATTERNS[unit]
        return _checked(str, {"type": "string", "pattern": f"^{pattern}$"}, _matches(unit, pattern, example))
    if unit == "flag":
        return bool
    if unit in _LAYERS:
        return _checked(bool, {"const": False}, _is_no_layer)
    if unit in LISTS:
        return GenericAlias(list, (_word(unit, parameter.words),))
    return _word(unit, parameter.words)


def _checked(
    kind: object, schema: Mapping[str, object], *checks: Callable[[object], Message | None]
) -> object:
    """A type with further checks, each of which returns the problem in words, or None."""
    return Annotated[
        kind, *(BeforeValidator(_raising(check)) for check in checks), WithJsonSchema(dict(schema))
    ]


def _raising(check: Callable[[object], Message | None]) -> Callable[[object], object]:
    def validate(value: object) -> object:
        if problem := check(value):
            raise PydanticCustomError(WORDED, "{problem}", {"problem": problem})
        return value

    return validate


def _number(unit: str) -> object:
    schema: dict[str, object] = {"type": "number", "minimum": 0}
    if unit == "ratio":
        schema["maximum"] = 1
    return _checked(int | float, schema, lambda value: _wrong_number(value, unit))


def _wrong_number(value: object, unit: str) -> Message | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return Message("{unit} {value!r} is not a plain number", unit=unit, value=value)
    if unit == "ratio" and not 0 <= value <= 1:
        return Message("ratio {value!r} is outside 0–1", value=value)
    if value < 0:
        return Message("{unit} {value!r} is below zero", unit=unit, value=value)
    if round(Decimal(str(value)), _MOST_DECIMALS[unit]) != Decimal(str(value)):
        return Message(
            "{unit} {value!r} has more than {most} decimals",
            unit=unit,
            value=value,
            most=_MOST_DECIMALS[unit],
        )
    return None


def _word(label: str, words: Sequence[str]) -> object:
    def check(value: object) -> Message | None:
        if value in words:
            return None
        return Message("{label} {value!r} is not one of {names}", label=label, value=value, names=list(words))

    return _checked(str, {"enum": list(words)}, check)


def _matches(unit: str, pattern: str, example: str) -> Callable[[object], Message | None]:
    def check(value: object) -> Message | None:
        fits = isinstance(value, str) and re.fullmatch(pattern, value)
        return (
            None
            if fits
            else Message(
                "{unit} {value!r} is not text such as {example!r}", unit=unit, value=value, example=example
            )
        )

    return check


def _is_unit(unit: str) -> Callable[[object], Message | None]:
    return lambda value: (
        None if value == unit else Message("unit = {value!r} is not {unit!r}", value=value, unit=unit)
    )


def _is_no_layer(value: object) -> Message | None:
    return (
        None
        if value is False
        else Message("layer {value!r} is not false; a layer is given as rows of ratio and cap", value=value)
    )
