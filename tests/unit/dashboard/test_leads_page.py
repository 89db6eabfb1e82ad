"""The page of outside leads: a file is looked at and imported, the queue is filtered, a lead shows what came."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from support.lead_files import NOON, SENDER, WANG, ZHAO, lead_file
from support.signing_in import add_user

from dashboard.wording import catalogue
from detection.accounts.rights import Role
from detection.followup.outside.importing import import_leads
from detection.store.queries.casework.packets import PacketFilters, packets
from detection.store.queries.reader import open_reader

OpenPage = Callable[..., AppTest]
TEXT = "多次购药后转卖"


def html_of(app: AppTest) -> str:
    assert not app.exception
    kinds = (app.html, app.markdown, app.caption, app.error, app.success, app.warning)
    return "\n".join(str(piece.value) for kind in kinds for piece in kind)


def institutions(workspace: Path) -> list[str]:
    """Names of institutions with a packet."""
    with open_reader(workspace) as reader:
        assert reader is not None
        return [
            each.subject for each in packets(reader, PacketFilters("institutions")) if each.kind == "provider"
        ]


def brought_in(workspace: Path, *rows: dict[str, str]) -> None:
    import_leads(workspace, lead_file(*rows), "leads.csv", sender=SENDER, actor=WANG, at=NOON)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_without_leads_says_how_they_come(open_page: OpenPage, sample: Path, language: str) -> None:
    page = html_of(open_page(sample, "leads", lang=language))
    assert catalogue(language)["leads.none"] in page


def test_a_file_is_looked_at_and_imported_at_the_screen(open_page: OpenPage, sample_to_change: Path) -> None:
    name = institutions(sample_to_change)[0]
    app = open_page(sample_to_change, "leads", lang="zh")
    [sender] = [field for field in app.text_input if field.label == "整个文件的来文单位"]
    sender.set_value(SENDER)
    content = lead_file({"institution": name, "text": TEXT}, {"kind": "self_report"})
    [upload] = app.file_uploader
    upload.set_value(("leads.csv", content, "text/csv")).run()
    page = html_of(app)
    assert "已关联疑点包 1 条" in page and "未写明对象 1 条" in page
    assert TEXT not in page
    [confirm] = [button for button in app.button if button.label == "导入 2 条线索"]
    confirm.click().run()
    page = html_of(app)
    assert "已导入 2 条线索" in page and SENDER in page and "packet?id=institutions.I-" in page


def test_a_file_with_problems_is_not_imported(open_page: OpenPage, sample_to_change: Path) -> None:
    app = open_page(sample_to_change, "leads", lang="zh")
    [upload] = app.file_uploader
    upload.set_value(("leads.csv", lead_file({"kind": "rumor"}), "text/csv")).run()
    page = html_of(app)
    assert "第 2 行，线索类型" in page and "没有来文单位" in page
    assert [button for button in app.button if button.label.startswith("导入 ")] == []


def test_the_queue_is_filtered_by_its_address(open_page: OpenPage, sample_to_change: Path) -> None:
    brought_in(sample_to_change, {"deadline": "2026-11-24"})
    later = lead_file({"sender_number": "n-2", "received_on": "2126-11-20", "deadline": "2126-11-24"})
    when = "2126-11-20T12:00:00"
    import_leads(sample_to_change, later, "leads.csv", sender=SENDER, actor=WANG, at=when)
    page = html_of(open_page(sample_to_change, "leads", lang="en", due="overdue"))
    assert "L-2026-0001" in page and "L-2126-0001" not in page
    assert "1 of them overdue" in page and 'class="fw-over"' in page
    page = html_of(open_page(sample_to_change, "leads", lang="en", sender="nobody"))
    assert catalogue("en")["leads.filtered"] in page


def test_a_lead_shows_what_came_with_it_and_an_institution_is_chosen(
    open_page: OpenPage, sample_to_change: Path
) -> None:
    name = institutions(sample_to_change)[0]
    brought_in(sample_to_change, {"institution": f"{name}x", "text": TEXT, "amount_claimed": "1234.5"})
    app = open_page(sample_to_change, "case", id="L-2026-0001", lang="zh")
    page = html_of(app)
    assert TEXT in page and "1,234.50" in page and SENDER in page
    [which] = app.radio
    which.set_value(which.options[0]).run()
    [reason] = [field for field in app.text_input if field.label == "理由"]
    reason.set_value("地址与来文一致").run()
    [choose] = [button for button in app.button if button.label == "确认为此对象"]
    choose.click().run()
    page = html_of(app)
    assert "已关联疑点包" in page and "地址与来文一致" in page
    assert not app.radio


def test_a_lead_without_a_match_is_attached_to_a_packet_that_is_searched_for(
    open_page: OpenPage, sample_to_change: Path
) -> None:
    name = institutions(sample_to_change)[0]
    brought_in(sample_to_change, {"text": TEXT})
    app = open_page(sample_to_change, "case", id="L-2026-0001", lang="zh")
    assert not app.radio
    [search] = [field for field in app.text_input if field.label == "查找疑点包或对象"]
    search.set_value("no such institution").run()
    assert "数据中没有相符的对象" in "".join(each.value for each in app.caption) and not app.radio
    [search] = [field for field in app.text_input if field.label == "查找疑点包或对象"]
    search.set_value(name).run()
    [which] = app.radio
    which.set_value(which.options[0]).run()
    [reason] = [field for field in app.text_input if field.label == "理由"]
    reason.set_value("地址与来文一致").run()
    [choose] = [button for button in app.button if button.label == "确认为此对象"]
    choose.click().run()
    assert "已关联疑点包" in html_of(app)


def test_readers_do_not_see_what_senders_wrote(open_page: OpenPage, sample_to_change: Path) -> None:
    brought_in(sample_to_change, {"text": TEXT})
    add_user(sample_to_change, "wu", Role.reader)
    app = open_page(sample_to_change, "case", signed_in_as="wu", id="L-2026-0001", lang="zh")
    assert TEXT not in html_of(app)
    app = open_page(sample_to_change, "leads", signed_in_as="wu", lang="zh")
    assert SENDER not in html_of(app)
    assert ZHAO.role == "supervisor"
