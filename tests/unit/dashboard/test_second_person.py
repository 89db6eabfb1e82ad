"""My work as the inbox of a second person: what others proposed is confirmed or declined, one's own waits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import insert
from streamlit.testing.v1 import AppTest
from support.alert_acts import EXPLAINED
from support.signing_in import add_user

from dashboard.gate.access import DEMO
from detection.accounts.rights import Actor, Role
from detection.cases.second_review import second_review
from detection.followup.acts import act
from detection.store.casework.tables import RandomAudit
from detection.store.connection import writing
from detection.store.queries.alerts import Filters, Row, rows
from detection.store.queries.casework.audits import audited
from detection.store.queries.filters import EVERY_ALERT
from detection.store.queries.reader import open_reader
from features.workspace import open_workspace

OpenPage = Callable[..., AppTest]
NINE = "2026-11-30T09:00:00"


def alerts(workspace: Path, status: str) -> list[Row]:
    with open_reader(workspace) as reader:
        assert reader is not None
        return rows(reader, Filters(status=status), sort="money")


def propose(workspace: Path, by: Actor) -> str:
    """The number of an alert that somebody proposes to dismiss."""
    alert_id = next(
        row.alert_id for row in alerts(workspace, "new") if second_review(row.alert_id, row.pool, row.account)
    )
    outcome = act(
        workspace, [alert_id], actor=by, action="dismiss", note="护理院统一购药", code=EXPLAINED, at=NINE
    )
    assert outcome.waiting == (alert_id,)
    return alert_id


def text_of(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(str(part.value) for part in (*app.html, *app.caption, *app.info, *app.warning))


def press(app: AppTest, label: str) -> None:
    [button] = [button for button in app.button if button.label == label]
    button.click().run()
    assert not app.exception


@pytest.mark.parametrize(("decision", "status"), [("确认排除", "dismissed"), ("退回排除意见", "triaged")])
def test_a_reviewer_decides_what_an_inspector_proposed(
    open_page: OpenPage, sample_to_change: Path, decision: str, status: str
) -> None:
    alert_id = propose(sample_to_change, Actor("li", Role.inspector))
    add_user(sample_to_change, "chen", Role.reviewer)
    app = open_page(sample_to_change, "work", signed_in_as="chen", lang="zh")
    assert "护理院统一购药" in text_of(app)
    press(app, "办理")
    assert "请选择疑点和复核意见" in text_of(app)
    app.multiselect[0].set_value([alert_id])
    [choice] = [field for field in app.selectbox if field.label == "复核意见"]
    assert len(choice.options) == 2
    choice.set_value({"确认排除": "confirm_dismissal", "退回排除意见": "send_back"}[decision])
    [reason] = [field for field in app.text_input if field.label == "理由"]
    reason.set_value("登记簿一致")
    press(app, "办理")
    assert [row.alert_id for row in alerts(sample_to_change, status)] == [alert_id]
    assert "护理院统一购药" not in text_of(app)


def test_in_a_demo_ones_own_proposal_waits_and_the_pages_say_that_another_person_confirms(
    open_page: OpenPage, sample_to_change: Path
) -> None:
    alert_id = propose(sample_to_change, DEMO.actor)
    app = open_page(sample_to_change, "work", lang="en")
    text = text_of(app)
    assert "Nothing of others waits for you." in text
    assert "Another person, a reviewer or a supervisor, has to confirm them" in text and alert_id in text
    assert not app.multiselect
    page = open_page(sample_to_change, "alert", id=alert_id, lang="en")
    assert "Another person, a reviewer or a supervisor, has to confirm." in text_of(page)
    [action] = [field for field in page.selectbox if field.label == "Action"]
    assert action.options == ["Escalate"]


def record_result(app: AppTest, result: str, reason: str, button: str) -> None:
    """Choose the result of a random audit, type the reason, and press the button of its form."""
    [results] = [field for field in app.selectbox if field.label == "抽查结果"]
    results.set_value(result)
    [reasons] = [field for field in app.text_input if field.label == "理由"]
    reasons.set_value(reason)
    press(app, button)


def test_a_reviewer_records_the_result_of_an_audit_and_a_supervisor_corrects_it(
    open_page: OpenPage, sample_to_change: Path
) -> None:
    space = open_workspace(sample_to_change)
    subject = {"subject_kind": "provider", "subject_id": "prov-001"}
    state = {"state": "waiting", "result": "", "reason": ""}
    with writing(space.store).begin() as connection:
        connection.execute(
            insert(RandomAudit).values(
                stratum="institution", chance=0.25, month="2024-07", sampled_at=NINE, **subject, **state
            )
        )
    add_user(sample_to_change, "chen", Role.reviewer)
    app = open_page(sample_to_change, "work", signed_in_as="chen", lang="zh")
    assert "无疑点机构" in text_of(app) and "25.00%" in text_of(app)
    record_result(app, "missed", "处方与库存不符", "登记")
    with open_reader(sample_to_change) as reader:
        assert reader is not None
        [result_of] = audited(reader, EVERY_ALERT)
    assert result_of.rate is not None and result_of.rate.missed == 1
    assert "25.00%" not in text_of(app)
    add_user(sample_to_change, "zhao", Role.supervisor)
    log = text_of(open_page(sample_to_change, "audit", signed_in_as="zhao", lang="zh"))
    assert "登记抽查结果" in log and "随机抽查" in log and "有遗漏违规" in log
    assert "随机抽查结果" not in [each.label for each in app.expander], "a reviewer corrects none"
    app = open_page(sample_to_change, "work", signed_in_as="zhao", lang="zh")
    assert "随机抽查结果" in [each.label for each in app.expander] and "处方与库存不符" in text_of(app)
    record_result(app, "nothing_missed", "库存记录后来补齐", "更正")
    with open_reader(sample_to_change) as reader:
        assert reader is not None
        [result_of] = audited(reader, EVERY_ALERT)
    assert result_of.rate is not None and result_of.rate.missed == 0
    log = text_of(open_page(sample_to_change, "audit", signed_in_as="zhao", lang="zh"))
    assert "更正抽查结果" in log and "库存记录后来补齐" in log
