"""Tasks of the manual that are done with packets, cases and the audit log, step by step with the words of its pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from support.case_steps import STEPS, act
from support.signing_in import add_user

from detection.accounts.rights import Role
from detection.cases.moves import Actor
from detection.cli.terminal import now
from detection.followup import cases as casework
from detection.followup import suppressions
from detection.store.queries.casework.cases import case_page
from detection.store.queries.casework.packet import packet_page
from detection.store.queries.casework.packets import PacketFilters, packets
from detection.store.queries.casework.suppressions import suppressions as stored_suppressions
from detection.store.queries.reader import open_reader

OpenPage = Callable[..., AppTest]
NOON = "2026-11-30T12:00:00"
TODAY = dt.date(2026, 11, 30)
PEOPLE = {
    "li": Role.inspector,
    "wang": Role.inspector,
    "chen": Role.reviewer,
    "zhao": Role.supervisor,
    "sun": Role.director,
}


@pytest.fixture
def office(sample_to_change: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with users of every part, and a browser in Chinese, also where labels are made outside of a page."""
    monkeypatch.setattr("dashboard.wording.language_of_browser", lambda _locale: "zh")
    for name, role in PEOPLE.items():
        add_user(sample_to_change, name, role)
    return sample_to_change


def packet(workspace: Path) -> tuple[str, str]:
    """The first packet of the desk, and one of its alerts."""
    with open_reader(workspace) as reader:
        assert reader is not None
        packet_id = packets(reader, PacketFilters("institutions"))[0].packet_id
        return packet_id, packet_page(reader, packet_id).alerts[0].alert_id


def case_after(workspace: Path, steps: int) -> str:
    """A case after some of its steps, each by whom it is for."""
    packet_id, _ = packet(workspace)
    li = Actor("li", "inspector")
    opened = casework.open_case(workspace, packet_id, actor=li, at=NOON, reason="patterns agree")
    for name, role, step in STEPS[:steps]:
        casework.move(workspace, opened.case_id, step, actor=Actor(name, role), at=NOON)
    return opened.case_id


def state(workspace: Path, case_id: str) -> str:
    with open_reader(workspace) as reader:
        assert reader is not None
        return case_page(reader, case_id, TODAY).case.state


class Screen:
    """A page of somebody, worked by the words on it."""

    def __init__(self, app: AppTest) -> None:
        self.app = app
        assert not app.exception

    def select(self, label: str, option: str) -> None:
        [field] = [each for each in self.app.selectbox if each.label == label]
        assert option in field.options, (option, field.options)
        field.select(option).run()
        assert not self.app.exception

    def choose(self, label: str, value: object) -> None:
        [field] = [each for each in self.app.selectbox if each.label == label]
        field.set_value(value)

    def choose_first(self, label: str) -> None:
        [field] = [each for each in self.app.selectbox if each.label == label]
        field.select_index(0)  # sent with the form's button

    def write(self, label: str, text: str) -> None:
        """Fill the last field of this name: forms that open stand below those that were there."""
        fields = [
            each for kind in (self.app.text_input, self.app.text_area) for each in kind if each.label == label
        ]
        fields[-1].set_value(text)

    def press(self, label: str) -> None:
        button = [each for each in self.app.button if each.label == label][-1]
        button.click().run()
        assert not self.app.exception
        assert [str(error.value) for error in self.app.error] == []

    def text(self) -> str:
        pieces = (*self.app.html, *self.app.markdown, *self.app.caption)
        return "\n".join(str(piece.value) for piece in pieces)


def test_an_inspector_proposes_a_dismissal_until_a_day(open_page: OpenPage, office: Path) -> None:
    packet_id, _ = packet(office)
    with open_reader(office) as reader:
        assert reader is not None
        alert = packet_page(reader, packet_id).alerts[0]
    screen = Screen(open_page(office, "packet", id=packet_id, signed_in_as="li", lang="zh"))
    assert "提出排除（限期）" in [each.label for each in screen.app.expander]
    screen.choose("检测项和对象", (alert.detector, alert.subject))
    screen.choose_first("分类")
    [day] = [each for each in screen.app.date_input if each.label == "截止日期"]
    day.set_value(dt.date.fromisoformat(now()[:10]) + dt.timedelta(days=90))
    screen.write("理由", "经备案的义诊日")
    screen.press("提出")
    with open_reader(office) as reader:
        assert reader is not None
        [row] = stored_suppressions(reader, TODAY, packet_id=packet_id)
    assert (row.owner, row.reason) == ("li", "经备案的义诊日")


