"""The periodic report: it says what the screens say, its sums are those of its rows, and it names nobody."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from string import Formatter

import docx
import polars as pl
import pypdf
import pytest
from support.sheets import Cell, read_sheets

from detection.alerts.draft import Money
from detection.language.messages import messages
from detection.report.comparison import in_days
from detection.report.content import GROUPS, Content, gather, shared_by_rows
from detection.report.options import Details
from detection.report.period import report_period
from detection.report.sections.money_columns import KINDS
from detection.report.words import Words
from detection.report.writing import ReportFormat, printed, write_printed
from detection.store.queries.filters import Filters
from detection.store.queries.indicators.values import tile
from detection.store.queries.reader import open_store
from detection.store.queries.totals import totals
from features.errors import UsageError
from features.workspace import open_workspace

PERIOD = report_period("2024-Q2")
DETAILS = Details("2024-07-15", issuer="医保局", addressee="联席会议", number="监〔2024〕7号")
ACCUSING = ("fraud", "collusion", "proven", "guilty", "欺诈", "骗保", "套现", "串通", "违法分子")


def written(
    workspace: Path, out: Path, language: str = "en", file_format: ReportFormat = "pdf"
) -> list[Path]:
    report = printed(content_of(workspace, PERIOD.name), DETAILS, language)
    return write_printed(report, file_format=file_format, out=out)


def content_of(workspace: Path, period: str) -> Content:
    with open_store(open_workspace(workspace)) as reader:
        return gather(reader, report_period(period))


@pytest.fixture(scope="module")
def pages(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF and its annex, in English."""
    out = tmp_path_factory.mktemp("report") / "report.pdf"
    written(finished, out)
    return out


@pytest.fixture(scope="module")
def content(finished: Path) -> Content:
    return content_of(finished, PERIOD.name)


def text_of(pdf: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages)


