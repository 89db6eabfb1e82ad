"""Tasks of the manual about employers, prescribers and operators, and the first page of an administrator."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest
from support.signing_in import add_user

from detection.accounts.rights import Role
from detection.store.queries import open_reader
from detection.store.queries.subjects.lookup import files_of
from detection.store.queries.subjects.profile import Profile, profile

OpenPage = Callable[..., AppTest]


def looked_up(open_page: OpenPage, workspace: Path, kind: str) -> tuple[str, Profile]:
    """The text of the page to which the box leads from the first page, by the number of the source; and the subject."""
    with open_reader(workspace) as reader:
        assert reader is not None
        totals = files_of(reader).scan(kind, "totals")
        assert totals is not None
        number = str(totals.sort("money", "id", descending=[True, False]).first().collect()["id"].item())
        subject = profile(reader, kind, reader.identity(kind, number))
    assert subject is not None
    app = open_page(workspace, "home", lang="zh")
    [box] = [each for each in app.text_input if each.label == "查找"]
    box.set_value(number).run()
    text = text_of(app)
    assert f"<h1>{subject.pseudonym}</h1>" in text
    return text, subject


def text_of(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(str(piece.value) for piece in (*app.html, *app.markdown, *app.caption))


def part(text: str, title: str) -> str:
    """What stands under a heading of the page."""
    return text.partition(f"<h2>{title}</h2>")[2].partition("<h2>")[0]


def test_an_employer_is_looked_up(open_page: OpenPage, finished: Path) -> None:
    text, employer = looked_up(open_page, finished, "employer")
    assert "缴费基数" in part(text, "每月缴费") and "单位缴费划入" in part(text, "每月缴费")
    assert employer.ties["employees"] > 0
    assert 'href="person?id=P-' in part(text, "参保职工")
    assert "<h2>疑点</h2>" in text


def test_a_prescriber_is_looked_up(open_page: OpenPage, finished: Path) -> None:
    text, prescriber = looked_up(open_page, finished, "prescriber")
    assert prescriber.ties["institutions"] > 0
    assert 'href="institution?id=I-' in part(text, "机构")
    assert "<h2>配药药店</h2>" in text
    assert 'href="person?id=P-' in part(text, "就诊人员")


def test_an_operator_is_looked_up(open_page: OpenPage, finished: Path) -> None:
    text, operator = looked_up(open_page, finished, "operator")
    assert operator.months and "<h2>每月费用</h2>" in text
    assert 'href="institution?id=I-' in part(text, "机构")
    assert 'href="person?id=P-' in part(text, "就诊人员")


def test_an_administrator_starts_without_cases(open_page: OpenPage, sample_to_change: Path) -> None:
    add_user(sample_to_change, "qian", Role.administrator)
    app = open_page(sample_to_change, "start", signed_in_as="qian", lang="zh")
    text = text_of(app)
    assert "当前角色（系统管理员）不处理疑点" in text
    assert 'href="users?' in text and "用户管理" in text
    assert "alert?id=" not in text and "P-" not in text
    for page, title in (("methods", "方法说明"), ("data", "数据情况"), ("audit", "审计日志")):
        assert title in text_of(open_page(sample_to_change, page, signed_in_as="qian", lang="zh"))
