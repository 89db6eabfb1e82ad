"""Features stand below detectors, and so know none of them, not even by name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from support.paths import ROOT

from detection.detectors.catalogue import catalogue

MODULES = sorted((ROOT / "features").rglob("*.py"))


def texts(module: Path) -> Iterator[str]:
    """Every text of a module that is no docstring."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def test_no_module_of_features_names_a_detector() -> None:
    detectors = set(catalogue())
    assert len(MODULES) > 50 and len(detectors) > 20
    named = [
        (str(module.relative_to(ROOT)), text)
        for module in MODULES
        for text in texts(module)
        if text in detectors
    ]
    assert named == []
