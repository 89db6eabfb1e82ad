"""Taking things away in a browser: a filtered list, a letter, one identity, and an alert on paper."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from playwright.sync_api import Page, expect

from detection.store.queries.alerts import Filters, Row, rows
from detection.store.queries.evidence import evidence
from detection.store.queries.reader import open_reader

pytestmark = pytest.mark.browser
FILTERS = Filters(list="patterns", severity="highly_suspicious")


def about_a_person(workspace: Path) -> Row:
    """An alert about a person with settlements at an institution."""
    with open_reader(workspace) as reader:
        assert reader is not None
        return next(row for row in rows(reader, Filters()) if row.subject_kind == "person" and row.place)


def downloaded(shown: Page, button: str) -> bytes:
    """The file that a button gives."""
    with shown.expect_download() as download:
        shown.get_by_role("button", name=button, exact=True).click()
    return Path(download.value.path()).read_bytes()


def test_a_filtered_list_is_exported_with_the_rows_of_the_screen(
    watched: Any, sample_address: str, sample: Path
) -> None:
    shown = watched.open(
        f"{sample_address}/alerts?list=patterns&severity=highly_suspicious&sort=pool&lang=zh"
    )
    shown.get_by_role("button", name="导出").click()
    content = downloaded(shown, "疑点列表（CSV）").decode("utf-8-sig")
    with open_reader(sample) as reader:
        assert reader is not None
        listed = [row.alert_id for row in rows(reader, FILTERS, sort="pool")]
    written = [row["疑点编号"] for row in csv.DictReader(io.StringIO(content, newline=""))]
    assert written == listed != []
    watched.assert_in_order(sample_address)


def test_a_letter_is_written_from_an_alert(
    watched: Any, address_to_change: str, sample_to_change: Path
) -> None:
    alert = about_a_person(sample_to_change)
    shown = watched.open(f"{address_to_change}/alert?id={alert.alert_id}&lang=zh")
    shown.get_by_role("button", name="导出与打印").click()
    shown.get_by_role("button", name="核查通知书…").click()
    shown.get_by_label("发文单位").fill("南通市医疗保障局")
    shown.get_by_role("button", name="生成通知书").click()
    expect(shown.get_by_role("button", name="下载", exact=True)).to_be_visible()
    letter = docx.Document(io.BytesIO(downloaded(shown, "下载")))
    text = "\n".join(paragraph.text for paragraph in letter.paragraphs)
    assert "核查通知书" in text and "南通市医疗保障局" in text and f"{alert.place}：" in text
    watched.assert_in_order(address_to_change)


def test_one_identity_is_shown_for_a_reason_and_masked_again(
    watched: Any, address_to_change: str, sample_to_change: Path
) -> None:
    alert = about_a_person(sample_to_change)
    shown = watched.open(f"{address_to_change}/alert?id={alert.alert_id}&lang=zh")
    side = shown.locator(".fw-facts b", has_text="P-")
    expect(side).to_have_text(alert.subject)
    shown.get_by_role("button", name="显示真实身份").click()
    shown.get_by_role("button", name="登记并显示").click()
    expect(shown.get_by_text("至少 5 个字").last).to_be_visible()
    shown.get_by_label("事由").last.fill("案件 2024-17")
    shown.get_by_role("button", name="登记并显示").click()
    band = shown.locator(".fw-revealed")
    expect(band).to_contain_text(alert.subject)
    identity = band.locator("b").inner_text()
    expect(shown.locator(".fw-facts b", has_text=identity)).to_be_visible()
    shown.get_by_role("button", name="恢复遮蔽").click()
    expect(side).to_have_text(alert.subject)
    expect(band).to_have_count(0)
    shown.goto(f"{address_to_change}/data?part=log&lang=zh")
    entry = shown.locator("tr", has_text=alert.subject)
    expect(entry).to_contain_text("案件 2024-17")
    assert identity not in entry.inner_text()


def test_an_alert_on_paper_has_all_columns_and_no_menu(
    watched: Any, sample_address: str, sample: Path
) -> None:
    alert = about_a_person(sample)
    with open_reader(sample) as reader:
        assert reader is not None
        behind = evidence(reader, alert.alert_id, page=1, size=20)
    shown = watched.open(f"{sample_address}/alert?id={alert.alert_id}&lang=zh")
    pages = pypdf.PdfReader(io.BytesIO(shown.pdf(prefer_css_page_size=True))).pages
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
    assert alert.alert_id in text and "settlements.csv" in text
    assert [row.settlement for row in behind if row.settlement not in text] == []
    assert [row.source_row for row in behind if f"第{row.source_row}" not in text] == []
    assert [
        word for word in ("方法说明", "显示真实身份", "导出与打印", "处理方式", "English") if word in text
    ] == []
    shown.set_viewport_size({"width": 1040, "height": 720})  # A4 landscape within its margins
    shown.emulate_media(media="print")
    right = "Math.max(...[...document.querySelectorAll('td, th')].map(cell => cell.getBoundingClientRect().right))"
    assert 500 < shown.evaluate(right) <= 1040
    shown.emulate_media(media="screen")
