"""Files of leads: every form that offices send is read, and every problem is named at once without what cells hold."""

from __future__ import annotations

import datetime as dt

import pytest
import xlsxwriter
from support.lead_files import SENDER, lead_file

from detection.language.sentences import error_text
from detection.leads.incoming import IncomingLead
from detection.leads.reading import read_leads
from detection.leads.row import COLUMNS
from detection.leads.template import template
from features.errors import InputError

TODAY = dt.date(2026, 11, 30)
RESIDENT = "320602198001011234"


def read(content: bytes, sender: str = SENDER) -> list[IncomingLead]:
    return read_leads(content, "leads.csv", sender=sender, today=TODAY)


def problems(content: bytes, sender: str = SENDER) -> list[str]:
    with pytest.raises(InputError) as refused:
        read(content, sender)
    return [str(problem) for problem in refused.value.problems]


def test_a_row_is_read_with_chinese_headings_and_codes_in_the_encoding_of_excel() -> None:
    text = (
        "来文编号,收到日期,办理期限,线索类型,对象类型,对象编号,起始日期,反映金额（元）,反映内容\r\n"
        f'苏-17,2026/11/2,2026年12月1日,省级下发,参保人,{RESIDENT},20240101,"¥1,234.50","第一行\n第二行"\r\n'
    )
    [lead] = read(text.encode("gb18030"))
    assert lead == IncomingLead(
        row=2,
        sender=SENDER,
        sender_number="苏-17",
        received_on=dt.date(2026, 11, 2),
        deadline=dt.date(2026, 12, 1),
        kind="province_list",
        subject_kind="person",
        subject_id=RESIDENT,
        institution="",
        period_start=dt.date(2024, 1, 1),
        period_end=None,
        amount_claimed=123450,
        text="第一行\n第二行",
    )


def test_lines_of_windows_and_full_width_digits_are_read() -> None:
    header = "sender_number,received_on,deadline,kind,subject_kind,subject_id,amount_claimed,text\r\n"
    row = (
        '苏（２０２６）１７,２０２６－１１－０２,２０２６年１２月１日,complaint,person,Ａ１２,"￥１，２３４．５０",'
        '"一\r\n二\r三"\r\n'
    )
    [lead] = read((header + row).encode(), "科室１")
    assert (lead.sender, lead.sender_number, lead.subject_id) == ("科室1", "苏（2026）17", "A12")
    assert (lead.received_on, lead.deadline) == (dt.date(2026, 11, 2), dt.date(2026, 12, 1))
    assert (lead.amount_claimed, lead.text) == (123450, "一\n二\n三")
    wrong = (
        "苏（2026）１７,2026-11-02,,complaint,,,,\r\n"
        "8,2026-11-02,,complaint,,,１２３４．５６７,\r\n"
        '9,2026-11-02,,complaint,person,"A\r1",,\r\n'
    )
    named = problems((header + row + wrong).encode())
    for expected in ("row 6, amount_claimed: no amount", "row 7, subject_id: more than one line"):
        assert [problem for problem in named if problem.startswith(expected)], named
    [problem] = problems((header + row + wrong.partition("\r\n")[0]).encode())
    assert problem == "row 5, sender_number: the same number as in row 2"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_template_is_read_back_once_it_is_filled_in(language: str) -> None:
    headings = template("csv", language).decode("utf-8-sig").strip().split(",")
    assert len(headings) == len(COLUMNS)
    cells = {"sender_number": "7", "received_on": "2026-11-30", "kind": "self_report", "institution": "Lilac"}
    row = ",".join(cells.get(column, "") for column in COLUMNS)
    [lead] = read(f"{','.join(headings)}\n{row}\n".encode())
    assert (lead.kind, lead.subject_kind, lead.institution) == ("self_report", "provider", "Lilac")
    with pytest.raises(InputError, match="no row below its header"):
        read(template("xlsx", language))


def test_a_workbook_keeps_its_days_and_row_numbers() -> None:
    import io

    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for column, cell in enumerate(("sender_number", "received_on", "kind", "subject_kind", "subject_id")):
            sheet.write_string(0, column, cell)
        sheet.write_number(2, 0, 17)
        sheet.write_datetime(2, 1, dt.datetime(2026, 11, 2), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_string(2, 2, "complaint")
        sheet.write_string(2, 3, "person")
        sheet.write_number(2, 4, float(RESIDENT))
    [problem] = problems(file.getvalue())
    assert problem.startswith("row 3, subject_id: a number that has lost digits")


def test_every_problem_is_named_at_once_and_no_cell_is_repeated() -> None:
    content = lead_file(
        {"received_on": "yesterday", "amount_claimed": "-3"},
        {"kind": RESIDENT, "subject_id": RESIDENT},
        {"received_on": "2026-12-24", "deadline": "2026-12-01"},
        {"sender_number": ""},
        {"sender_number": "n-9", "period_start": "2026-02-01", "period_end": "2026-01-01"},
        {"sender_number": "n-9", "subject_kind": "person", "institution": "Lilac"},
        {"sender_number": "n-8"},
        {"sender_number": "n-8"},
    )
    named = problems(content)
    for expected in (
        "row 2, received_on: no day",
        "row 2, amount_claimed: no amount",
        "row 3, kind: unknown",
        "row 3, subject_kind: needed",
        "row 4, received_on: a day to come",
        "row 4, deadline: before",
        "row 5, sender_number: needed",
        "row 6, period_end: before",
        "row 7, institution: the lead is not",
        "row 9, sender_number: the same number as in row 8",
    ):
        assert [problem for problem in named if problem.startswith(expected)], expected
    assert len(named) == 10
    assert RESIDENT not in "".join(named)


def test_problems_are_in_chinese_with_the_chinese_heading() -> None:
    with pytest.raises(InputError) as refused:
        read(lead_file({"received_on": "昨天"}))
    assert "第 2 行，收到日期：不是日期" in error_text(refused.value, "zh")


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        (b"sender_number,received_on,kind,\xe5\xa7\x93\xe5\x90\x8d", "column 4: this heading is not known"),
        (b"sender_number,kind", "received_on: the column is missing"),
        (b"sender_number,received_on,kind,kind", "kind: the heading stands there twice"),
    ],
)
def test_a_header_that_does_not_fit_is_refused(header: bytes, problem: str) -> None:
    assert problem in problems(header + b"\n1,2026-11-30,complaint,x\n")


def test_the_sender_is_named_once_by_the_file_or_for_it_and_is_no_person() -> None:
    [problem] = problems(lead_file({}, {}), "")
    assert problem.startswith("no sender: name it")
    [problem] = problems(lead_file({"sender": "国家医保局"}, {"sender": ""}), "")
    assert problem.startswith("row 3, sender: empty")
    assert "row 2, sender: another sender" in problems(lead_file({"sender": "国家医保局"}))[0]
    assert "a number of a person" in problems(lead_file({}), "张 13912345678")[0]
    assert [lead.sender for lead in read(lead_file({"sender": "国家医保局"}), "")] == ["国家医保局"]
