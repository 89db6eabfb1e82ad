"""The page of the audit log: entries newest first, filtered by the address, with what the last verification said."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from support.alert_acts import EXPLAINED

from dashboard.audit_views.filters import object_name
from dashboard.audit_views.words import object_markup
from detection.accounts.limits import limits
from detection.accounts.opening import open_accounts
from detection.accounts.rights import Actor, Role
from detection.audit.entry import EntryDraft, entry_of
from detection.cases import moves
from detection.followup import cases as casework
from detection.followup.acts import act
from detection.followup.audit.verifying import verify_log
from detection.store.queries import Filters
from detection.store.queries.alerts import rows
from detection.store.queries.casework.packets import PacketFilters, packets
from detection.store.queries.reader import open_reader
from features.workspace import open_workspace

OpenPage = Callable[..., AppTest]
NOON = "2026-11-30T12:00:00"


@pytest.fixture
def worked(sample: Path, tmp_path: Path) -> Path:
    """The sample, in which two alerts were dismissed, and one of them twice."""
    root = Path(shutil.copytree(sample, tmp_path / "ws"))
    with open_reader(root) as reader:
        assert reader is not None
        first, second = (row.alert_id for row in rows(reader, Filters(list="all", status=""))[:2])
    for alert_id, actor in ((first, "li"), (second, "wang"), (first, "li")):
        by = Actor(actor, Role.reviewer)
        act(
            root,
            [alert_id],
            actor=by,
            action="dismiss",
            note="<b>reason</b>",
            code=EXPLAINED,
            at="2024-07-03T10:00:00",
        )
    return root


def shown(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(str(piece.value) for piece in app.html)


def numbers(app: AppTest) -> list[int]:
    return [int(number) for number in re.findall(r'<tr><td class="fw-right">(\d+)</td>', shown(app))]


def test_entries_are_listed_newest_first_and_filtered(open_page: OpenPage, worked: Path) -> None:
    assert numbers(open_page(worked, "audit", lang="zh")) == [4, 3, 2, 1]
    assert numbers(open_page(worked, "audit", actor="wang")) == [3]
    assert numbers(open_page(worked, "audit", action="refusal")) == [4]
    assert numbers(open_page(worked, "audit", object="alert", to="2024-07-03")) == [4, 3, 2]
    nothing = open_page(worked, "audit", **{"from": "2025-01-01", "lang": "en"})
    assert numbers(nothing) == [] and "No entry fits" in str([caption.value for caption in nothing.caption])
    assert numbers(open_page(worked, "audit", **{"from": "not a day"})) == [4, 3, 2, 1]


def test_an_entry_says_what_changed_in_the_reader_s_language(open_page: OpenPage, worked: Path) -> None:
    chinese = shown(open_page(worked, "audit", lang="zh"))
    assert "排除：当前状态为“已排除”" in chinese and "→ 已排除" in chinese and "日志开始" in chinese
    assert "li（复核人员）" in chinese
    assert "&lt;b&gt;reason" in chinese and "<b>reason" not in chinese


def test_a_failed_sign_in_says_by_which_way_and_until_when(open_page: OpenPage, worked: Path) -> None:
    sessions = open_accounts(worked).sessions
    for _ in range(limits().address_failures):
        sessions.refuse_elsewhere(address="10.1.2.3", at="2024-07-03T10:00:00")
    page = shown(open_page(worked, "audit", lang="zh"))
    assert "方式 统一身份认证" in page
    assert "须等待至 2024-07-03" in page


def test_the_last_verification_is_shown(open_page: OpenPage, worked: Path) -> None:
    assert "Not verified yet" in shown(open_page(worked, "audit", lang="en"))
    verify_log(open_workspace(worked), actor="chen", at="2024-07-04T10:00:00")
    whole = shown(open_page(worked, "audit", lang="en"))
    assert "4 entries" in whole and "chen" in whole and "cut off" in whole


def test_an_object_is_named_as_people_write_it(open_page: OpenPage, worked: Path) -> None:
    app = open_page(worked, "audit", lang="en")
    field = next(each for each in app.text_input if each.label == "Object")
    field.set_value("alert").run()
    assert numbers(app) == [4, 3, 2]
    assert object_name("A-00ff") == "alert:A-00ff"
    assert object_name(" p-abcdefghijklm ") == "identity:P-ABCDEFGHIJKLM"
    assert object_name("run:r1") == "run:r1"
    assert object_name("l-2026-0001") == "case:L-2026-0001"
    assert (object_name("lead"), object_name("case")) == ("case:L-", "case:C-")


def test_leads_cases_and_packets_are_named_as_what_they_are_and_lead_to_their_pages(
    open_page: OpenPage, worked: Path
) -> None:
    with open_reader(worked) as reader:
        assert reader is not None
        first, second = (row.packet_id for row in packets(reader, PacketFilters("institutions"))[:2])
    li = moves.Actor("li", "inspector")
    opening = partial(casework.open_case, worked, actor=li, at=NOON, reason="as the file says")
    for packet in (first, second):
        casework.take(worked, packet, actor=li, at=NOON)
    case, lead = opening(second).case_id, opening(first, kind="lead").case_id
    chinese = shown(open_page(worked, "audit", lang="zh", object="packet"))
    assert f"；线索 {lead}；" in chinese and f"；案件 {case}；" in chinese
    assert re.search(r"疑点包 <a [^>]*id=institutions\.I-[^>]*>定点机构 I-", chinese)
    cases = shown(open_page(worked, "audit", lang="zh", object="case:C-"))
    assert re.search(rf"案件 <a [^>]*id={case}[^>]*>{case}</a>", cases)
    assert numbers(open_page(worked, "audit", object="case:L-")) == []


def test_a_lead_is_not_called_a_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {"language": "zh"})
    entry = entry_of(EntryDraft(NOON, "li", "note", "case:L-2026-0001"), 1, "")
    assert re.fullmatch(r"线索 <a [^>]*case\?id=L-2026-0001[^>]*>L-2026-0001</a>", object_markup(entry, {}))
