"""The doctor's page: what is there, what is odd, what is missing, in both languages, and how the command ends."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

import polars as pl
import pytest
from support.cities import frames, write
from support.commands import Ended, fundwatch
from support.exports import Export
from support.paths import SMALL_CITY

from detection.language.messages import messages

CARE = """
    settlement_id | person_id | provider_id | settled_at          | total_amount | pool_paid | account_paid | {payer}
    s1            | {first}   | p1          | 2024-03-01 10:00:00 | 100.00       | 60.00     | 40.00        | 002
    s2            | 002       | p1          | 2024-05-02 11:30:00 | 55.50        | 0         | 55.5         |
"""
LEDGER = """
    entry_id | account_id | posted_at           | amount | balance_after
    e1       | 001        | 2024-03-01 10:00:00 | -40.00 | 60.00
"""


def doctor(export: Export, *words: str | Path) -> Ended:
    return fundwatch("doctor", "--data", export.data, *words)


def test_a_sound_export_would_start_and_nothing_is_left_behind(export: Export, tmp_path: Path) -> None:
    before = {path.name for path in Path(tempfile.gettempdir()).glob("fundwatch-doctor-*")}
    ended = doctor(export)
    assert ended.code == 0
    assert "A run would start: 2 settlements, 2024-03 to 2024-03." in ended.out
    assert "not there: charge_lines" in ended.out
    assert {path.name for path in Path(tempfile.gettempdir()).glob("fundwatch-doctor-*")} == before
    assert sorted(path.name for path in export.data.iterdir()) == [
        "enrolments.csv",
        "persons.csv",
        "providers.csv",
        "settlements.csv",
    ]


def test_it_names_no_person_and_no_value(export: Export) -> None:
    export.write_table("settlements", CARE.format(first="9917", payer="mutual_aid_payerid"))
    text = doctor(export, "--language", "zh").out
    assert "settlements" in text
    assert [value for value in ("9917", "健民药店", "1950", "03-01") if value in text] == []


def test_a_misspelt_column_and_a_broken_join_are_named(export: Export) -> None:
    export.write_table("settlements", CARE.format(first="9917", payer="mutual_aid_payerid"))
    ended = doctor(export)
    assert "mutual_aid_payerid is not used; did you mean mutual_aid_payer_id?" in ended.out
    broken = [line for line in ended.out.splitlines() if "settlements.person_id" in line and "50.0%!" in line]
    assert [("persons." in line, "enrolments." in line) for line in broken] == [(True, False), (False, True)]
    assert "是否为 mutual_aid_payer_id" in doctor(export, "--language", "zh").out


def test_a_table_that_ends_before_the_claims_is_named(export: Export) -> None:
    export.write_table("settlements", CARE.format(first="001", payer="mutual_aid_payer_id"))
    export.write_table("account_entries", LEDGER)
    assert "ends 2 months before the claims" in doctor(export).out
    assert "早于结算 2 个月结束" in doctor(export, "--language", "zh").out


def test_an_empty_table_has_no_usable_day(export: Export) -> None:
    export.write_table("account_entries", LEDGER.splitlines()[1])
    (line,) = [line for line in doctor(export).out.splitlines() if "no usable day" in line]
    assert line.split()[:2] == ["account_entries", "0"]


def test_amounts_in_another_unit_are_named(tmp_path: Path) -> None:
    city = frames(SMALL_CITY)
    lines = city["charge_lines"].with_columns(pl.col("amount", "unit_price") * 100)
    data = write(city | {"charge_lines": lines}, tmp_path / "city")
    out = fundwatch("doctor", "--data", data).out
    assert "settlements.total_amount and charge_lines.amount differ by the factor 100" in out


def test_containers_and_separators_are_named(export: Export) -> None:
    persons = (export.data / "persons.csv").read_bytes()
    (export.data / "persons.csv").unlink()
    export.write("persons.csv.gz", gzip.compress(persons))
    lines = (export.data / "providers.csv").read_text(encoding="utf-8").replace(",", ";")
    export.write("providers.csv", lines.encode("gb18030"))
    out = doctor(export).out
    assert "gzip, utf-8, commas" in out and "gb18030, semicolons" in out
    assert "gb18030、分号" in doctor(export, "--language", "zh").out


def test_what_is_missing_names_the_detectors_that_are_off(export: Export) -> None:
    (line,) = [line for line in doctor(export).out.splitlines() if "needs drug_trace_scans" in line]
    assert "Trace codes" in line
    assert any(
        "缺少数据表 drug_trace_scans" in line for line in doctor(export, "--language", "zh").out.splitlines()
    )


def test_policy_values_and_attributes_that_are_missing_are_named() -> None:
    ended = fundwatch("doctor", "--data", SMALL_CITY)
    assert ended.code == 0
    assert "benefit.ratio" in ended.out and "fundwatch policy new --area 320600" in ended.out
    (line,) = [line for line in ended.out.splitlines() if line.strip().startswith("sex_only")]
    assert "Item for the other sex" in line
    none = fundwatch("doctor", "--data", SMALL_CITY, "--area", "none").out
    assert "no policy is applied" in none


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_cannot_be_read_is_a_line_and_never_a_traceback(export: Export, language: str) -> None:
    export.write("persons.csv", "")
    (export.data / "enrolments.csv").unlink()
    export.write("providers.csv", b"provider_id\xff\xfe\x00,x\n1,2\n")
    ended = doctor(export, "--language", language)
    assert ended.code == 3
    assert "Traceback" not in ended.out + ended.err
    assert all(f"{name}" in ended.out for name in ("persons.csv", "enrolments", "providers.csv"))
    assert ("A run would not start." if language == "en" else "无法运行。") in ended.out


def test_a_missing_folder_is_a_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    for name in ("nowhere", "file"):
        nowhere = fundwatch("doctor", "--data", tmp_path / name)
        assert (nowhere.code, "There is no data folder." in nowhere.out) == (3, True)
        assert "Traceback" not in nowhere.err


def test_a_missing_mapping_is_a_line(export: Export, tmp_path: Path) -> None:
    ended = doctor(export, "--mapping", tmp_path / "nowhere.toml")
    assert ended.code == 3 and "The mapping file cannot be read." in ended.out


def test_an_unforeseen_error_is_a_line_without_its_text(
    export: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("value of a row")

    for name in ("ingest", "join_rates"):
        with monkeypatch.context() as patch:
            patch.setattr(f"detection.doctor.examination.{name}", fail)
            ended = doctor(export)
        assert "(ValueError)" in ended.out
        assert "Traceback" not in ended.out + ended.err and "value of a row" not in ended.out + ended.err


def test_both_languages_have_the_same_messages() -> None:
    english, chinese = messages("en", "doctor"), messages("zh", "doctor")
    assert len(english) > 20
    assert set(english) == set(chinese)
