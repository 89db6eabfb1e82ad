"""Faults of the review that are about figures and reports, in both languages, at 1440×900 and 1280×720.

Data of fourteen months: windows of twelve months overlap, and two months have the same month of the year before.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pypdf
import pytest
from PIL import Image
from playwright.sync_api import Page
from support.windows import WINDOWS, in_windows, opened

from dashboard.wording import catalogue
from detection.indicators.card import SCREENS
from detection.indicators.catalogue import indicators
from detection.language.formats import formats
from detection.language.messages import messages
from detection.report.content import gather
from detection.report.options import Details
from detection.report.period import report_period
from detection.report.writing import printed, write_printed
from detection.store.queries.indicators import values as queries
from detection.store.queries.reader import open_store
from features.workspace import open_workspace

pytestmark = pytest.mark.browser
both_languages = pytest.mark.parametrize("language", ["zh", "en"])
YEAR = ("2023-07-01", "2024-06-30")
QUARTERS = (
    ("2023-07-01", "2023-09-30"),
    ("2023-10-01", "2023-12-31"),
    ("2024-01-01", "2024-03-31"),
    ("2024-04-01", "2024-06-30"),
)
LAST, YEAR_BEFORE = "2024-06", "2023-06"
_KINDS = ("at_issue", "in_question", "context")
_EXACT = """element => {
  const copy = element.cloneNode(true);
  copy.querySelectorAll('.fw-num').forEach(sum => { sum.textContent = sum.title; });
  copy.querySelectorAll('br').forEach(end => { end.replaceWith('\\n'); });
  return copy.textContent;
}"""
"""The text of a band with every sum to the fen."""
_SUM = re.compile(r"(−?)(?:CN)?¥([\d,]+\.\d\d)")
_IN_BRACKETS = re.compile(r"[(（][^)）]*[)）]")
_COUNT = re.compile(r"^\d[\d,]*$")
_FEW = 10
_LOOKS, _LOOK_MILLISECONDS = 60, 250
_BAND, _MOST_LINES = 24, 0.8
"""Height of a line in pixels, and the share of the sheet's lines that have text."""
_DARK, _WHITE = 150, 240
Money = Counter[tuple[str, str, int]]


def money_of(page: Page, words: Mapping[str, str]) -> tuple[int, Money]:
    """How many alerts a list has, and its money in fen by part of the list, kind and fund."""
    lines = str(page.locator(".fw-ribbon", has_text="¥").last.evaluate(_EXACT)).splitlines()
    money: Money = Counter()
    for line in lines[1:]:
        plain = _IN_BRACKETS.sub("", line)
        part = re.split("[:：]", plain)[0]
        for kind in _KINDS:
            _, named, after = plain.partition(words[f"money_kind.{kind}"])
            sums = _SUM.findall(after)[:2] if named else ()
            for fund, (minus, figure) in enumerate(sums):
                money[part, kind, fund] = (-1 if minus else 1) * int(re.sub(r"\D", "", figure))
    return int(re.findall(r"\d+", lines[0])[0]), money


@both_languages
def test_f6_money_of_a_period_is_that_of_its_own_settlements(
    shown: Page, long_address: str, language: str
) -> None:
    words = catalogue(language)
    counts: dict[tuple[str, str], int] = {}
    sums: dict[tuple[str, str], Money] = {}
    for start, end in (YEAR, *QUARTERS):
        page = opened(shown, f"{long_address}/alerts?list=all&start={start}&end={end}&lang={language}")
        for _ in in_windows(page):
            assert page.get_by_text(words["alerts.totals.period"]).is_visible()
            counts[start, end], sums[start, end] = money_of(page, words)
    of_quarters: Money = Counter()
    for quarter in QUARTERS:
        of_quarters.update(sums[quarter])
    assert sums[YEAR] == of_quarters
    assert {kind for (_, kind, _), fen in sums[YEAR].items() if fen} >= {"at_issue", "in_question"}
    assert sum(counts[quarter] for quarter in QUARTERS) > counts[YEAR], "no alert is in two quarters"


@both_languages
def test_f10_periods_that_are_compared_do_not_overlap(shown: Page, long_address: str, language: str) -> None:
    words, month = catalogue(language), formats(language).month
    of_year = words["indicator.against.month"].format(month=month(LAST))
    of_month = words["indicator.against"].format(period=month(YEAR_BEFORE))
    for kind, against in (("rolling12", of_year), ("month", of_month)):
        texts: list[str] = []
        for screen in SCREENS:
            page = opened(shown, f"{long_address}/{screen}?kind={kind}&lang={language}")
            for _ in in_windows(page):
                texts += page.locator("a.fw-tile .fw-change").all_inner_texts()
        compared = [text for text in texts if text != words["indicator.against.none"]]
        assert len(compared) > 8
        assert [text for text in compared if not text.endswith(against)] == []


