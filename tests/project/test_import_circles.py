"""No module of the product imports itself through others, at its top level or anywhere in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
from support.paths import ROOT
from support.words import PACKAGES


def modules() -> dict[str, Path]:
    """Every module of the product by its full name; a package by the name of its folder."""
    paths = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    parts = {path: path.relative_to(ROOT).with_suffix("").parts for path in paths}
    return {".".join(name[:-1] if name[-1] == "__init__" else name): path for path, name in parts.items()}


def imports(path: Path, known: set[str]) -> Iterator[str]:
    """Modules of the product that a file imports, wherever in it, also for type checking only."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                member = f"{node.module}.{alias.name}"
                if member in known:
                    yield member
                elif node.module in known:
                    yield node.module


def test_there_is_no_import_circle() -> None:
    files = modules()
    assert len(files) > 300
    graph = nx.DiGraph((name, other) for name, path in files.items() for other in imports(path, set(files)))
    assert graph.number_of_edges() > 1_000
    assert [sorted(circle) for circle in nx.strongly_connected_components(graph) if len(circle) > 1] == []
