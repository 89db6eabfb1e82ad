"""Pages of packets and cases: from a desk to a case, in both languages, and what is refused says why."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.casework_views.case_moves import names_in
from dashboard.gate.access import DEMO
from detection.cases.moves import Act, Actor
from detection.followup import cases as casework
from detection.followup import suppressions
from detection.followup.packs import build_pack, pack_faults
from detection.store.queries.casework.packet import packet_page
from detection.store.queries.casework.packets import QUEUES, Packet, PacketFilters, packets
from detection.store.queries.reader import open_reader

OpenPage = Callable[..., AppTest]
NOON = "2026-11-30T12:00:00"


def html_of(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(str(piece.value) for piece in (*app.html, *app.markdown, *app.caption, *app.error))


def first_packet(workspace: Path, queue: str = "institutions") -> Packet:
    with open_reader(workspace) as reader:
        assert reader is not None
        return packets(reader, PacketFilters(queue))[0]


@pytest.mark.parametrize("queue", QUEUES)
def test_every_desk_opens_and_links_to_its_packets(open_page: OpenPage, sample: Path, queue: str) -> None:
    page = html_of(open_page(sample, "packets", queue=queue, lang="zh"))
    with open_reader(sample) as reader:
        assert reader is not None
        expected = packets(reader, PacketFilters(queue), size=25)
    assert [packet.packet_id for packet in expected if f"id={packet.packet_id}&amp;" not in page] == []


def test_a_packet_shows_its_alerts_and_its_money_to_the_fen(open_page: OpenPage, sample: Path) -> None:
    packet = first_packet(sample)
    page = html_of(open_page(sample, "packet", id=packet.packet_id, lang="zh"))
    assert packet.alerts > 1
    assert page.count("alert?id=") == packet.alerts
    assert f"{packet.detectors} 项检测共 {packet.alerts} 条疑点" in page
    assert "其中 5% 仍予显示抽查" in page


def test_a_packet_is_taken_and_opened_as_a_case_at_the_screen(
    open_page: OpenPage, sample_to_change: Path
) -> None:
    packet = first_packet(sample_to_change)
    app = open_page(sample_to_change, "packet", id=packet.packet_id, lang="zh")
    [take] = [button for button in app.button if button.label == "领取"]
    take.click().run()
    assert first_packet(sample_to_change).holder == DEMO.actor.name
    [open_case] = [button for button in app.button if button.label == "提出立案"]
    open_case.click().run()
    assert "须填写理由" in html_of(app)
    [reason] = [field for field in app.text_input if field.label == "理由"]
    reason.set_value("多项检测指向同一机构").run()
    [open_case] = [button for button in app.button if button.label == "提出立案"]
    open_case.click().run()
    assert re.fullmatch(r"C-\d{4}-0001", first_packet(sample_to_change).case_id)


def test_a_case_shows_its_history_and_what_others_may_do(open_page: OpenPage, sample_to_change: Path) -> None:
    packet = first_packet(sample_to_change)
    opened = casework.open_case(
        sample_to_change, packet.packet_id, actor=Actor("li", "inspector"), at=NOON, reason="patterns agree"
    )
    page = html_of(open_page(sample_to_change, "case", id=opened.case_id, lang="zh"))
    assert "patterns agree" in page
    assert "批准立案" in page and "科室负责人" in page
    assign = Act("assign", dt.date(2026, 11, 30), inspectors=frozenset({"li", DEMO.actor.name}))
    approve = Act("approve_opening", dt.date(2026, 11, 30), code="penalty")
    for act in (approve, assign):
        casework.move(sample_to_change, opened.case_id, act, actor=Actor("zhao", "supervisor"), at=NOON)
    work = html_of(open_page(sample_to_change, "work", lang="zh"))
    assert opened.case_id in work and "办案期限" in work


def test_names_are_split_at_commas_of_either_script() -> None:
    assert names_in(" 王伟，李娜、张 ,Chen；") == {"王伟", "李娜", "张", "Chen"}


def test_typed_text_stays_when_another_user_acts_meanwhile(
    open_page: OpenPage, sample_to_change: Path
) -> None:
    packet = first_packet(sample_to_change)
    li, zhao = Actor("li", "inspector"), Actor("zhao", "supervisor")
    case_id = casework.open_case(
        sample_to_change, packet.packet_id, actor=li, at=NOON, reason="patterns agree"
    ).case_id
    app = open_page(sample_to_change, "case", id=case_id, lang="zh")
    [move] = [field for field in app.selectbox if field.label == "步骤"]
    move.set_value("note").run()
    note = Act("note", dt.date(2026, 11, 30), reason="the file has arrived")
    casework.move(sample_to_change, case_id, note, actor=zhao, at=NOON)
    for refused in (True, False):
        [reason] = [field for field in app.text_area if field.label == "理由"]
        if refused:
            reason.set_value("两处记录不一致")
        assert reason.value == "两处记录不一致"
        [submit] = [button for button in app.button if button.label == "办理"]
        submit.click().run()
        assert ("已被他人更新" in html_of(app)) is refused
    assert "两处记录不一致" in html_of(app)
    assert not app.text_area


@pytest.mark.parametrize("page", ["packet", "case"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_address_without_a_packet_or_case_says_so(
    open_page: OpenPage, sample: Path, page: str, language: str
) -> None:
    text = html_of(open_page(sample, page, id="C-1", lang=language))
    assert ("There is no such" in text) is (language == "en")
    assert ("没有这" in text) is (language == "zh")


def test_a_dismissal_until_a_day_waits_for_another_person(
    open_page: OpenPage, sample_to_change: Path
) -> None:
    packet = first_packet(sample_to_change)
    with open_reader(sample_to_change) as reader:
        assert reader is not None
        alert_id = packet_page(reader, packet.packet_id).alerts[0].alert_id
    act = Act(
        "propose_suppression",
        dt.date(2026, 11, 30),
        reason="registered clinic day",
        code="legitimate_explained/clinic_day",
        until=dt.date(2027, 11, 30),
    )
    suppressions.propose(sample_to_change, alert_id, act, actor=Actor("li", "inspector"), at=NOON)
    for page in (("work", {}), ("packet", {"id": packet.packet_id})):
        text = html_of(open_page(sample_to_change, page[0], lang="zh", **page[1]))
        assert "registered clinic day" in text and "待确认" in text


def test_a_packet_and_a_case_offer_their_pack(open_page: OpenPage, sample_to_change: Path) -> None:
    packet = first_packet(sample_to_change)
    opened = casework.open_case(
        sample_to_change, packet.packet_id, actor=Actor("li", "inspector"), at=NOON, reason="patterns agree"
    )
    for page, name in (("packet", packet.packet_id), ("case", opened.case_id)):
        app = open_page(sample_to_change, page, id=name, lang="zh")
        assert "其他单位可核验" in html_of(app)
        assert "证据包" in [button.proto.label for button in app.get("download_button")]
        pack = build_pack(sample_to_change, name, actor=DEMO.actor, at=NOON)
        assert pack_faults(pack.content) == []
