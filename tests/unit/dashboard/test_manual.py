"""The manual is true: its words stand on the screens, and a test does each task with them."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from support.dashboard_fixtures import EMPTY_USER
from support.paths import DOCS, ROOT
from support.signing_in import add_user

from dashboard.manual.of_pages import place_of
from dashboard.manual.reading import FOLDER, ROLES, Manual, Task, manual
from dashboard.navigation import HELP, START, UNKNOWN, page_names
from dashboard.wording import LANGUAGES, catalogue
from detection.accounts.rights import USER_ROLES, Role
from detection.language.messages import messages

OpenPage = Callable[..., AppTest]
PAGES = [(role, language) for role in ROLES for language in LANGUAGES]
BOLD = re.compile(r"\*\*(.+?)\*\*")
OPERATING = (DOCS / "operating.md").read_text(encoding="utf-8")
FROM_DATA = {"结算号", "死亡日期", "目录外自费占比"}
"""A column, a fact about a person and an indicator: titles that cards and tables give, not the screens' catalogue."""


def bold(task: Task) -> list[str]:
    return [word for piece in task.pieces for word in BOLD.findall(piece.text)]


@cache
def words_on_screens(language: str) -> tuple[str, ...]:
    """Everything that the catalogues of the screens, of the page to sign in and of cases say."""
    own = catalogue(language)
    texts = [*own.values(), *messages(language, "cases").values()]
    return (*texts, own["export.as.xlsx"].format(list=own["export.list.alerts"]))


@cache
def source_of(test: str) -> str:
    """The text of a test, with that of the helpers of its file, whose steps it takes.

    Raises:
        AssertionError: there is no such test, or there are several.
    """
    file, _, name = test.partition("::")
    paths = list((ROOT / "tests").rglob(file))
    assert len(paths) == 1, test
    tree = ast.parse(paths[0].read_text(encoding="utf-8"))
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert name in functions, test
    helpers = [node for other, node in functions.items() if not other.startswith("test_")]
    return "\n".join(ast.unparse(node) for node in (functions[name], *helpers))


def tasks(language: str) -> Iterator[tuple[str, Task]]:
    for role in ROLES:
        yield from ((role, task) for task in manual(role, language).tasks)


@pytest.mark.parametrize(("role", "language"), PAGES)
def test_a_manual_has_tasks_with_names_of_their_own(role: str, language: str) -> None:
    shown = manual(role, language)
    names = [task.name for task in shown.tasks]
    assert len(names) == len(set(names)) >= 8
    assert shown.title and shown.introduction
    assert [task.name for task in shown.tasks if not task.pieces] == []


@pytest.mark.parametrize("role", ROLES)
def test_both_languages_have_the_same_tasks_in_the_same_order(role: str) -> None:
    def shape(shown: Manual) -> list[tuple[str, tuple[str, ...]]]:
        return [(task.name, task.tests) for task in shown.tasks]

    assert shape(manual(role, "zh")) == shape(manual(role, "en"))


def test_the_ten_tasks_of_a_day_are_in_the_manual() -> None:
    path = ROOT / "tests" / "browser" / "test_ten_tasks.py"
    defined = re.findall(r"^def (test_\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(defined) == 10
    named = {test for task in manual("auditor", "zh").tasks for test in task.tests}
    assert {f"test_ten_tasks.py::{name}" for name in defined} <= named


@pytest.mark.parametrize(("role", "language"), PAGES)
def test_words_in_bold_stand_on_the_screens(role: str, language: str) -> None:
    known = words_on_screens(language)
    words = [word for task in manual(role, language).tasks for word in bold(task)]
    assert words
    assert [word for word in words if word not in FROM_DATA and not any(word in text for text in known)] == []


def test_every_task_names_a_test_that_uses_the_words_of_its_steps() -> None:
    absent = []
    for role, task in tasks("zh"):
        assert task.tests, (role, task.name)
        sources = "\n".join(map(source_of, task.tests))
        absent += [(role, task.name, word) for word in bold(task) if word not in sources]
    assert absent == []


def test_pictures_are_there_and_none_is_left_over() -> None:
    shown = {piece.picture for _, task in tasks("zh") for piece in task.pieces if piece.picture}
    assert len(shown) >= 5
    assert shown == set((FOLDER / "pictures").glob("*.png"))


def test_commands_of_administrators_are_those_of_the_page_on_operating() -> None:
    commands = [
        line
        for language in LANGUAGES
        for task in manual("administrator", language).tasks
        for piece in task.pieces
        for line in piece.commands.splitlines()
    ]
    assert len(commands) > 20
    assert [line for line in commands if f"\n{line}\n" not in OPERATING] == []


def text_of(app: AppTest) -> str:
    assert not app.exception
    pieces = (*app.html, *app.markdown, *app.code)
    return unescape("\n".join(str(piece.value) for piece in pieces))


@pytest.mark.parametrize(("role", "language"), PAGES)
def test_help_shows_every_task_of_a_role(role: str, language: str, open_page: OpenPage, sample: Path) -> None:
    shown = manual(role, language)
    app = open_page(sample, "help", part=role, task=shown.tasks[-1].name, lang=language)
    assert [each.label for each in app.expander] == [task.title for task in shown.tasks]
    assert [each.proto.expanded for each in app.expander] == [False] * (len(shown.tasks) - 1) + [True]
    text = text_of(app)
    for task in shown.tasks:
        for piece in task.pieces:
            assert piece.picture is not None or (piece.commands or piece.text) in text
    assert "<!--" not in text


def test_everybody_sees_the_manual_of_their_part_first(open_page: OpenPage, sample_to_change: Path) -> None:
    people = {"zhao": Role.supervisor, "qian": Role.administrator, "li": Role.inspector}
    for name, role in people.items():
        add_user(sample_to_change, name, role)
    first = {}
    for name in people:
        app = open_page(sample_to_change, "help", signed_in_as=name, lang="zh")
        first[name] = app.expander[0].label
    expected = {"zhao": "supervisor", "qian": "administrator", "li": "auditor"}
    assert first == {name: manual(role, "zh").tasks[0].title for name, role in expected.items()}


def test_the_manual_is_there_before_the_first_run(open_page: OpenPage, empty: Path) -> None:
    app = open_page(empty, "help", signed_in_as=EMPTY_USER, lang="zh")
    assert [each.label for each in app.expander] == [task.title for task in manual("supervisor", "zh").tasks]


@pytest.mark.parametrize("role", USER_ROLES)
def test_every_page_leads_to_a_task_that_is_in_the_manual(role: Role) -> None:
    known = {(part, task.name) for part, task in tasks("en")} | {(part, "") for part in ROLES}
    places = {page: place_of(page, role) for page in {*page_names(), START} - {HELP, UNKNOWN}}
    assert [page for page, place in places.items() if place is None] == []
    named = {page: (place.part, place.task) for page, place in places.items() if place is not None}
    assert {page: place for page, place in named.items() if place not in known} == {}


def test_a_page_leads_to_the_reader_s_own_manual(open_page: OpenPage, sample_to_change: Path) -> None:
    for name, role in {"zhao": Role.supervisor, "li": Role.inspector}.items():
        add_user(sample_to_change, name, role)
    links = {
        name: text_of(open_page(sample_to_change, "work", signed_in_as=name, lang="zh"))
        for name in ("zhao", "li")
    }
    assert "help?part=supervisor&task=due&lang=zh" in links["zhao"]
    assert "help?part=auditor&task=tasks&lang=zh" in links["li"]