def annex_of(pdf: Path) -> dict[str, list[list[Cell]]]:
    return read_sheets(pdf.with_name(f"{pdf.stem}-annex.xlsx"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_first_page_concludes_and_recommends(finished: Path, tmp_path: Path, language: str) -> None:
    out = tmp_path / "report.pdf"
    assert written(finished, out, language) == [out, tmp_path / "report-annex.xlsx"]
    first = pypdf.PdfReader(out).pages[0].extract_text().replace("\n", "").replace(" ", "")
    words = messages(language, "report")
    for name in ("report.title.quarter", "report.conclusions", "report.recommendations"):
        assert words[name].replace(" ", "") in first
    for detail in ("医保局", "联席会议", "监〔2024〕7号", "2024"):
        assert detail in first


def test_money_of_quarters_adds_up_to_the_year(finished: Path) -> None:
    """By the settlements' own days, within each kind; the data have two quarters of the year."""
    year, *quarters = (content_of(finished, name) for name in ("2024", "2024-Q1", "2024-Q2"))
    with open_store(open_workspace(finished)) as reader:
        later = totals(reader, in_days(report_period("2024-H2")))
    for name in GROUPS:
        for kind in KINDS:
            parts = [quarter.group(name).totals.of(kind) for quarter in quarters]
            whole = Money(sum(part.pool for part in parts), sum(part.account for part in parts))
            assert year.group(name).totals.of(kind) == whole
    assert year.group("suspicion").totals.at_issue != Money()
    assert later.at_issue == later.in_question == Money()
    alerts = [quarter.group("suspicion").totals.alerts for quarter in quarters]
    assert sum(alerts) > year.group("suspicion").totals.alerts  # an alert may span both, which the text says
    assert "several periods" in Words("en")("report.method.period")


def test_figures_are_those_of_the_screens(finished: Path, content: Content) -> None:
    """Each total is that of the list of alerts with the same filters; detectors and districts miss nothing."""
    with open_store(open_workspace(finished)) as reader:
        for group in content.groups:
            filters = Filters(list=group.name, start="2024-04-01", end="2024-06-30")
            assert group.totals == totals(reader, filters)
            assert sum(item.totals.alerts for item in group.by_detector) == group.totals.alerts
            assert sum(item.totals.alerts for item in group.by_district) == group.totals.alerts
            for item in group.by_detector:
                assert item.totals == totals(reader, replace(filters, detector=item.key))
    assert content.group("suspicion").totals.alerts > 0
    assert sum(content.handled.values()) >= content.group("suspicion").totals.alerts


def test_rows_less_what_they_share_are_the_total(content: Content) -> None:
    for group in content.groups:
        again = shared_by_rows(group.totals, group.by_detector)
        for kind in KINDS:
            rows = sum(item.totals.of(kind).amount for item in group.by_detector)
            assert rows - again.of(kind).amount == group.totals.of(kind).amount


def test_the_only_alert_of_a_type_has_the_money_of_its_row(content: Content) -> None:
    single = {item.key: item for item in content.group("suspicion").by_detector if item.totals.alerts == 1}
    lines = [line for line in content.alerts if line.row.detector in single and line.row.status == "new"]
    assert lines
    for line in lines:
        kind = line.row.money_kind
        assert kind == "context" or single[line.row.detector].totals.of(kind) == line.money


def test_agency_errors_are_signed_and_apart(content: Content) -> None:
    whole, net = content.owed_in_all, content.group("agency").totals.at_issue
    assert content.owed
    assert min(whole.to_fund.amount, whole.to_insured.amount) >= 0
    assert whole.to_fund.pool - whole.to_insured.pool == net.pool
    assert whole.to_fund.account - whole.to_insured.account == net.account


def test_the_annex_adds_up_and_has_every_alert(pages: Path, content: Content) -> None:
    words, annex = Words("en"), annex_of(pages)
    rows = [
        row for row in annex[words("report.sheet.detectors")] if len(row) == 8 and isinstance(row[4], float)
    ]
    assert rows
    for group in content.groups:
        own = [row for row in rows if row[2] == words(f"report.list.{group.name}")]
        for column in range(3, 8):
            parts = [float(row[column] or 0) for row in own]
            assert sum(parts[:-1]) == pytest.approx(parts[-1], abs=0.001)
        assert own[-1][4] == group.totals.at_issue.pool / 100
    alerts = annex[words("report.sheet.alerts")][2:]
    assert [row[0] for row in alerts if row] == [line.row.alert_id for line in content.alerts]
    assert all(isinstance(row[0], str) and isinstance(row[13], float) for row in alerts if row)


def test_a_row_of_the_annex_has_a_cell_for_each_column_also_of_a_list_without_alerts(
    content: Content,
) -> None:
    empty = replace(
        content, groups=tuple(replace(group, by_detector=(), by_district=()) for group in content.groups)
    )
    sheets = printed(empty, DETAILS, "zh").sheets
    assert any(row[0] == "合计" for sheet in sheets for row in sheet.rows)
    assert [sheet.name for sheet in sheets if {len(row) for row in sheet.rows} - {len(sheet.columns)}] == []


def test_indicators_are_those_of_the_period(finished: Path) -> None:
    """A month's report has the month's values of the screens; of other lengths, its own months together."""
    month, quarter = content_of(finished, "2024-06"), content_of(finished, "2024-Q2")
    shown = [line for line in month.indicators if line.now.value and line.now.value.value is not None]
    assert len(shown) > 3
    with open_store(open_workspace(finished)) as reader:
        for line in shown:
            assert line.now.value == tile(reader, line.card.name, line.now.window).point.value
    sums = {line.card.name: line for line in quarter.indicators}
    longer = [line for line in shown if sums[line.card.name].now.start == "2024-04"]
    assert longer
    for line in longer:
        value = sums[line.card.name].now.value
        assert line.now.value is not None
        assert value is None or (value.units or 0) >= (line.now.value.units or 0)


def test_what_does_not_exist_says_so(content: Content, finished: Path) -> None:
    """The year before has no data; no two windows overlap."""
    assert [each.totals is None for each in content.earlier] == [False, True]
    text = str(printed(content, DETAILS, "en").document)
    assert "nothing to compare with for the same period a year before (2023-Q2)" in text
    assert "Found, whatever became of it since, compared with the period before (2024-Q1)" in text
    assert [each.period.name for each in content_of(finished, "2024").earlier] == ["2023"]
    for line in content.indicators:
        assert line.before is None or line.before.end < line.now.start
        assert line.year_before.end < line.now.start


def test_no_real_id_and_no_accusing_word(finished: Path, small_city: Path, content: Content) -> None:
    people = pl.read_parquet(small_city / "persons.parquet")["person_id"]
    for language in ("en", "zh"):
        text = str(printed(content, DETAILS, language))
        assert len(text) > 10_000
        assert not [person for person in people if person in text]
        assert not [word for word in ACCUSING if word in text.lower()]


def test_no_reason_is_cut_and_yuan_columns_have_no_sign(content: Content) -> None:
    document = printed(content, DETAILS, "zh").document
    reasons = {row.reason.zh for row in content.limited}
    cells = {
        cell for section in document.sections if section.table for row in section.table.rows for cell in row
    }
    assert reasons
    assert reasons <= cells
    for section in document.sections:
        for place, heading in enumerate(section.table.columns if section.table else ()):
            if "（元）" in heading:
                assert section.table
                assert not [row for row in section.table.rows if "¥" in row[place] or "-" in row[place]]


@pytest.mark.parametrize("file_format", ["pdf", "docx", "xlsx"])
def test_the_same_input_gives_the_same_bytes(
    finished: Path, tmp_path: Path, file_format: ReportFormat
) -> None:
    again = shutil.copytree(finished, tmp_path / "moved")
    first = written(finished, tmp_path / f"a.{file_format}", "zh", file_format)
    second = written(again, tmp_path / f"b.{file_format}", "zh", file_format)
    assert [item.read_bytes() for item in first] == [item.read_bytes() for item in second]


def test_word_has_headings_and_says_the_same(finished: Path, content: Content, tmp_path: Path) -> None:
    written(finished, tmp_path / "report.docx", "zh", "docx")
    made = docx.Document(str(tmp_path / "report.docx"))
    document = printed(content, DETAILS, "zh").document
    headings = [part.text for part in made.paragraphs if part.style and part.style.name == "Heading 1"]
    assert headings == [section.heading for section in document.sections]
    cells = {cell.text for table in made.tables for row in table.rows for cell in row.cells}
    expected = {
        cell for section in document.sections if section.table for row in section.table.rows for cell in row
    }
    assert expected <= cells


def test_a_file_that_exists_is_not_replaced(finished: Path, tmp_path: Path) -> None:
    (tmp_path / "report-annex.xlsx").write_text("mine")
    with pytest.raises(UsageError, match="exists"):
        written(finished, tmp_path / "report.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["report-annex.xlsx"]


def test_a_period_without_data_is_refused(finished: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no day of 2019-Q1"):
        content_of(finished, "2019-Q1")


def test_a_part_of_a_period_says_so_and_is_not_compared(finished: Path) -> None:
    content = content_of(finished, "2024")
    assert (content.covered_days, content.period.days) == (182, 366)
    text = str(printed(content, DETAILS, "en").document)
    assert "182 of the 366 days" in text
    assert "Not compared with" in text


def test_a_missing_folder_is_reported(finished: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        written(finished, tmp_path / "nowhere" / "report.pdf")


def test_both_languages_say_everything() -> None:
    english, chinese = messages("en", "report"), messages("zh", "report")
    assert english.keys() == chinese.keys()

    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    assert [item for item in english if places(english[item]) != places(chinese[item])] == []
