"""Every field for a day shows it the same way."""

from __future__ import annotations

import ast
from pathlib import Path

import dashboard
from dashboard.wording import DAY_FORMAT


def test_every_field_for_a_day_has_the_same_format() -> None:
    formats = [
        {each.arg: ast.unparse(each.value) for each in node.keywords}.get("format")
        for path in sorted(Path(dashboard.__file__).parent.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".date_input")
    ]
    assert len(formats) > 1
    assert set(formats) == {"DAY_FORMAT"}
    assert DAY_FORMAT == "YYYY-MM-DD"
