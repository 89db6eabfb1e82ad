"""The pages of users and of one's own account: acts go to the service, also before the first run."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from support.signing_in import PASSWORD, add_user

from detection.accounts.opening import open_accounts
from detection.accounts.rights import Role
from detection.accounts.sessions import Started

OpenPage = Callable[..., AppTest]
NEW = "Willow-Bridge-88"
NOON = "2026-11-30T12:00:00"


@pytest.fixture
def own(empty: Path, tmp_path: Path) -> Path:
    """A workspace in which nothing was run yet, with an administrator."""
    root = shutil.copytree(empty, tmp_path / "ws")
    add_user(root, "zhao", Role.administrator)
    return root


def html_of(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(str(piece.value) for piece in (*app.html, *app.markdown, *app.caption, *app.error))


def field(fields: Any, label: str) -> Any:
    return next(each for each in fields if each.label == label)


def test_an_administrator_adds_and_changes_users_before_the_first_run(open_page: OpenPage, own: Path) -> None:
    app = open_page(own, "users", signed_in_as="zhao", lang="zh")
    assert "wang" in html_of(app) and "科室负责人" in html_of(app)
    names = [each for each in app.text_input if each.label == "用户名"]
    names[0].set_value("Lin")
    field(app.text_input, "区县范围").set_value("320602，320601")
    field(app.text_input, "初始密码").set_value(NEW)
    field([each for each in app.selectbox if each.placeholder], "角色").set_value(Role.inspector)
    field(app.button, "添加").click().run()
    assert "已添加用户 lin" in html_of(app).lower()
    lin = open_accounts(own).store.user("lin")
    assert lin is not None and (lin.role, lin.districts) == ("inspector", ("320601", "320602"))
    assert "未修改" in html_of(app) and "设置的初始密码" in html_of(app)
    field(app.selectbox, "用户名").set_value("lin").run()
    field(app.selectbox, "变更内容").set_value("lock").run()
    field(app.button, "确认变更").click().run()
    assert "已停用" in html_of(app)
    lin = open_accounts(own).store.user("lin")
    assert lin is not None and lin.disabled_at is not None


def test_a_refusal_is_shown_and_the_form_stays(open_page: OpenPage, own: Path) -> None:
    app = open_page(own, "users", signed_in_as="zhao", lang="en")
    next(each for each in app.text_input if each.label == "User").set_value("lin")
    field(app.text_input, "First password").set_value("weak")
    field([each for each in app.selectbox if each.placeholder], "Role").set_value(Role.reader)
    field(app.button, "Add").click().run()
    assert "fewer than 12 characters" in html_of(app)
    assert next(each for each in app.text_input if each.label == "User").value == "lin"
    assert "zhao" not in field(app.selectbox, "User").options


def test_everybody_changes_their_own_password(open_page: OpenPage, own: Path) -> None:
    app = open_page(own, "my_account", signed_in_as="wang", lang="zh")
    field(app.text_input, "原密码").set_value(PASSWORD)
    field(app.text_input, "新密码").set_value(NEW)
    field(app.text_input, "再次输入新密码").set_value("another")
    field(app.button, "修改密码").click().run()
    assert "不一致" in html_of(app)
    field(app.text_input, "再次输入新密码").set_value(NEW)
    field(app.button, "修改密码").click().run()
    assert "密码已修改" in html_of(app)
    outcome = open_accounts(own).sessions.sign_in("wang", NEW, address="here", at=NOON)
    assert isinstance(outcome, Started)


@pytest.mark.parametrize(("name", "role"), [("wang", None), ("sun", Role.inspector)])
def test_who_is_no_administrator_has_no_page_of_users(
    open_page: OpenPage, own: Path, name: str, role: Role | None
) -> None:
    if role is not None:
        add_user(own, name, role)
    app = open_page(own, "users", signed_in_as=name, lang="en")
    assert "Who may sign in" not in html_of(app)
