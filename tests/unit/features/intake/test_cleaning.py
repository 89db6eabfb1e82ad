"""Which columns may need cleaning is decided by their bytes, and never against what cleaning would do."""

from __future__ import annotations

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.intake.values.cleaning import Cleaner

ORDINARY = ("employee", "inpatient", "annual", "P000123", "12.50", "2024-03-01", "自费", "")
TROUBLES = (
    "NULL",
    "none",
    "NaN",
    "undefined",
    "#N/A",
    "无",
    "-",
    " x",
    "x\u3000",
    "\u200bnull",
    '="17"',
    "NA",
)
TEXTS = (pa.string(), pa.large_string(), pa.string_view())


@given(
    kind=st.sampled_from(TEXTS),
    words=st.lists(st.sampled_from(ORDINARY), min_size=1, max_size=4),
    times=st.integers(1, 40),
    trouble=st.sampled_from([None, *TROUBLES]),
    ids=st.booleans(),
    skipped=st.integers(0, 1),
)
def test_a_column_that_cleaning_changes_is_a_suspect(
    kind: pa.DataType, words: list[str], times: int, trouble: str | None, ids: bool, skipped: int
) -> None:
    cells = [*words * times, *([] if trouble is None else [trouble])]
    batch = pa.record_batch({"cell": pa.array([None, *cells, None], kind)}).slice(skipped)
    cleaner = Cleaner(ids=frozenset({"cell"} if ids else ()))
    frame = pl.DataFrame({"cell": [cell or None for cell in cells]}, {"cell": pl.String})
    changed = not cleaner.clean(frame, ["cell"]).equals(frame)
    assert changed <= (cleaner.suspects(batch) == ["cell"])
    assert changed == (trouble is not None)


@pytest.mark.parametrize("kind", TEXTS)
def test_a_column_that_needs_nothing_is_no_suspect_in_any_kind_of_text(kind: pa.DataType) -> None:
    cells = pa.array([*ORDINARY, None], kind)
    assert Cleaner().suspects(pa.record_batch({"clean": cells})) == []
    blank = pa.array([" x", *ORDINARY], kind)
    assert Cleaner().suspects(pa.record_batch({"blank": blank})) == ["blank"]
