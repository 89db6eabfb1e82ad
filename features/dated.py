"""Dated values in TOML files: in force since when, in which unit, from which source, and how sure.

Policy files, cards and settings all write a value as ``from``, ``value``, ``unit``, ``source`` and ``status``. The
models here check that shape; `problems` lists everything that is wrong with a table, in words for its author.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args

import tomli
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from features.errors import CardError, FundwatchError
from features.message import Message, verbatim

Status = Literal["verified", "illustrative", "unknown"]
"""How sure a value is: checked against its source, chosen for illustration, or not known."""

WORDED = "worded"
"""Type of a pydantic error whose message is already meant for the file's author."""

_EXPECTED = {
    "string_type": Message("text"),
    "bool_type": Message("true or false"),
    "int_type": Message("a whole number"),
    "float_type": Message("a number"),
    "list_type": Message("a list"),
    "dict_type": Message("a table"),
    "model_type": Message("a table"),
    "model_attributes_type": Message("a table"),
    "plain_date": Message("a date"),
    "plain_value": Message("a number, a text, true or false, or a list of texts"),
    "too_short": Message("long enough: it is empty"),
}
_Dated = TypeVar("_Dated", bound="NamedValue")
_log = logging.getLogger(__name__)


def _plain_date(value: object) -> object:
    if type(value) is not dt.date:
        raise PydanticCustomError("plain_date", "not a date")
    return value


def _plain_value(value: object) -> object:
    texts = isinstance(value, list) and all(isinstance(item, str) for item in value)
    if not texts and not isinstance(value, bool | int | float | str):
        raise PydanticCustomError("plain_value", "not a plain value")
    return value


TomlValue = bool | int | float | str | list[str]
PlainValue = Annotated[TomlValue, PlainValidator(_plain_value, json_schema_input_type=TomlValue)]
"""A value of a TOML file that is a number, a text, a flag or a list of texts."""


