"""Ten tasks of an auditor's day, from the first screen, in at most six clicks each (docs/screens.md)."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import polars as pl
import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from python_calamine import CalamineWorkbook
from support.alert_acts import EXPLAINED
from support.cities import frames
from support.screens import server, settle
from support.signing_in import LI

from detection.cases.second_review import second_review
from detection.followup.acts import act
from detection.store.queries.alerts import Filters, Row, rows
from detection.store.queries.evidence import evidence, evidence_count
from detection.store.queries.reader import open_reader

pytestmark = pytest.mark.browser
MOST_CLICKS = 6


@dataclass
class Desk:
    """A page on which clicks are counted; typing a text and pressing Enter is one."""

    page: Page
    clicks: int = 0

    def click(self, target: Locator) -> None:
        target.click()
        self.clicks += 1
        settle(self.page)

    def search(self, text: str) -> None:
        box = self.page.locator('[data-testid="stSidebar"] input[type="text"]')
        box.fill(text)
        box.press("Enter")
        self.clicks += 1
        expect(self.page).not_to_have_url(re.compile(r"/\?lang=zh$"))
        settle(self.page)

    def menu(self, name: str) -> None:
        self.click(self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=name))

    def follow(self, target: str) -> str:
        """Click the first link to a page of this kind; gives the id that it leads to."""
        link = self.page.locator(f'.stHtml a[href^="{target}?id="]').first
        address = link.get_attribute("href") or ""
        self.click(link)
        expect(self.page).to_have_url(re.compile(rf"/{target}\?id="))
        return address.split("id=")[1].split("&")[0]

    def file(self, button: Locator) -> bytes:
        with self.page.expect_download() as download:
            self.click(button)
        return Path(download.value.path()).read_bytes()

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)


@pytest.fixture(scope="module")
def workspace(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run city of this module's own, as some tasks act."""
    return shutil.copytree(finished, tmp_path_factory.mktemp("tasks") / "finished")


