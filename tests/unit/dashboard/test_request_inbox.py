"""My work shows requests for real ids to who may decide them, and to their authors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from support.signing_in import add_user

from detection.accounts.rights import Actor, Role
from detection.cli.terminal import now
from detection.followup.limits import limits
from detection.followup.requests import WaitsForSecondError
from detection.followup.reveals import reveal
from detection.store.queries.alerts import Filters, rows
from detection.store.queries.reader import open_reader

OpenPage = Callable[..., AppTest]
LI = Actor("li", Role.inspector)


def html_of(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(str(piece.value) for piece in (*app.html, *app.markdown, *app.caption, *app.error))


@pytest.fixture
def requested(sample_to_change: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A pseudonym that li asked for, who may be shown none alone."""
    for name, role in (("li", Role.inspector), ("wang", Role.supervisor), ("sun", Role.reader)):
        add_user(sample_to_change, name, role)
    monkeypatch.setattr("detection.followup.reveals.limits", lambda: replace(limits(), reveals_a_day=0))
    with open_reader(sample_to_change) as reader:
        assert reader is not None
        listed = rows(reader, Filters(status=""))
    person = next(row.pseudonym for row in listed if row.subject_kind == "person")
    with pytest.raises(WaitsForSecondError):
        reveal(sample_to_change, person, reason="hearing on Friday", actor=LI, at=now(), minutes=5)
    return person


def test_a_request_is_approved_at_the_screen_and_opened_by_its_author(
    open_page: OpenPage, sample_to_change: Path, requested: str
) -> None:
    app = open_page(sample_to_change, "work", signed_in_as="wang", lang="zh")
    assert requested in html_of(app) and "hearing on Friday" in html_of(app)
    [refuse] = [button for button in app.button if button.label == "不同意"]
    refuse.click().run()
    assert "须填写至少" in html_of(app)
    [approve] = [button for button in app.button if button.label == "同意"]
    approve.click().run()
    assert requested not in html_of(app)
    own = open_page(sample_to_change, "work", signed_in_as="li", lang="zh")
    [show] = [button for button in own.button if button.label == "立即查看"]
    show.click().run()
    assert any("fw-revealed" in str(piece.value) for piece in own.html)
    assert "立即查看" not in [button.label for button in own.button], "once"


def test_the_reason_of_a_decision_outlives_a_reload(
    open_page: OpenPage, sample_to_change: Path, requested: str
) -> None:
    def reason() -> tuple[AppTest, str]:
        app = open_page(sample_to_change, "work", signed_in_as="wang", lang="zh")
        [field] = [each for each in app.text_input if "request_decision" in str(each.key)]
        return app, str(field.value)

    app, _ = reason()
    [field] = [each for each in app.text_input if "request_decision" in str(each.key)]
    field.set_value("听证不需要姓名").run()
    app, typed = reason()
    assert typed == "听证不需要姓名", "in another session"
    [refuse] = [button for button in app.button if button.label == "不同意"]
    refuse.click().run()
    assert requested not in html_of(app), app.error


def test_who_may_not_see_it_has_no_inbox(open_page: OpenPage, sample_to_change: Path, requested: str) -> None:
    assert requested not in html_of(open_page(sample_to_change, "work", signed_in_as="sun", lang="zh"))


def test_an_author_withdraws(open_page: OpenPage, sample_to_change: Path, requested: str) -> None:
    app = open_page(sample_to_change, "work", signed_in_as="li", lang="en")
    assert "Real ids that I asked for" in html_of(app)
    [withdraw] = [button for button in app.button if button.label == "Withdraw"]
    withdraw.click().run()
    assert "Real ids that I asked for" not in html_of(app)