class TomlModel(BaseModel):
    """A table of a TOML file: only the keys named, each with the type of its field."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class DatedValue(TomlModel):
    """The keys that every dated value has.

    Attributes:
        start: first day in force (key ``from``).
        unit: unit of the value.
        source: the document or decision that states it.
        status: how sure it is.
    """

    start: Annotated[dt.date, BeforeValidator(_plain_date)] = Field(alias="from")
    unit: str
    source: str
    status: Status


class NamedValue(DatedValue):
    """A dated value with a name; values of one name follow each other by date.

    Attributes:
        name: its name.
        value: the value.
    """

    name: str
    value: PlainValue


def read_toml(path: Path, error: type[FundwatchError]) -> dict[str, object]:
    """The content of a TOML file.

    Args:
        path: the file.
        error: kind of error to raise.

    Raises:
        FundwatchError: of the given kind, when the file is not TOML.
    """
    try:
        return tomli.loads(path.read_text(encoding="utf-8"))
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as refused:
        raise error("The file is not TOML.", where=path.name, problems=[verbatim(str(refused))]) from None


def with_new_keys(table: Mapping[str, object], renamed: Mapping[str, str], where: str) -> dict[str, object]:
    """A table with its old keys renamed; each old key is logged as a warning that names the new one.

    Args:
        table: a TOML table.
        renamed: new key by old key.
        where: the file, for the warning.
    """
    for old in renamed.keys() & table.keys():
        _log.warning("%s: the key %r is now named %r; the old key is still read", where, old, renamed[old])
    return {renamed.get(key, key): value for key, value in table.items()}


def json_schema(model: type[BaseModel], title: str) -> dict[str, object]:
    """The JSON schema of a file, for editors; without generated titles and null defaults."""
    schema = _without_noise(model.model_json_schema())
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": title}


def problems(model: type[BaseModel], table: object) -> list[Message]:
    """Everything for which a table does not fit a model, a line each; rows are counted from 1."""
    try:
        model.model_validate(table)
    except ValidationError as refused:
        return [_worded(model, error) for error in refused.errors(include_url=False)]
    return []


def model_at(model: type[BaseModel], path: Sequence[int | str]) -> type[BaseModel]:
    """The model of the table that a path of keys leads to."""
    for key in path:
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        if key in fields:
            model = next(_models_in(fields[str(key)].annotation), model)
    return model


def keys_of(model: type[BaseModel]) -> list[str]:
    """The keys that a table of a TOML file may have."""
    return [field.alias or name for name, field in model.model_fields.items()]


def by_name(values: Sequence[_Dated]) -> dict[str, tuple[_Dated, ...]]:
    """Dated values by name, in order of their dates."""
    named: dict[str, list[_Dated]] = {}
    for value in sorted(values, key=lambda value: (value.name, value.start)):
        named.setdefault(value.name, []).append(value)
    return {name: tuple(dated) for name, dated in named.items()}


def named_values(model: type[_Dated], tables: object, heading: str) -> tuple[list[_Dated], list[Message]]:
    """The values of ``[[heading]]`` tables that fit a model, and the problems of all others.

    Args:
        model: `NamedValue` or a model made from it.
        tables: the list of tables as read; None where the file has none.
        heading: their heading, for the problems.
    """
    values: list[_Dated] = []
    wrong: list[Message] = []
    for number, table in enumerate(tables if isinstance(tables, list) else (), 1):
        name = table.get("name", number) if isinstance(table, dict) else number
        if here := problems(model, table):
            wrong += [
                Message("[[{heading}]] {name} {problem}", heading=heading, name=name, problem=problem)
                for problem in here
            ]
        else:
            values.append(model.model_validate(table))
    return values, wrong


class Settings:
    """The values of one settings file, each the latest of its name.

    Args:
        path: a TOML file of ``[[value]]`` tables.

    Raises:
        CardError: with every problem of the file.
    """

    def __init__(self, path: Path) -> None:
        content = read_toml(path, CardError)
        values, wrong = named_values(NamedValue, content.get("value"), "value")
        if wrong:
            raise CardError("The settings file cannot be used.", where=path.name, problems=wrong)
        self._file = path.name
        self.values = by_name(values)

    def whole(self, name: str) -> int:
        """A whole number.

        Raises:
            CardError: there is no such value, or it is not a whole number.
        """
        value = self._latest(name)
        if isinstance(value, bool) or not isinstance(value, int):
            raise CardError("The value {name!r} is not a whole number.", where=self._file, name=name)
        return value

    def number(self, name: str) -> float:
        """A number.

        Raises:
            CardError: there is no such value, or it is not a number.
        """
        value = self._latest(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise CardError("The value {name!r} is not a number.", where=self._file, name=name)
        return value

    def _latest(self, name: str) -> object:
        if name not in self.values:
            raise CardError(
                "The settings have no value named {name!r}.",
                where=self._file,
                next_step="add a [[value]] with that name",
                name=name,
            )
        return self.values[name][-1].value


def _without_noise(schema: dict[str, Any]) -> dict[str, Any]:
    kept = {
        key: value
        for key, value in schema.items()
        if not (key == "title" and isinstance(value, str)) and not (key == "default" and value in (None, ""))
    }
    return {key: _without_noise(value) if isinstance(value, dict) else value for key, value in kept.items()}


def _worded(model: type[BaseModel], error: ErrorDetails) -> Message:
    """One pydantic error in words: where it is, and what is expected."""
    *outer, last = error["loc"] or ("",)
    if error["type"] == WORDED:
        return Message("{place}{problem}", place=_prefix(outer), problem=error["ctx"]["problem"])
    if error["type"] == "missing":
        return Message("{place}lacks {key!r}", place=_prefix(outer), key=str(last))
    if error["type"] == "extra_forbidden":
        known = keys_of(model_at(model, outer))
        return Message(
            "{place}{key!r} is not one of {names}", place=_prefix(outer), key=str(last), names=known
        )
    key = last if isinstance(last, str) else outer[-1]
    given = {
        "place": _prefix(outer if isinstance(last, str) else error["loc"]),
        "key": key,
        "given": error["input"],
    }
    if error["type"] == "literal_error":
        names = str(error["ctx"]["expected"]).replace(" or ", ", ").replace(chr(39), "")
        return Message("{place}{key} = {given!r} is not one of {names}", **given, names=names)
    expected = _EXPECTED.get(error["type"], error["msg"])
    return Message("{place}{key} = {given!r} is not {expected}", **given, expected=expected)


def _prefix(path: Sequence[int | str]) -> Message:
    """``row 2: `` for the second of ``rows``, ``[part.own_care] `` for a table in a table."""
    tables, numbered = "", Message("")
    for key, after in pairwise([*path, ""]):
        if isinstance(after, int):
            entry = str(key).removesuffix("s")
            numbered = Message("{before}{entry} {number}: ", before=numbered, entry=entry, number=after + 1)
        elif isinstance(key, str):
            tables += f".{key}" if tables else key
    return Message("[{tables}] {entries}", tables=tables, entries=numbered) if tables else numbered


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
