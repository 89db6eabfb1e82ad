"""The encoding is judged by all lines: a damaged line never turns the others into other characters."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from features.intake.reading.encodings import EncodingError, judge

NAMES = st.text(alphabet="健民药店海门区人民医院通州城东诊所", min_size=2, max_size=12)


def is_utf8(line: bytes) -> bool:
    try:
        return bool(line.decode())
    except UnicodeDecodeError:
        return False


@settings(max_examples=200, deadline=None)
@given(st.lists(NAMES, min_size=3, max_size=30), st.data())
def test_one_damaged_line_of_utf8_is_named(names: list[str], data: st.DataObject) -> None:
    number = data.draw(st.integers(1, len(names)))
    assume(not is_utf8(names[number - 1].encode("gbk")))
    lines = [name.encode("gbk" if line == number else "utf-8") for line, name in enumerate(names, 1)]
    with pytest.raises(EncodingError, match=rf"UTF-8 but for line {number},"):
        judge(lines, utf8_share=0.5)


@settings(max_examples=200, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=30))
def test_lines_of_gb18030_are_gb18030(names: list[str]) -> None:
    assume(not all(is_utf8(name.encode("gb18030")) for name in names))
    assert judge([b"id,name", *(name.encode("gb18030") for name in names)], utf8_share=0.5) == "gb18030"


def test_bytes_of_neither_are_refused_with_their_line() -> None:
    with pytest.raises(EncodingError, match="neither UTF-8 nor GB18030 text: see line 2"):
        judge([b"id", b"\xff\xff", b"x"], utf8_share=0.5)