@both_languages
def test_f10_a_change_is_never_zero_by_rounding(
    shown: Page, long_run: Path, long_address: str, language: str
) -> None:
    tile = smallest_change(long_run)
    change = abs(float(tile.change or 0))
    assert 0 < change < 0.005, "a usual number of digits would show it"
    address = f"{tile.card.screen}?indicator={tile.card.name}&window={tile.point.window}&lang={language}"
    page = opened(shown, f"{long_address}/{address}")
    for _ in in_windows(page):
        text = page.locator(".fw-figures b").first.inner_text()
        assert re.search("[1-9]", text) and text[0] in "▲▼", text


def smallest_change(workspace: Path) -> queries.Tile:
    """The month and indicator with the smallest change since the month before, of those with two decimals."""
    with open_store(open_workspace(workspace)) as reader:
        tiles = [
            queries.tile(reader, name, point.window)
            for name, indicator in indicators().items()
            if indicator.card.unit == "times"
            for point in queries.trend(reader, name)
        ]
    return min((tile for tile in tiles if tile.change), key=lambda tile: abs(float(tile.change or 0)))


@both_languages
def test_f11_no_numerator_is_of_fewer_than_ten_people(shown: Page, long_address: str, language: str) -> None:
    withheld = catalogue(language)["sufficiency.withheld"]
    unprotected: list[str] = []
    lists: list[str] = []
    cells = 0
    for screen in SCREENS:
        page = opened(shown, f"{long_address}/{screen}?kind=rolling12&lang={language}")
        counted = []
        for tile in page.locator("a.fw-tile").all():
            address, numerator = str(tile.get_attribute("href")), tile.locator(".fw-sub").inner_text()
            unprotected += [f"{address}: {numerator}"] if is_few(numerator.split(" / ")[0]) else []
            lists += [address] if withheld in tile.inner_text() else []
            counted += [address] if "¥" not in numerator and " / " in numerator else []
        for address in counted:
            page = opened(shown, f"{long_address}/{address}&view=cut&cells=all")
            for _ in in_windows(page):
                rows = [row.locator("td").all_inner_texts() for row in page.locator("tbody tr").all()]
                unprotected += [f"{address}: {row}" for row in rows if is_few(row[2])]
                cells += sum(withheld in row[-1] for row in rows)
    assert unprotected == []
    assert cells and lists, "nothing was withheld: the test proves nothing"
    page = opened(shown, f"{long_address}/{lists[0]}&view=list")
    for _ in in_windows(page):
        assert page.get_by_text(catalogue(language)["indicator.list.withheld"]).is_visible()
        marks = {row.locator("td").nth(-2).inner_text() for row in page.locator("tbody tr").all()}
        assert marks == {"–"}, "the list names those who count"


def is_few(numerator: str) -> bool:
    """Whether it is a count below the bound; money and dashes are none."""
    return bool(_COUNT.match(numerator)) and 0 < int(numerator.replace(",", "")) < _FEW


@both_languages
def test_f20_the_report_opens_with_conclusions_and_the_money_of_the_screen(
    shown: Page, long_run: Path, long_address: str, tmp_path: Path, language: str
) -> None:
    words, texts = catalogue(language), messages(language, "report")
    page = opened(
        shown, f"{long_address}/alerts?list=all&start={QUARTERS[-1][0]}&end={YEAR[1]}&lang={language}"
    )
    _, money = money_of(page, words)
    people = next(part for part, kind, _ in money if kind == "in_question")
    sums = [fen for (part, kind, _), fen in money.items() if part == people and kind != "context"]
    file = report(long_run, "2024-Q2", language, tmp_path / "report.pdf")
    first = re.sub(r"\s", "", pypdf.PdfReader(file).pages[0].extract_text())
    for heading in ("report.title.quarter", "report.conclusions", "report.recommendations"):
        assert re.sub(r"\s", "", texts[heading]) in first
    assert len(sums) == 4 and [fen for fen in sums if f"¥{fen / 100:,.2f}" not in first] == []
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{file.as_uri()}#toolbar=0&navpanes=0&view=Fit")
        assert is_full(page), f"the first page of the report is not full at {width}"


def report(workspace: Path, period: str, language: str, file: Path) -> Path:
    """The report of a period as PDF; nothing is recorded."""
    with open_store(open_workspace(workspace)) as reader:
        content = gather(reader, report_period(period))
    write_printed(printed(content, Details("2024-07-15"), language), file_format="pdf", out=file)
    return file


def ends(picture: Image.Image) -> tuple[float, float]:
    """The darkest and the brightest of a picture in gray, from 0 to 255."""
    low, high = picture.getextrema()
    assert isinstance(low, int | float) and isinstance(high, int | float)
    return low, high


def is_full(page: Page) -> bool:
    """Whether most lines of the sheet in the middle of the window have something written, once it is there."""
    for _ in range(_LOOKS):
        picture = Image.open(io.BytesIO(page.screenshot())).convert("L")
        middle = picture.crop((picture.width * 2 // 5, 0, picture.width * 3 // 5, picture.height))
        bands = [middle.crop((0, top, middle.width, top + _BAND)) for top in range(0, middle.height, _BAND)]
        written = sum(low < _DARK and high > _WHITE for low, high in map(ends, bands))
        if written > _MOST_LINES * len(bands):
            return True
        page.wait_for_timeout(_LOOK_MILLISECONDS)  # the viewer of the browser says nowhere that it is ready
    return False