@pytest.fixture(scope="module")
def address(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with server(workspace, tmp_path_factory.mktemp("tasks") / "log") as shown:
        yield shown


@pytest.fixture
def desk(address: str, browser: Browser) -> Iterator[Desk]:
    """The first screen; afterwards, the clicks of the task are compared with what it may take."""
    page = browser.new_page(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    page.goto(f"{address}/?lang=zh")
    settle(page)
    done = Desk(page)
    yield done
    page.close()
    assert done.clicks <= MOST_CLICKS


def listed(workspace: Path, **filters: str) -> list[Row]:
    with open_reader(workspace) as reader:
        assert reader is not None
        return list(rows(reader, Filters(**filters)))


def person_who_died(city: Path) -> str:
    """A person with a day of death and settlements."""
    tables = frames(city)
    died = tables["persons"].filter(pl.col("death_date").is_not_null())
    return str(died.join(tables["settlements"], on="person_id", how="semi").sort("person_id")["person_id"][0])


def test_an_institutions_worst_pattern_and_its_proof(desk: Desk) -> None:
    desk.follow("institution")
    desk.follow("alert")
    expect(desk.page.get_by_text("结算号").first).to_be_visible()


def test_where_the_card_of_a_dead_person_was_used(desk: Desk, small_city: Path) -> None:
    desk.search(person_who_died(small_city))
    expect(desk.page).to_have_url(re.compile(r"/person\?id="))
    expect(desk.page.locator('.stHtml a[href^="institution?id="]').first).to_be_visible()
    expect(desk.page.get_by_text("死亡日期").first).to_be_visible()


def test_who_else_used_an_account(desk: Desk) -> None:
    desk.menu("家庭共济")
    owner = desk.follow("account")
    others = desk.page.locator('.stHtml a[href^="person?id="]', has_not_text=owner)
    expect(others.first).to_be_visible()


def test_the_list_of_a_district_for_the_prefecture(desk: Desk) -> None:
    desk.menu("疑点列表")
    desk.click(desk.button("更多筛选"))
    district = desk.page.get_by_test_id("stMultiSelect").filter(has_text="区县")
    desk.click(district.get_by_role("combobox"))
    desk.page.keyboard.press("ArrowDown")
    desk.page.keyboard.press("Enter")
    expect(desk.page).to_have_url(re.compile("district="))
    settle(desk.page)
    desk.page.keyboard.press("Escape")
    desk.click(desk.button("导出"))
    content = desk.file(desk.button("疑点列表（Excel）"))
    shown = desk.page.locator(".fw-ribbon", has_text="疑点").locator("b").first.inner_text()
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert len(sheet) - 1 == int(shown) > 0  # the first row has the headings


def test_a_settlement_by_its_number(desk: Desk, workspace: Path, small_city: Path) -> None:
    with open_reader(workspace) as reader:
        assert reader is not None
        alert = next(row for row in rows(reader, Filters()) if evidence_count(reader, row.alert_id))
        [cited] = evidence(reader, alert.alert_id, page=1, size=1)
        ids = frames(small_city)["settlements"]["settlement_id"]
        number = next(each for each in ids if reader.identity("settlement", each) == cited.settlement)
    desk.search(number)
    if "/alert?" not in desk.page.url:
        desk.click(desk.page.locator('.stHtml a[href*="alert?id="]').first)
    expect(desk.page.locator(".fw-seen")).to_be_visible()


def test_who_a_person_is_for_a_reason(desk: Desk, workspace: Path) -> None:
    alert = next(row for row in listed(workspace) if row.subject_kind == "person")
    desk.search(alert.alert_id)
    desk.click(desk.button("显示真实身份"))
    desk.page.get_by_label("事由").last.fill("案件 2024-17")
    desk.click(desk.button("登记并显示"))
    expect(desk.page.locator(".fw-revealed")).to_contain_text(alert.subject)


def test_a_letter_to_an_institution(desk: Desk) -> None:
    desk.follow("institution")
    desk.follow("alert")
    desk.click(desk.button("导出与打印"))
    desk.click(desk.button("核查通知书…"))
    desk.page.get_by_label("发文单位").fill("南通市医疗保障局")
    desk.click(desk.button("生成通知书"))
    letter = docx.Document(io.BytesIO(desk.file(desk.button("下载"))))
    assert any("核查通知书" in paragraph.text for paragraph in letter.paragraphs)


def test_what_could_not_be_assessed_and_why(desk: Desk) -> None:
    desk.click(desk.page.locator(".fw-ribbon a", has_text="无法评估").first)
    expect(desk.page.locator("h1")).to_have_text("数据情况")
    expect(desk.page.get_by_text(re.compile("缺少")).first).to_be_visible()


def test_which_institutions_moved_an_indicator(desk: Desk) -> None:
    desk.menu("基金风险")
    desk.click(desk.page.locator("a.fw-tile", has_text="目录外自费占比"))
    expect(desk.page).to_have_url(re.compile("indicator=self_pay_share"))
    expect(desk.page.locator("a.fw-chosen", has_text="目录外自费占比")).to_be_visible()
    settle(desk.page)
    desk.click(desk.page.get_by_text("分组与机构", exact=True).last)
    expect(desk.page).to_have_url(re.compile("view=cut"))
    expect(desk.page.locator('a[href*="institution?id="]').first).to_be_visible()


def test_a_dismissal_is_taken_back(workspace: Path, desk: Desk) -> None:
    alert = next(row for row in listed(workspace) if not second_review(row.alert_id, row.pool, row.account))
    done = act(
        workspace,
        [alert.alert_id],
        actor=LI,
        action="dismiss",
        note="误操作所致",
        code=EXPLAINED,
        at="2026-11-30T09:00:00",
    )
    assert done.done == (alert.alert_id,)
    desk.search(alert.alert_id)
    desk.click(desk.page.get_by_label("处理方式"))
    desk.click(desk.page.get_by_role("option", name="重新打开"))
    desk.page.get_by_label("理由").fill("误操作，恢复")
    desk.click(desk.button("确定"))
    desk.click(desk.page.get_by_role("dialog").get_by_role("button", name="确认"))
    expect(desk.page.get_by_role("dialog")).to_have_count(0)  # it shows the reason before anything is done
    expect(desk.page.get_by_text("误操作，恢复").first).to_be_visible()
    [again] = listed(workspace, text=alert.alert_id)
    assert again.status == "new"
