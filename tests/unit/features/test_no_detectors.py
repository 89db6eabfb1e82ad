"""Features stand below detectors, and so know none of them, not even by name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from support.paths import ROOT

from detection.detectors.catalogue import catalogue

MODULES = sorted((ROOT / "features").rglob("*.py"))
OTHER_MEANINGS = {"ledger_break": "features/intake/checks/tables.py"}
"""Names of detectors that are something else as well, and where: a flag that intake puts on a row."""


def texts(module: Path) -> Iterator[str]:
    """Every text of a module except docstrings and the names in ``__all__``."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    ignored = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id == "__all__"
        ):
            ignored |= {id(name) for name in ast.walk(node.value)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in ignored:
            yield node.value


def test_no_module_of_features_names_a_detector() -> None:
    detectors = set(catalogue())
    assert len(MODULES) > 50 and len(detectors) > 20
    named = [
        (str(module.relative_to(ROOT)), text)
        for module in MODULES
        for text in texts(module)
        if text in detectors and OTHER_MEANINGS.get(text) != str(module.relative_to(ROOT))
    ]
    assert named == []
