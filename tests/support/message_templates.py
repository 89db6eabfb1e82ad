"""The sentences that the product can show a person at a terminal: templates in its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from support.paths import ROOT
from support.words import PACKAGES, project_files

from features import errors

ERRORS = {
    name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)
}
_HERE = (ROOT / "features" / "message.py", ROOT / "features" / "errors.py")


def product_sources() -> list[Path]:
    return [
        path
        for path in project_files(".py")
        if path.relative_to(ROOT).parts[0] in PACKAGES and path not in _HERE
    ]


def sentences(path: Path) -> Iterator[tuple[int, ast.expr, set[str]]]:
    """Line, expression and given values of every sentence of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        values = {keyword.arg or "**" for keyword in node.keywords}
        texts = []
        if name == "Message":
            texts = node.args[:1]
        elif name in ERRORS or values & {"next_step", "problems"}:
            texts = node.args[:1] + [
                word.value for word in node.keywords if word.arg in ("what", "next_step")
            ]
        yield from ((node.lineno, text, values) for text in texts)


def places_stated(path: Path) -> Iterator[tuple[int, ast.expr]]:
    """Line and expression of where an error is."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
            yield from ((node.lineno, word.value) for word in node.keywords if word.arg == "where")


def constants(text: ast.expr) -> list[str] | None:
    """The templates of an expression; None if it is no constant, nor a choice of constants, nor a name."""
    match text:
        case ast.Constant(value=str(template)):
            return [template]
        case ast.IfExp(body=body, orelse=orelse):
            first, second = constants(body), constants(orelse)
            return None if first is None or second is None else first + second
        case ast.Name() | ast.Attribute() | ast.Call():
            return []
    return None


def templates() -> dict[str, set[str]]:
    """Every template with the names of the values given to it, in one of its places."""
    stated: dict[str, set[str]] = {}
    for path in product_sources():
        for _, text, values in sentences(path):
            for template in constants(text) or []:
                stated[template] = values
    return stated