def test_an_inspector_drafts_findings_and_enters_money(open_page: OpenPage, office: Path) -> None:
    case_id = case_after(office, 2)
    screen = Screen(open_page(office, "case", id=case_id, signed_in_as="li", lang="zh"))
    screen.select("步骤", "起草核查结论")
    screen.choose_first("分类")
    screen.write("理由", "多项检测指向同一情形")
    screen.press("办理")
    assert state(office, case_id) == "findings_drafted"
    assert "登记金额" in [each.label for each in screen.app.expander]
    screen.choose("环节", "查实")
    screen.write("金额（元），负数为冲回", "1234.50")
    screen.write("理由", "依核查结论")
    screen.press("登记")
    assert "1,234.50" in screen.text()


def test_a_supervisor_sees_what_waits(open_page: OpenPage, office: Path) -> None:
    case_id = case_after(office, 0)
    text = Screen(open_page(office, "work", signed_in_as="zhao", lang="zh")).text()
    assert "我的工作" in text
    waiting, others = text.split("待我复核")[1].split("指派给我的")
    assert case_id in waiting
    assert case_id not in others and "等我复核或审批" in others


def test_a_supervisor_approves_a_case_and_assigns_it(open_page: OpenPage, office: Path) -> None:
    case_id = case_after(office, 0)
    screen = Screen(open_page(office, "case", id=case_id, signed_in_as="zhao", lang="zh"))
    screen.select("步骤", "批准立案")
    screen.choose_first("分类")
    screen.press("办理")
    assert state(office, case_id) == "open"
    screen.select("步骤", "指派核查人员")
    screen.write("姓名", "li wang")
    screen.press("办理")
    assert state(office, case_id) == "investigating"


def test_a_supervisor_confirms_a_dismissal_until_a_day(open_page: OpenPage, office: Path) -> None:
    packet_id, alert_id = packet(office)
    proposal = replace(
        act("propose_suppression", code="legitimate_explained/clinic_day"), until=dt.date(2027, 6, 30)
    )
    suppressions.propose(office, alert_id, proposal, actor=Actor("li", "inspector"), at=NOON)
    screen = Screen(open_page(office, "work", signed_in_as="zhao", lang="zh"))
    assert "待我复核" in screen.text()
    screen.select("步骤", "确认排除")
    screen.write("理由", "已核对备案")
    screen.press("办理")
    with open_reader(office) as reader:
        assert reader is not None
        [row] = stored_suppressions(reader, TODAY, packet_id=packet_id)
    assert (row.state, row.second) == ("in_force", "zhao")


def test_findings_are_reviewed_and_a_disposition_is_approved_by_others(
    open_page: OpenPage, office: Path
) -> None:
    case_id = case_after(office, 3)
    review = Screen(open_page(office, "case", id=case_id, signed_in_as="chen", lang="zh"))
    review.select("步骤", "复核核查结论")
    review.write("理由", "证据与结论一致")
    review.press("办理")
    assert state(office, case_id) == "findings_reviewed"
    for name, role, step in STEPS[4:6]:
        casework.move(office, case_id, step, actor=Actor(name, role), at=NOON)
    for name, move, expected in (
        ("zhao", "审批处理意见", "disposition_approved"),
        ("sun", "终审批准", "disposed"),
    ):
        screen = Screen(open_page(office, "case", id=case_id, signed_in_as=name, lang="zh"))
        screen.select("步骤", move)
        screen.write("理由", "同意处理意见")
        screen.press("办理")
        assert state(office, case_id) == expected


def test_a_supervisor_reads_the_audit_log(open_page: OpenPage, office: Path) -> None:
    screen = Screen(open_page(office, "audit", signed_in_as="zhao", lang="zh"))
    assert "审计日志" in screen.text()
    offered = {field.label: field.options for field in screen.app.selectbox}
    assert "root" in offered["操作人"]
    assert "新增用户" in offered["操作"]
    filtered = Screen(open_page(office, "audit", signed_in_as="zhao", lang="zh", actor="zhao"))
    assert "新增用户" in screen.text()
    assert "新增用户" not in filtered.text()
