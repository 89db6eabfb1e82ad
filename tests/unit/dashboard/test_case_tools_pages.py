"""Tasks, links, assignment and recovery at the screens; and what is typed outlives a reload."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from support.signing_in import add_user

from dashboard.casework_views.acting import today
from dashboard.gate.access import DEMO
from detection.accounts import rights
from detection.cases.life_cycle import Role
from detection.cases.money import Entry
from detection.cases.moves import Act, Actor
from detection.followup import cases as casework
from detection.followup.casework.drafts import drafts_of
from detection.store.queries.casework.packets import PacketFilters, packets
from detection.store.queries.casework.tools.tasks import open_tasks
from detection.store.queries.reader import open_reader

OpenPage = Callable[..., AppTest]
NOON = "2026-11-30T12:00:00"
DAY = dt.date(2026, 11, 30)
ME = DEMO.actor.name
REASON = "as the file says"
STEPS: list[tuple[str, Role, Act]] = [
    ("zhao", "supervisor", Act("approve_opening", DAY, code="penalty")),
    ("zhao", "supervisor", Act("assign", DAY, inspectors=frozenset({"li", ME}))),
]
TO_MONEY: list[tuple[str, Role, Act]] = [
    ("li", "inspector", Act("draft_findings", DAY, REASON, "confirmed_violation/not_delivered")),
    ("chen", "reviewer", Act("review_findings", DAY, REASON)),
    ("li", "inspector", Act("serve_notice", DAY, document="2026-17", document_day=DAY)),
    ("li", "inspector", Act("propose_disposition", DAY, REASON, "return_of_funds")),
    ("zhao", "supervisor", Act("approve_disposition", DAY, REASON)),
    ("sun", "director", Act("approve_finally", DAY, REASON)),
]


def html_of(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(str(piece.value) for piece in (*app.html, *app.markdown, *app.caption, *app.error))


def field(controls: Any, label: str) -> Any:
    [control] = [each for each in controls if each.label == label]
    return control


@pytest.fixture
def case_id(sample_to_change: Path) -> str:
    """A case of whoever is at the screen."""
    with open_reader(sample_to_change) as reader:
        assert reader is not None
        packet = packets(reader, PacketFilters("institutions"))[0]
    opened = casework.open_case(
        sample_to_change, packet.packet_id, actor=Actor("li", "inspector"), at=NOON, reason="patterns agree"
    )
    go(sample_to_change, opened.case_id, STEPS)
    return opened.case_id


def go(root: Path, case_id: str, steps: list[tuple[str, Role, Act]]) -> None:
    for name, role, step in steps:
        casework.move(root, case_id, step, actor=Actor(name, role), at=NOON)


def test_what_is_typed_outlives_a_reload_and_goes_with_the_act(
    open_page: OpenPage, sample_to_change: Path, case_id: str
) -> None:
    app = open_page(sample_to_change, "case", id=case_id, lang="zh")
    field(app.selectbox, "步骤").set_value("note").run()
    field(app.text_area, "理由").set_value("两处记录不一致").run()
    assert not [value for value in app.query_params.values() if "记录" in str(value)]
    for language, label, move in (("zh", "理由", "步骤"), ("en", "Reason", "Step")):
        again = open_page(sample_to_change, "case", id=case_id, lang=language)  # another session
        assert field(again.selectbox, move).value == "note", language
        assert field(again.text_area, label).value == "两处记录不一致"
    app = open_page(sample_to_change, "case", id=case_id, lang="zh")
    field(app.button, "办理").click().run()
    assert "两处记录不一致" in html_of(app)
    assert drafts_of(sample_to_change, ME) == {}
    assert not open_page(sample_to_change, "case", id=case_id, lang="zh").text_area


def test_a_task_is_added_on_the_page_and_seen_in_my_work(
    open_page: OpenPage, sample_to_change: Path, case_id: str
) -> None:
    app = open_page(sample_to_change, "case", id=case_id, lang="zh")
    field(app.text_input, "内容").set_value("调取进货票据").run()
    field(app.date_input, "期限").set_value(today() + dt.timedelta(days=30)).run()
    field(app.button, "新增").click().run()
    assert "调取进货票据" in html_of(app)
    assert "处罚时效（2 年）：行为在 2 年内未被发现的，不再给予行政处罚。" in html_of(app)
    assert "由办案人员认定" in html_of(app)
    work = open_page(sample_to_change, "work", lang="zh")
    assert "调取进货票据" in html_of(work)
    with open_reader(sample_to_change) as reader:
        assert reader is not None
        [task] = open_tasks(reader, ME)
    field(work.selectbox, "完成任务").set_value(task.task_id).run()
    field(work.button, "完成").click().run()
    assert "调取进货票据" not in html_of(work)


def test_alerts_are_taken_out_and_cases_linked_on_the_page(
    open_page: OpenPage, sample_to_change: Path, case_id: str
) -> None:
    app = open_page(sample_to_change, "case", id=case_id, lang="zh")
    acts = field(app.selectbox, "办理事项")
    assert acts.options == ["移出疑点", "归入新疑点", "关联"], "merging and splitting are a supervisor's"
    acts.set_value("detach").run()
    alerts = field(app.multiselect, "疑点")
    before = html_of(app).count("alert?id=")
    alerts.set_value(alerts.options[:1]).run()
    [reason] = [each for each in app.text_area if "reason_detach" in str(each.key)]
    reason.set_value("属于另一事项").run()
    field(app.button, "移出疑点").click().run()
    assert html_of(app).count("alert?id=") == before - 1


def test_recovery_shows_what_is_upheld_outstanding_and_overdue(
    open_page: OpenPage, sample_to_change: Path, case_id: str
) -> None:
    assert "没有此类金额" in html_of(open_page(sample_to_change, "recovery", lang="zh"))
    go(sample_to_change, case_id, TO_MONEY)
    fine = Entry("fine", "treasury", "upheld", 123_400)
    casework.record_money(
        sample_to_change,
        case_id,
        fine,
        Act("record_money", DAY, REASON),
        actor=Actor("li", "inspector"),
        at="2020-01-01T12:00:00",
    )
    page = html_of(open_page(sample_to_change, "recovery", lang="zh"))
    assert page.count("1,234.00") >= 3
    assert case_id in page and "逾期" in page
    assert case_id in html_of(open_page(sample_to_change, "recovery", lang="en", outstanding="1"))


@pytest.fixture
def users(sample_to_change: Path) -> Path:
    """A workspace with a supervisor and an inspector."""
    add_user(sample_to_change, "zhao", rights.Role.supervisor)
    add_user(sample_to_change, "li", rights.Role.inspector)
    return sample_to_change


def test_a_supervisor_assigns_packets_after_a_list_of_them(open_page: OpenPage, users: Path) -> None:
    app = open_page(users, "packets", queue="institutions", lang="zh", signed_in_as="zhao")
    which = field(app.multiselect, "选择")
    which.set_value(which.options[:2]).run()
    assert "确认指派" not in [button.label for button in app.button], "nobody is named yet"
    field(app.selectbox, "核查人员").set_value("li").run()
    assert "将 2 个疑点包指派给 li；每人最多领取 20 个。" in html_of(app)
    field(app.button, "确认指派").click().run()
    assert [each.value for each in app.success] == ["已指派 2 件。"]
    with open_reader(users) as reader:
        assert reader is not None
        assert [packet.holder for packet in packets(reader, PacketFilters())].count("li") == 2
    inspector = open_page(users, "packets", queue="institutions", lang="zh", signed_in_as="li")
    assert not inspector.multiselect, "assigning is a supervisor's"


def test_a_supervisor_splits_a_case_and_merges_it_again(
    open_page: OpenPage, case_id: str, users: Path
) -> None:
    app = open_page(users, "case", id=case_id, lang="zh", signed_in_as="zhao")
    field(app.selectbox, "办理事项").set_value("split").run()
    alerts = field(app.multiselect, "疑点")
    alerts.set_value(alerts.options[:1]).run()
    [reason] = [each for each in app.text_area if "reason_split" in str(each.key)]
    reason.set_value("属于另一事项").run()
    field(app.button, "拆分疑点").click().run()
    new = case_id.replace("0001", "0002")
    assert "拆分出" in html_of(app) and new in html_of(app)
    app = open_page(users, "case", id=new, lang="zh", signed_in_as="zhao")
    field(app.selectbox, "办理事项").set_value("merge").run()
    field(app.selectbox, "另一案件").set_value(case_id).run()
    [reason] = [each for each in app.text_area if "reason_merge" in str(each.key)]
    reason.set_value("属于同一事项").run()
    field(app.button, "并入他案").click().run()
    assert "已并入他案" in html_of(app)
    assert "由其并入" in html_of(open_page(users, "case", id=case_id, lang="zh", signed_in_as="zhao"))
