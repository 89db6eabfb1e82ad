"""Policy files: ``<area>_<name>.toml``, read and checked with every problem at once."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from features.errors import PolicyError
from features.policy.values import Policy, PolicyValue

_FOLDER = Path(__file__).parent
_NAME = re.compile(r"(\d{6})_[a-z_]+\.toml")
_PARTS = ("from", "unit", "source", "status")
_STATUSES = ("verified", "illustrative", "unknown")


def load_policy(area: str, folder: Path | None = None) -> Policy:
    """The policy of one area.

    Args:
        area: six digits, or "none" to run without any policy.
        folder: where the files lie; those of this package when None.

    Raises:
        PolicyError: an area without a file, or a file with problems (all of them are listed).
    """
    if area == "none":
        return Policy("none")
    files = _files(folder or _FOLDER)
    if area not in files:
        known = ", ".join(sorted(files)) or "none"
        raise PolicyError(
            f"There is no policy for area {area!r}.",
            where="areas known: " + known,
            next_step="use one of these areas, add a policy file, or run without policy: --area none",
        )
    return _read(files[area], area)


def _files(folder: Path) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for path in sorted(folder.glob("*.toml")):
        named = _NAME.fullmatch(path.name)
        if not named:
            raise PolicyError(
                "A policy file is named <six digits>_<name>.toml.", where=path.name, next_step="rename it"
            )
        if named[1] in found:
            raise PolicyError(
                "Two policy files for one area.",
                where=f"{found[named[1]].name}, {path.name}",
                next_step="join them in one file",
            )
        found[named[1]] = path
    return found


def _read(path: Path, area: str) -> Policy:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError("The policy file is not TOML.", where=path.name, problems=[str(error)]) from None
    parameters = dict(_parameters(raw))
    problems = [problem for name, entry in parameters.items() for problem in _wrong(name, entry)]
    if raw.get("area") != area:
        problems.insert(0, f"area = {raw.get('area')!r}, but the file is named for {area}")
    if problems:
        raise PolicyError("The policy file cannot be used.", where=path.name, problems=problems)
    label = {language: str(raw.get("label", {}).get(language, area)) for language in ("en", "zh")}
    return Policy(area, label, {name: _dated(entry) for name, entry in parameters.items()})


def _parameters(raw: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """``[group.name]`` tables, as ``group.name``."""
    for group, entries in raw.items():
        if isinstance(entries, dict) and group != "label":
            yield from ((f"{group}.{name}", entry) for name, entry in entries.items())


def _wrong(name: str, entry: object) -> list[str]:
    """Everything that is wrong with one parameter, a line each."""
    if not isinstance(entry, dict) or not entry.get("values") or not isinstance(entry["values"], list):
        return [f"{name} has no [[{name}.values]]"]
    values = entry["values"]
    problems = [f"{name} lacks {part!r}" for part in ("en", "zh") if not entry.get(part)]
    for number, value in enumerate(values, 1):
        problems += [f"{name}, value {number}: {problem}" for problem in _wrong_value(value)]
    return problems + [f"{name}: {problem}" for problem in _wrong_order(values)]


def _wrong_value(value: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"lacks {part!r}" for part in _PARTS if part not in value)
    status = value.get("status")
    if status is not None and status not in _STATUSES:
        yield f"status = {status!r} is not one of {', '.join(_STATUSES)}"
    if status == "unknown" and "value" in value:
        yield "an unknown value has no 'value'"
    if status != "unknown" and "value" not in value:
        yield "lacks 'value'"
    if "from" in value and type(value["from"]) is not dt.date:
        yield f"from = {value['from']!r} is not a date"
    if value.get("unit") == "ratio" and "value" in value and not _is_ratio(value["value"]):
        yield f"ratio {value['value']!r} is outside 0–1"


def _is_ratio(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _wrong_order(values: list[Mapping[str, Any]]) -> Iterator[str]:
    """A value ends where the next begins: two on one day, or dates out of order, overlap."""
    starts = [value["from"] for value in values if type(value.get("from")) is dt.date]
    for earlier, later in pairwise(starts):
        if later == earlier:
            yield f"two values from {later}"
        elif later < earlier:
            yield f"the value from {later} overlaps the one from {earlier} that stands before it"


def _dated(entry: Mapping[str, Any]) -> tuple[PolicyValue, ...]:
    return tuple(
        PolicyValue(one["from"], one.get("value"), one["unit"], one["source"], one["status"])
        for one in entry["values"]
    )
