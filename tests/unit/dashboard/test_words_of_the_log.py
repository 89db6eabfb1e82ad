"""Every act, object and value that is entered in the audit log has words in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from support.case_steps import STEPS

import detection
from dashboard.audit_views.values import HIDDEN
from dashboard.audit_views.words import action_text
from dashboard.wording import catalogue
from detection.cases.life_cycle import KINDS, life_cycle
from detection.cases.money import Entry
from detection.cases.moves import Act, Actor
from detection.followup import cases as casework
from detection.language.messages import case_label
from detection.store.queries.casework.packets import PacketFilters, packets
from detection.store.queries.reader import open_reader

OpenPage = Callable[..., AppTest]
NOON = "2026-11-30T12:00:00"
MONEY = Entry("recovered", "pool", "confirmed", 12_345)
SOURCES = [
    ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(Path(detection.__file__).parent.rglob("*.py"))
]
_ACTS = {"EntryDraft": (2, 3), "acting": (0, 1)}
"""Calls that make an entry: where the action and the object stand among their arguments."""
_OF_REFUSALS = {"because_en", "because_zh"}


def calls() -> Iterator[tuple[str, ast.Call]]:
    for source in SOURCES:
        for node in ast.walk(source):
            if isinstance(node, ast.Call):
                named = node.func
                yield (named.attr if isinstance(named, ast.Attribute) else getattr(named, "id", "")), node


def texts(position: int) -> set[str]:
    """Literal actions (0) or beginnings of objects (1) of all entries."""
    literals = set()
    for name, call in calls():
        if name in _ACTS and len(call.args) > (at := _ACTS[name][position]):
            node = call.args[at]
            first = node.values[0] if isinstance(node, ast.JoinedStr) else node
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                literals.add(first.value)
    return literals


def keys() -> set[str]:
    """Keys of the values of all entries, as far as they are written as dictionaries."""
    return {
        key.value
        for _, call in calls()
        for given in call.keywords
        if given.arg in {"after", "before"}
        for each in ast.walk(given.value)
        if isinstance(each, ast.Dict)
        for key in each.keys
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    }


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_key_has_words(language: str) -> None:
    known = keys() | set(vars(MONEY))
    assert {"amount", "state", "people", "sha256"} <= known
    named = {name.removeprefix("log_value.") for name in catalogue(language) if name.startswith("log_value.")}
    hidden = {name for name in known if name in HIDDEN or name.endswith("hash")}
    assert known - named - hidden - _OF_REFUSALS == set()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_act_has_words(language: str) -> None:
    acts = texts(0) | {name for kind in KINDS for name in life_cycle(kind).move}
    assert {"take", "backup", "close"} <= acts
    names = catalogue(language)
    missing = {
        act
        for act in acts
        if f"log_action.{act}" not in names
        and f"action.{act}" not in names
        and case_label("move", act, "zh") == act
    }
    assert missing == set()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_object_has_words(language: str) -> None:
    objects = {text.partition(":")[0] for text in texts(1)} | {"user", "identity", "run"}
    lists = {text.partition(":")[2] for text in texts(1) if text.startswith("list:")} - {""}
    assert "case" in objects and "packets" in lists
    names = catalogue(language)
    assert {each for each in objects if f"log_object.{each}" not in names} == set()
    assert {each for each in lists if f"disclosed.{each}" not in names} == set()


def test_closing_a_case_has_the_name_of_its_page_and_not_that_of_an_alert(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in ("dashboard.wording", "dashboard.audit_views.words"):
        monkeypatch.setattr(f"{module}.language", lambda: "zh")
    assert action_text("close", "case:C-2026-0001") == "结案"
    assert action_text("close", "alert:A-00") == "重新分析后关闭"
    assert action_text("close") == "重新分析后关闭／结案"
    assert action_text("dismiss", "alert:A-00") == action_text("dismiss") == "排除"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_log_of_a_case_shows_no_code(open_page: OpenPage, sample_to_change: Path, language: str) -> None:
    with open_reader(sample_to_change) as reader:
        assert reader is not None
        packet = packets(reader, PacketFilters("institutions"))[0].packet_id
    li = Actor("li", "inspector")
    casework.take(sample_to_change, packet, actor=li, at=NOON)
    case = casework.open_case(sample_to_change, packet, actor=li, at=NOON, reason="as the file says").case_id
    for name, role, step in STEPS[:3]:
        casework.move(sample_to_change, case, step, actor=Actor(name, role), at=NOON)
    confirming = Act("record_money", STEPS[0][2].on, reason="as the file says")
    casework.record_money(sample_to_change, case, MONEY, confirming, actor=li, at=NOON)
    app = open_page(sample_to_change, "audit", lang=language)
    assert not app.exception
    rows = re.findall(r"<tr>.*?</tr>", "\n".join(str(piece.value) for piece in app.html), re.DOTALL)
    page = re.sub(r"<[^>]+>", " ", "\n".join(rows))
    assert "123.45" in page and case in page
    codes = {"agreement", "amount", "kind", "stage", "pool", "confirmed_violation", "not_delivered", "holder"}
    shown = set(re.findall(r"[a-z_]{4,}", page)) & (
        codes if language == "zh" else {c for c in codes if "_" in c}
    )
    assert shown == set()
