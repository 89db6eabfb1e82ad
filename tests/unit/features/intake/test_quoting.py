"""Counting records agrees with the parser for any text, and stray quotes are refused."""

from __future__ import annotations

import csv
import io

import pyarrow as pa
import pyarrow.csv as pa_csv
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.intake.reading.quoting import Limits, QuotingError, Records

LIMITS = Limits(cell=200, breaks=3)
CELLS = st.text(alphabet='ab",; \n\r中', max_size=8)
TABLES = st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12)


def counted(text: bytes, block: int) -> int:
    """Records of a text that is added in blocks of whole lines."""
    records = Records(b",", 3, LIMITS, line=1)
    rest = b""
    for start in range(0, len(text), block):
        rest += text[start : start + block]
        end = rest.rfind(b"\n") + 1
        rest = rest[records.add(rest[:end], last=False) :] if end else rest
    records.add(rest, last=True)
    return records.records


def parsed(text: bytes) -> int:
    """Records of a text as the parser that reads the rows sees them."""
    ragged: list[int] = []

    def skip(row: pa_csv.InvalidRow) -> str:
        ragged.append(row.number)
        return "skip"

    table = pa_csv.read_csv(
        io.BytesIO(text),
        read_options=pa_csv.ReadOptions(column_names=["a", "b", "c"], use_threads=False),
        parse_options=pa_csv.ParseOptions(newlines_in_values=True, invalid_row_handler=skip),
        convert_options=pa_csv.ConvertOptions(column_types=dict.fromkeys("abc", pa.string())),
    )
    return int(table.num_rows) + len(ragged)


@settings(max_examples=300, deadline=None)
@given(TABLES, st.sampled_from(["\n", "\r\n"]), st.booleans(), st.integers(5, 80))
def test_records_of_a_written_table_are_counted_as_they_are_parsed(
    table: list[list[str]], end: str, quoted: bool, block: int
) -> None:
    target = io.StringIO()
    csv.writer(target, dialect="unix" if quoted else "excel", lineterminator=end).writerows(table)
    text = target.getvalue().encode()
    try:
        records = counted(text, block)
    except QuotingError:  # cells of many line breaks, or whose lines look like rows
        assert max(cell.count("\n") + cell.count("\r") for row in table for cell in row) > 0
        return
    assert records == parsed(text)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet='a",\n', min_size=1, max_size=60), st.integers(5, 80))
def test_any_text_is_counted_as_it_is_parsed_or_refused(text: str, block: int) -> None:
    data = text.encode()
    if not data.strip(b"\n"):
        return
    try:
        records = counted(data, block)
    except QuotingError:
        assert '"' in text
        return
    assert records == parsed(data)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 39), st.integers(1, 30), st.integers(0, 2), st.integers(0, 2))
def test_stray_quotes_never_join_rows(first: int, distance: int, place: int, other: int) -> None:
    rows = [[f"p{number}", f"{number}", "x"] for number in range(80)]
    rows[first][place] = '"' + rows[first][place]
    rows[first + distance][other] += '"'
    text = "\n".join(",".join(row) for row in rows).encode()
    with pytest.raises(QuotingError, match=rf"line {first + 1}: a quote"):
        counted(text, 64)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('a,b,c\n1,"2,3\n4,5,6\n', "line 2: a quote opens a cell that never closes"),
        ('1,2,3\n4,"5\n5",6\n"7,8\n,9\n', "line 4: a quote opens a cell that never closes"),
        ('1,"a\nb"c,3\n', "line 1: a quote opens a cell that meets another quote in line 2"),
        ("1,2," + "x" * 300 + "\n", "line 1: a cell is longer than 200 characters"),
        ('1,"a\nb\nc\nd\ne",3\n', r"line 1: a quote opens a cell of 5 lines \(at most 4\)"),
    ],
)
def test_the_line_is_named(text: str, message: str) -> None:
    with pytest.raises(QuotingError, match=message):
        counted(text.encode(), 7)


def test_a_short_cell_of_two_lines_is_kept() -> None:
    assert counted(b'1,"a\nb",3\n4,"say ""no""",6\n\n7,8,9', 9) == 3
