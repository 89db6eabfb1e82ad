"""The shape of the project: few files in a folder, short files, no import circle."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path
from statistics import median, quantiles

import networkx as nx
from support.paths import ROOT
from support.words import PACKAGES, project_files

MOST_FILES = 20
MANY_ALLOWED = ("data_samples", "tests", "detection/rules", "detection/indicators", "docs/schemas")
"""Folders that may hold more: the simulator with its scenes and twins, tests, pairs of rules and of indicators."""


def product() -> list[Path]:
    return [path for path in project_files(".py") if path.relative_to(ROOT).parts[0] in PACKAGES]


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports() -> nx.DiGraph[str]:
    """An edge from each module to each module that it imports at run time, at any place of its code."""
    files = {module(path): path for path in product()}
    graph: nx.DiGraph[str] = nx.DiGraph()
    for name, path in files.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        typing_only = {
            id(node)
            for guard in ast.walk(tree)
            if isinstance(guard, ast.If) and ast.unparse(guard.test) == "TYPE_CHECKING"
            for node in ast.walk(guard)
        }
        for node in ast.walk(tree):
            if id(node) in typing_only:
                continue
            if isinstance(node, ast.ImportFrom) and node.module:
                names = (f"{node.module}.{alias.name}" for alias in node.names)
                targets = {each if each in files else node.module for each in names}
                graph.add_edges_from((name, target) for target in targets & files.keys())
            elif isinstance(node, ast.Import):
                graph.add_edges_from((name, alias.name) for alias in node.names if alias.name in files)
    return graph


def test_no_import_circle() -> None:
    graph = imports()
    assert graph.number_of_edges() > 1000
    circles = [sorted(group) for group in nx.strongly_connected_components(graph) if len(group) > 1]
    assert circles == []


def test_no_folder_holds_too_many_files() -> None:
    folders = Counter(
        path.parent.relative_to(ROOT).as_posix()
        for path in project_files(".py", ".toml", ".md", ".po", ".css", ".typ")
        if path.name != "__init__.py"
    )
    assert len(folders) > 50
    assert {
        folder: count
        for folder, count in folders.items()
        if count > MOST_FILES and not folder.startswith(MANY_ALLOWED)
    } == {}


def test_files_are_short() -> None:
    lines = [len(path.read_text(encoding="utf-8").splitlines()) for path in product()]
    assert len(lines) > 300
    assert median(lines) <= 100
    assert quantiles(lines, n=20)[-1] <= 250
