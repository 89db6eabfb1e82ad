"""The retired words of CONTRIBUTING.md, and the names and texts of the project in which they must not occur."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from support.paths import ROOT

PACKAGES = ("features", "models", "detection", "dashboard", "data_samples")


def _table(heading: str) -> list[str]:
    """First cells of the table under a heading of CONTRIBUTING.md."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = page.split(f"### {heading}\n", 1)[1].split("\n### ", 1)[0]
    rows = [line for line in section.splitlines() if line.startswith("|")]
    return [row.split("|")[1].strip() for row in rows[2:]]


def retired_words() -> frozenset[str]:
    """Single words that no name may contain."""
    return frozenset(word for cell in _table("Retired words") for word in re.findall(r"`(\w+)`", cell))


def retired_names() -> frozenset[str]:
    """Whole names that no identifier and no module may have."""
    return frozenset(name for cell in _table("Retired names") for name in re.findall(r"`(\w+)`", cell))


def retired_phrases() -> tuple[str, ...]:
    """Phrases that no prose may contain, in lower case."""
    return tuple(phrase.strip() for cell in _table("Retired phrases") for phrase in cell.split(","))


def project_files(*suffixes: str) -> list[Path]:
    """Files of the project with one of the suffixes: those that git tracks or would track."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    return [ROOT / name for name in sorted(listed) if name.endswith(suffixes) and (ROOT / name).exists()]


def words_of(name: str) -> set[str]:
    """The words of an identifier in snake_case or CamelCase; ``one`` only where it is the whole name."""
    parts = set(re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower().split("_"))
    return parts if name.strip("_") == "one" else parts - {"one"}


def bound_names(path: Path) -> Iterator[tuple[int, str]]:
    """Names that a Python file defines, with their lines; names of libraries that it only uses are not its own."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.attr
        elif isinstance(node, ast.alias) and node.asname:
            yield node.lineno if hasattr(node, "lineno") else 0, node.asname
        elif isinstance(node, ast.ExceptHandler) and node.name:
            yield node.lineno, node.name


def keys(table: Mapping[str, Any]) -> Iterator[str]:
    """Keys of a TOML document, nested tables and arrays of tables included."""
    for name, value in table.items():
        yield name
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, dict):
                yield from keys(part)


def toml_keys(path: Path) -> Iterator[str]:
    """Keys of a TOML file."""
    yield from keys(tomllib.loads(path.read_text(encoding="utf-8")))


def headings(path: Path) -> Iterator[str]:
    """Headings of a Markdown page."""
    yield from re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
