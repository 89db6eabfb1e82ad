"""Issued reports: kept under a number, printed again to the same bytes, and compared when they are replaced."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support.alert_acts import dismiss
from support.store_runs import Store

from detection.language.sentences import error_text
from detection.report.content import gather
from detection.report.document import Document
from detection.report.issued.changes import changes, changes_section
from detection.report.issued.issuing import issue, reprint
from detection.report.issued.record import AlertState, Figure, IssuedReport, Origin, figures_of
from detection.report.issued.registry import issued_report, issued_reports, record_of, refuse_taken
from detection.report.options import Details
from detection.report.period import report_period
from detection.report.printed import Printed
from detection.report.words import Words
from detection.store.queries import Filters
from detection.store.queries.alerts import rows
from detection.store.queries.reader import open_store
from detection.store.writer import Writer
from features.errors import UsageError, WorkspaceError
from features.workspace import Workspace, open_workspace

AT = "2024-07-15T09:00:00"
ORIGIN = Origin("r1", "s1", "2024-06-30", ("v1", "c1", "p1"))
ALERT = AlertState("suspicion", "a_rule", "at_issue", open=True, pool=100, account=0, last="2024-05-01")
FIGURE = Figure("规则涉及", 100, money=True, list="suspicion", money_kind="at_issue")

DETAILS = Details("2024-07-15", issuer="医保局")
EARLIER = IssuedReport(
    number="2024-Q2-1",
    replaces="",
    at=AT,
    actor="li",
    details=DETAILS,
    printed=Printed("2024-Q2", "zh", Document("", "", (), (), ()), ()),
    figures={"f": FIGURE},
    alerts={"A-1": ALERT},
    origin=ORIGIN,
)


def issue_quarter(space: Workspace, out: Path, number: str = "") -> tuple[IssuedReport, list[Path]]:
    details = replace(DETAILS, number=number)
    return issue(
        space,
        report_period("2024-Q2"),
        details,
        language="zh",
        at=AT,
        actor="li",
        file_format="pdf",
        out=out,
    )


def dismiss_first(space: Workspace) -> str:
    with open_store(space) as reader:
        first = rows(reader, Filters(list="findings", start="2024-04-01", end="2024-06-30"), size=1)[0]
    dismiss(Writer(space.store), first.alert_id, "已核实无误", AT)
    return first.detector


def test_issue_reprint_and_issue_again(finished_copy: Path, tmp_path: Path) -> None:
    space = open_workspace(finished_copy)
    first, printed = issue_quarter(space, tmp_path / "a.pdf", "监〔2024〕7号")
    assert (first.number, first.replaces, first.actor) == ("2024-Q2-1", "", "li")

    detector = dismiss_first(space)
    second, _ = issue_quarter(space, tmp_path / "second.pdf")
    assert (second.number, second.replaces) == ("2024-Q2-2", "2024-Q2-1")
    assert [report.number for report in issued_reports(space)] == ["2024-Q2-1", "2024-Q2-2"]
    words = Words("zh")
    [section] = [part for part in second.printed.document.sections if "2024-Q2-1" in part.heading]
    assert section.table
    assert {row[-1] for row in section.table.rows} == {words("report.change.handled")}
    assert any(words.detector(detector) in row[0] for row in section.table.rows)
    moved = [row for row in section.table.rows if row[0] == "人员与机构；疑点（条）"]
    assert [row[3] for row in moved] == ["−1"]

    space.store_file.unlink()  # whatever becomes of the store, an issued report is printed from what was kept
    again = reprint(space, "监〔2024〕7号", file_format="pdf", out=tmp_path / "b.pdf")
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in printed]


def test_an_issued_report_is_never_replaced(finished_copy: Path, tmp_path: Path) -> None:
    space = open_workspace(finished_copy)
    report, files = issue_quarter(space, tmp_path / "a.pdf")
    with pytest.raises(UsageError, match="not replaced"):
        record_of(space, replace(report, actor="wang"))
    with pytest.raises(UsageError, match="exists"):
        issue_quarter(space, files[0])
    with pytest.raises(UsageError, match="cannot be written"):
        issue_quarter(space, tmp_path / "nowhere" / "a.pdf")
    assert [path.name for path in space.reports.iterdir()] == ["2024-Q2-1.json"]
    assert issued_report(space, "2024-Q2-1") == report


def test_a_number_is_given_once_in_a_language(store: Store, tmp_path: Path) -> None:
    space = store.workspace
    kept = replace(EARLIER, details=replace(DETAILS, number="监〔2024〕7号"))
    for path, content in record_of(space, kept).items():
        path.write_bytes(content)
    for number in ("监〔2024〕7号", "2024-Q2-1"):
        with pytest.raises(UsageError, match="already issued, 2024-Q2-1") as refused:
            issue_quarter(space, tmp_path / "a.pdf", number)
        assert "已用于已印发的报告 2024-Q2-1" in error_text(refused.value, "zh")
    refuse_taken(space, "监〔2024〕7号", "en")  # the same report in the other language
    refuse_taken(space, "监〔2024〕8号", "zh")


def test_what_was_not_issued_cannot_be_reprinted(finished_copy: Path, tmp_path: Path) -> None:
    space = open_workspace(finished_copy)
    with pytest.raises(UsageError, match="no issued report '2024-Q2-9'"):
        reprint(space, "2024-Q2-9", file_format="pdf", out=tmp_path / "r.pdf")
    space.reports.mkdir()
    (space.reports / "2024-Q2-1.json").write_text("{")
    with pytest.raises(WorkspaceError, match="cannot be read"):
        issued_reports(space)


@pytest.mark.parametrize(
    ("now", "origin", "reasons"),
    [
        (replace(ALERT, open=False), ORIGIN, ("handled",)),
        (replace(ALERT, pool=150, last="2024-07-02"), replace(ORIGIN, snapshot="s2"), ("evidence",)),
        (replace(ALERT, pool=50), replace(ORIGIN, snapshot="s2"), ("correction",)),
        (None, replace(ORIGIN, versions=("v2", "c1", "p1")), ("version",)),
        (None, replace(ORIGIN, snapshot="s2", versions=("v2", "c1", "p1")), ("correction", "version")),
        (ALERT, ORIGIN, ("unknown",)),
    ],
)
def test_why_a_figure_changed(now: AlertState | None, origin: Origin, reasons: tuple[str, ...]) -> None:
    [change] = changes(EARLIER, {"f": replace(FIGURE, value=60)}, {"A-1": now} if now else {}, origin)
    assert (change.then, change.now, change.reasons) == (100, 60, reasons)


def test_no_change_is_stated() -> None:
    assert changes(EARLIER, EARLIER.figures, EARLIER.alerts, EARLIER.origin) == ()
    section = changes_section(EARLIER, (), Words("en"))
    assert section.sentences == (
        "Alerts and their money, their handling, the period's spending, and the numerators and denominators of the"
        " indicators are those of report 2024-Q2-1.",
    )


@pytest.mark.parametrize(
    ("then", "now", "reasons"),
    [
        (ORIGIN, replace(ORIGIN, snapshot="s2", last_day="2024-07-31"), ("correction",)),
        (replace(ORIGIN, last_day="2024-05-31"), replace(ORIGIN, snapshot="s2"), ("evidence",)),
        (ORIGIN, replace(ORIGIN, versions=("v2", "c1", "p1")), ("version",)),
        (ORIGIN, ORIGIN, ("unknown",)),
    ],
)
def test_why_a_figure_without_alerts_changed(then: Origin, now: Origin, reasons: tuple[str, ...]) -> None:
    spend = Figure("支出", 100, money=True, list="")
    earlier = replace(EARLIER, figures={"spend/pool": spend}, origin=then)
    [change] = changes(earlier, {"spend/pool": replace(spend, value=90)}, EARLIER.alerts, now)
    assert (change.then, change.now, change.reasons) == (100, 90, reasons)


def test_a_status_that_moves_among_the_open_ones_is_handling() -> None:
    figure = replace(FIGURE, money=False, handling=True)
    earlier = replace(EARLIER, figures={"f": figure}, alerts={"A-1": replace(ALERT, status="new")})
    now = {"A-1": replace(ALERT, status="in_review")}
    [change] = changes(earlier, {"f": replace(figure, value=60)}, now, ORIGIN)
    assert change.reasons == ("handled",)


def test_spending_handling_and_indicators_are_compared(finished_copy: Path) -> None:
    with open_store(open_workspace(finished_copy)) as reader:
        content = gather(reader, report_period("2024-Q2"))
    kept, words = figures_of(content, Words("zh")), Words("zh")
    assert kept["spend/pool"].value == content.spend.pool > 0
    assert {key: kept[f"handled/{key}"].value for key in content.handled} == content.handled != {}
    shown = [line for line in content.indicators if line.now.value and line.now.value.numerator is not None]
    assert shown, "the run has indicators"
    for line in shown:
        of = kept[f"indicator/{line.card.name}/numerator"]
        assert line.now.value and of.value == line.now.value.numerator
        assert of.money == (line.card.of[0] == "fen")
    changed = replace(content, spend=replace(content.spend, pool=content.spend.pool + 1))
    assert changes(replace(EARLIER, figures=kept), figures_of(changed, words), {}, ORIGIN)
