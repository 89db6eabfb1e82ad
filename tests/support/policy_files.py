"""Policy files in TOML, right and wrong, as a fund could write them.

::

    policy_file(parameter("benefit.annual_cap", dated(value=8000)))
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path

Value = Mapping[str, object]


def dated(unit: str = "yuan", **given: object) -> Value:
    """A verified value from 2023 on with a source; what is given goes before, and None leaves a key out.

    The key ``from`` is given as ``since``.
    """
    since = given.pop("since", dt.date(2023, 1, 1))
    entry = {"from": since, "unit": unit, "source": "notice", "status": "verified", **given}
    return {key: value for key, value in entry.items() if value is not None}


def parameter(name: str, *values: Value, **words: str) -> str:
    """The table of a parameter: its words by language, and its values."""
    head = [f"[{name}]", *_assignments(words)] if words else []
    return _lines(*head, *(line for value in values for line in (f"[[{name}.values]]", *_assignments(value))))


def policy_file(*parameters: str, area: str = "320600", **top: object) -> str:
    """A whole file of an area."""
    return _lines(*_assignments({"area": area, **top}), *parameters)


def own(folder: Path, content: str | None = None, name: str = "320600_own.toml") -> Path:
    """A folder with one policy file, by default a correct one."""
    (folder / name).write_text(OWN if content is None else content, encoding="utf-8")
    return folder


def _assignments(entries: Mapping[str, object]) -> list[str]:
    return [f"{key} = {_literal(value)}" for key, value in entries.items()]


def _literal(value: object) -> str:
    match value:
        case dt.date():
            return value.isoformat()
        case Mapping():
            return "{ " + ", ".join(_assignments(value)) + " }"
        case list():
            return "[" + ", ".join(map(_literal, value)) + "]"
        case _:
            return json.dumps(value, ensure_ascii=False)


def _lines(*lines: str) -> str:
    return "\n".join(lines)


_CAP = dated(rows=[{"value": 8000.5}, {"person_category": "retired", "value": 9000}], source="own notice")
OWN = policy_file(parameter("benefit.annual_cap", _CAP))
OF_ANOTHER_CITY = policy_file(parameter("benefit.annual_cap", _CAP, en="Cap", zh="限额"), area="110000")
FIVE_WRONGS = policy_file(
    parameter("benefit.ratio", dated("ratio", rows=[{"level": "primary", "value": 1.75}])),
    parameter(
        "benefit.deductible",
        dated(rows=[{"person_category": "retired", "value": 500}, {"level": "primary", "value": 800}]),
    ),
    parameter("benefit.annual_cap", dated(rows=[{"village": "east", "value": 8000}])),
    parameter("benefit.first_year", dated("mode", value="by halves")),
    parameter("benefit.anual_cap", dated(value=8000), en="Cap", zh="限额"),
)
