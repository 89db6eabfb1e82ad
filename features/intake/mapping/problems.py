"""Validate the content of a mapping file, and describe every invalid entry by its path in the file."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from features.dated import keys_of, model_at
from features.intake.mapping.entries import Entry
from features.message import Message

_Model = TypeVar("_Model", bound=Entry)
_WAYS = ("from", "constant", "sum", "first_of")
_EXPECTED = {
    "bool_type": Message("must be true or false"),
    "dict_type": Message("must be a table"),
    "int_type": Message("must be a whole number"),
    "mapping_type": Message("must be a table"),
    "missing": Message("is missing"),
    "model_type": Message("must be a table"),
    "string_type": Message("must be a text"),
    "tuple_type": Message("must be a list"),
}


def validated(model: type[_Model], content: Mapping[str, object]) -> tuple[_Model, list[Message]]:
    """The entries of a file without the invalid ones, and a text for each of those.

    The invalid entries are left out, so that the others can be checked against the contract as well.
    """
    problems: list[Message] = []
    left = deepcopy(dict(content))
    while True:
        try:
            return model.model_validate(left), problems
        except ValidationError as error:
            details = error.errors()
            problems += [_describe(model, detail) for detail in details]
            removed = [_remove(left, _faulty_entry(detail)) for detail in details]
            if not any(removed):
                raise


def _describe(model: type[Entry], error: ErrorDetails) -> Message:
    """One error: the path of the entry, its key, and what is wrong with it."""
    *path, key = error["loc"]
    where: str = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)[
        1:
    ] or Message("the file")
    match error["type"]:
        case "extra_forbidden":
            known = sorted(keys_of(model_at(model, path)))
            return Message("{place}: unknown entry {key} (known: {known})", place=where, key=key, known=known)
        case "literal_error":
            return Message(
                "{place}: {key} must be {words}", place=where, key=key, words=error["ctx"]["expected"]
            )
        case kind:
            return Message(
                "{place}: {key} {problem}",
                place=where,
                key=key,
                problem=_EXPECTED.get(kind, error["msg"]),
            )


def _faulty_entry(error: ErrorDetails) -> list[str | int]:
    """The path of the entry to leave out.

    A column whose source is invalid is left out as a whole, and so is an entry that lacks a required key or is an
    item of a list.
    """
    path = list(error["loc"])
    if "columns" in path[:-2] and path[path.index("columns") + 2] in _WAYS:
        return path[: path.index("columns") + 2]
    if error["type"] == "missing":
        path = path[:-1]
    for position, part in enumerate(path):
        if isinstance(part, int):
            return path[:position]
    return path


def _remove(content: dict[str, object], path: list[str | int]) -> bool:
    """Remove the entry at a path; false if it was removed before."""
    entry: object = content
    for part in path[:-1]:
        entry = entry.get(str(part)) if isinstance(entry, dict) else None
    return isinstance(entry, dict) and entry.pop(str(path[-1]), None) is not None
