"""The rebuilt cases of the field, where they lie beside the project: read, or refused with one clear sentence."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from support.commands import fundwatch
from support.paths import ROOT

CASES = ROOT.parent / "shared" / "cases"

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not CASES.exists(), reason="data of others are no part of the project"),
]

ANSWERS: dict[str, tuple[int, Sequence[str]]] = {
    "03-title-line": (0, ["line 1 is taken for a title; the header is line 2"]),
    "04-tab-protected-ids": (0, ["cleaned of blanks around: person_id (590 cells)"]),
    "06-scientific-ids": (
        3,
        ["person_id: 590 of 590 values are numbers in scientific notation (row 1: 9.99999E+99)"],
    ),
    "08-excel-dates-and-thousands": (
        0,
        ["settled_at: 590 values read as 2024/3/31", "total_amount: 30 values"],
    ),
    "09-date-serials": (0, ["settled_at: 590 values read as day numbers of Excel"]),
    "11-24-hour-midnight": (0, ["settled_at: 30 values read as 24:00, the next day"]),
    "14-stray-quote": (3, ["charge_lines.csv, line 61: a quote opens a cell"]),
    "16-delimiter-semicolon": (0, ["cells are separated by semicolons"]),
    "16-delimiter-tab": (0, ["cells are separated by tabs"]),
    "16-delimiter-pipe": (0, ["cells are separated by bars"]),
    "17-other-containers": (0, []),
    "17b-xlsx": (3, ["settlements.xlsx: not a whole Excel workbook"]),
    "17c-xlsx-named-csv": (3, ["settlements.csv: not a whole Excel workbook"]),
    "17d-upper-case-name": (0, []),
    "18-mixed-encoding": (3, ["providers.csv: UTF-8 but for lines 22, 23, 24"]),
    "19-null-words": (0, ["cleaned of words for nothing"]),
    "20-zone-suffix": (
        0,
        ["296 values read as times with an offset", "147 values read as times with fractions"],
    ),
    "21-monthly-csv-files": (0, ["settlements_2024-01.csv and 5 more files: read as a part of settlements"]),
    "21b-folder-of-csv-parts": (0, []),
    "23-trailing-spaces": (0, ["cleaned of blanks around"]),
    "28-misspelt-optional-column": (0, ["mutual_aid_payerid: not used; did you mean mutual_aid_payer_id?"]),
    "30-run-tab-ids": (0, ["cleaned of blanks around: person_id (5,928 cells)"]),
    "36-run-open-quote": (3, ["settlements.csv, line 3,001: a quote opens a cell"]),
    "36b-open-quotes-two": (3, ["settlements.csv, line 3,001: a quote opens a cell"]),
    "48-mixed-encoding-silent": (3, ["providers.csv: UTF-8 but for line 22"]),
    "51-parquet-float-ids": (3, ["person_id: 590 of 590 values are floating-point numbers above 2^53"]),
    "60-nhsa-plain": (0, []),
    "60-nhsa-setl-alone-no-name": (0, []),
    "64-nhsa-chinese-headers": (0, []),
    "68-nhsa-milliseconds": (0, ["settled_at: 236 values read as times with an offset"]),
    "83-months-without-dash": (0, ["contributions.accrual_month: 3,088 values read as 202403"]),
    "87-mapping-zone-offset": (0, []),
    "87-mapping-zone-z": (0, []),
}
"""Exit code, and what is printed."""


@pytest.mark.parametrize("case", ANSWERS)
def test_a_case_is_read_or_refused_in_one_sentence(case: str, tmp_path: Path) -> None:
    build = [sys.executable, str(CASES / "build.py"), case, str(tmp_path)]
    (data,) = subprocess.run(build, capture_output=True, text=True, check=True).stdout.splitlines()
    words: list[str | Path] = ["--preset", "nhsa"] if "nhsa" in case else []
    words += ["--mapping", CASES / case / "map.toml"] if "mapping" in case else []
    code, printed = ANSWERS[case]
    ended = fundwatch("intake", "--data", data, "--workspace", tmp_path / "ws", *words)
    text = ended.out + ended.err
    assert ended.code == code, text
    assert [part for part in printed if part not in text] == [], text
    if code == 0:
        counts = next(row for row in ended.out.splitlines() if row.startswith("│ settlements "))
        numbers = [cell.strip() for cell in counts.split("│")[2:5]]
        assert numbers[0] == numbers[1] and numbers[2] == "0", counts
    else:
        message = [row for row in ended.err.splitlines() if row and "0:00:00" not in row]
        assert len(message) <= 6, ended.err
