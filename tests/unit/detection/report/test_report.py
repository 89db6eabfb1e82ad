"""The periodic report: three pages and an annex that say what the screens say, and name nobody."""

from __future__ import annotations

import shutil
from pathlib import Path
from string import Formatter

import docx
import polars as pl
import pypdf
import pytest
from support.sheets import Cell, read_sheets

from detection.indicators.card_files import indicator_cards
from detection.language.messages import messages
from detection.report.content import Content, gather
from detection.report.period import report_period
from detection.report.words import Words
from detection.report.writing import ReportFormat, write_report
from detection.store.queries.alerts import rows
from detection.store.queries.filters import Filters
from detection.store.queries.indicators.values import grid, tile, trend
from detection.store.queries.reader import open_store
from detection.store.queries.totals import totals
from features.errors import UsageError
from features.workspace import open_workspace

PERIOD = report_period("2024-Q2")


def written(
    workspace: Path, out: Path, language: str = "en", file_format: ReportFormat = "pdf"
) -> list[Path]:
    return write_report(
        open_workspace(workspace), PERIOD, language=language, file_format=file_format, out=out
    )


@pytest.fixture(scope="module")
def pages(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF and its annex, in English."""
    out = tmp_path_factory.mktemp("report") / "report.pdf"
    written(finished, out)
    return out


@pytest.fixture(scope="module")
def content(finished: Path) -> Content:
    with open_store(open_workspace(finished)) as reader:
        return gather(reader, PERIOD)


def text_of(pdf: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages)


def annex_of(pdf: Path) -> dict[str, list[list[Cell]]]:
    return read_sheets(pdf.with_name(f"{pdf.stem}-annex.xlsx"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_report_has_three_pages(finished: Path, tmp_path: Path, language: str) -> None:
    out = tmp_path / "report.pdf"
    assert written(finished, out, language) == [out, tmp_path / "report-annex.xlsx"]
    assert len(pypdf.PdfReader(out).pages) == 3
    assert messages(language, "report")["report.simulated"][:20] in text_of(out)


def test_the_figures_are_those_of_the_screens(finished: Path, content: Content) -> None:
    """Each total is that of the list of alerts with the same filters; detectors and districts miss nothing."""
    period = {"start": "2024-04-01", "end": "2024-06-30"}
    with open_store(open_workspace(finished)) as reader:
        for group in content.groups:
            assert group.totals == totals(reader, Filters(list=group.name, **period))
            assert sum(item.totals.alerts for item in group.by_detector) == group.totals.alerts
            assert sum(item.totals.alerts for item in group.by_district) == group.totals.alerts
            for item in group.by_detector:
                assert item.totals == totals(reader, Filters(list=group.name, detector=item.key, **period))
        everything = totals(reader, Filters(**period))
    assert content.groups[0].totals.alerts > 0
    assert sum(item.totals.alerts for item in content.groups) == everything.alerts
    assert sum(cell.alerts for cell in content.cells) == everything.alerts


def test_the_annex_adds_up_to_its_totals(pages: Path, content: Content) -> None:
    rows = [row for row in annex_of(pages)["By type"] if len(row) == 6 and isinstance(row[3], float)]
    for group in content.groups:
        own = [row for row in rows if row[2] == Words("en")(f"report.list.{group.name}")]
        again = [row for row in rows if row[0] == Words("en")("report.again")]
        parts = own[:-1] + (again if group is content.groups[0] else [])
        for column in (3, 4, 5):
            assert sum(float(row[column] or 0) for row in parts) == pytest.approx(own[-1][column], abs=0.001)
        assert [own[-1][3], own[-1][4]] == [group.totals.alerts, group.totals.at_issue.pool / 100]


def test_the_indicators_are_those_of_the_screens(finished: Path, pages: Path) -> None:
    rows = {str(row[2]): row for row in annex_of(pages)["Indicators"][2:] if len(row) > 2}
    with open_store(open_workspace(finished)) as reader:
        assert set(rows) == set(indicator_cards())
        checked = 0
        for item in grid(reader, kind="month"):
            window = f"{'rolling12' if trend(reader, item.card.name, 'rolling12') else 'month'}:2024-06"
            value = tile(reader, item.card.name, window).point.value
            row = [*rows[item.card.name], *[None] * 6][:9]
            if value is None or value.numerator is None or value.denominator is None:
                assert row[3:8] == [None] * 5
                continue
            cents = [100 if unit == "fen" else 1 for unit in item.card.of]
            expected = None if value.value is None else item.card.in_unit(value.value)
            assert row[3] == (None if expected is None else pytest.approx(expected, rel=1e-12))
            assert row[4:6] == [value.numerator / cents[0], value.denominator / cents[1]]
            checked += 1
    assert checked > 3


def test_no_person_is_named(finished: Path, small_city: Path, pages: Path) -> None:
    """Neither an id of a person nor a pseudonym stands in the pages or in the annex."""
    text = text_of(pages) + str(annex_of(pages))
    people = pl.read_parquet(small_city / "persons.parquet")["person_id"]
    assert not [person for person in people if person in text]
    with open_store(open_workspace(finished)) as reader:
        pseudonyms = {
            row.subject for row in rows(reader, Filters(status="")) if row.subject_kind != "provider"
        }
    assert pseudonyms
    assert not [pseudonym for pseudonym in pseudonyms if pseudonym in text]


@pytest.mark.parametrize("file_format", ["pdf", "xlsx"])
def test_the_same_input_gives_the_same_bytes(
    finished: Path, tmp_path: Path, file_format: ReportFormat
) -> None:
    again = shutil.copytree(finished, tmp_path / "moved")
    first = written(finished, tmp_path / f"a.{file_format}", "zh", file_format)
    second = written(again, tmp_path / f"b.{file_format}", "zh", file_format)
    assert [item.read_bytes() for item in first] == [item.read_bytes() for item in second]


def test_word_says_the_same(finished: Path, pages: Path, tmp_path: Path) -> None:
    written(finished, tmp_path / "report.docx", file_format="docx")
    made = docx.Document(str(tmp_path / "report.docx"))
    cells = {cell.text for table in made.tables for row in table.rows for cell in row.cells}
    amounts = {cell for cell in cells if cell.startswith("CN¥")}
    squeezed = text_of(pages).replace("\n", "")
    assert len(amounts) > 5
    assert [amount for amount in amounts if amount not in squeezed] == []


def test_institutions_have_an_alert_of_the_period(content: Content) -> None:
    assert 0 < len(content.institutions) <= 10
    assert all(institution.totals.alerts > 0 for institution in content.institutions)


@pytest.mark.parametrize(
    ("text", "start", "end", "before"),
    [
        ("2024-Q3", "2024-07-01", "2024-09-30", "2024-06"),
        ("2024-H1", "2024-01-01", "2024-06-30", "2023-12"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024-01"),
        ("2023", "2023-01-01", "2023-12-31", "2022-12"),
    ],
)
def test_periods(text: str, start: str, end: str, before: str) -> None:
    period = report_period(text)
    assert (period.start.isoformat(), period.end.isoformat(), period.month_before) == (start, end, before)


@pytest.mark.parametrize("text", ["2024-Q5", "2024-13", "last quarter", "24-Q1", ""])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="not a period"):
        report_period(text)


def test_a_period_without_data_is_refused(finished: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no day of 2019-Q1"):
        write_report(
            open_workspace(finished),
            report_period("2019-Q1"),
            language="en",
            file_format="xlsx",
            out=tmp_path / "r.xlsx",
        )
    assert list(tmp_path.iterdir()) == []


def test_a_part_of_a_period_says_so(finished: Path) -> None:
    with open_store(open_workspace(finished)) as reader:
        content = gather(reader, report_period("2024"))
    assert (content.covered_days, content.period.days) == (182, 366)


def test_a_missing_folder_is_reported(finished: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        written(finished, tmp_path / "nowhere" / "report.pdf")


def test_both_languages_say_everything() -> None:
    english, chinese = messages("en", "report"), messages("zh", "report")
    assert english.keys() == chinese.keys()

    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    assert [item for item in english if places(english[item]) != places(chinese[item])] == []
