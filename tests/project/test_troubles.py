"""Every trouble of real exports that is listed has its test."""

from __future__ import annotations

import ast

from support.field.troubles import TROUBLES
from support.paths import ROOT


def exists(test: str) -> bool:
    """Whether a test is there: its file, its function, and the name of its case among the texts of the file."""
    place, _, name = test.partition("::")
    function, _, case = name.removesuffix("]").partition("[")
    path = ROOT / place
    if not path.exists():
        return False
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    functions = {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return function in functions and (not case or case in texts | functions)


def test_each_listed_test_exists() -> None:
    assert len(TROUBLES) > 40
    assert [test for trouble in TROUBLES for test in trouble.tests if not exists(test)] == []
    assert [trouble.number for trouble in TROUBLES if not trouble.tests or not trouble.what] == []


def test_numbers_are_listed_once_and_in_order() -> None:
    numbers = [trouble.number for trouble in TROUBLES]
    assert numbers == sorted(set(numbers))


def test_a_test_that_is_not_there_is_noticed() -> None:
    here = "tests/project/test_troubles.py"
    assert exists(f"{here}::test_each_listed_test_exists")
    assert not exists(f"{here}::test_of_another_file")
    assert not exists(f"{here}::test_each_listed_test_exists[{'no such ' + 'case'}]")
    assert not exists("tests/project/test_of_no_file.py::test_each_listed_test_exists")
