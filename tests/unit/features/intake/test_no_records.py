"""Rows of reports that are no records are left out and counted: headers, names, units, totals, remarks."""

from __future__ import annotations

import pytest
from support.exports import Export

from features.intake.checks.no_records import HEADER_AGAIN, NAMES_OR_UNITS, TOTAL_OR_REMARK

TABLES = ("persons", "enrolments", "providers", "settlements")


def lines(export: Export, table: str) -> list[str]:
    return (export.data / f"{table}.csv").read_text(encoding="utf-8").splitlines()


def excluded(export: Export, table: str) -> dict[str, int]:
    """Kinds of the rows of a table that are left out; its other rows are those of the sound export."""
    ingested = export.ingest()
    assert ingested.column("persons.person_id") == ["001", "002"]
    assert ingested.column("providers.provider_id") == ["p1"]
    assert ingested.column("settlements.settlement_id") == ["s1", "s2"]
    assert ingested.quarantine() == []
    return dict(ingested.manifest.tables[table].excluded_by_rule)


@pytest.mark.parametrize("table", TABLES)
def test_the_header_of_a_joined_file_is_no_record(export: Export, table: str) -> None:
    header, *rows = lines(export, table)
    export.write(f"{table}.csv", "\n".join([header, rows[0], "\ufeff" + header, *rows[1:], header]))
    assert excluded(export, table) == {HEADER_AGAIN: 2}


@pytest.mark.parametrize("table", TABLES)
def test_names_below_the_header_are_no_record(export: Export, table: str) -> None:
    header, *rows = lines(export, table)
    names = ",".join("甲乙丙丁戊己庚辛壬癸"[place] + "名称" for place in range(header.count(",") + 1))
    export.write(f"{table}.csv", "\n".join([header, names, *rows]))
    assert excluded(export, table) == {NAMES_OR_UNITS: 1}


def test_units_below_the_header_are_no_record(export: Export) -> None:
    header, *rows = lines(export, "settlements")
    units = ",".join("（元）" if name.endswith(("_paid", "_amount")) else "" for name in header.split(","))
    export.write("settlements.csv", "\n".join([header, units, *rows]))
    assert excluded(export, "settlements") == {NAMES_OR_UNITS: 1}


@pytest.mark.parametrize(
    "first", ["合计", "总 计：", "本页小计", "制表人：某某", "备注：导出", "Total", "Grand total:"]
)
@pytest.mark.parametrize("table", TABLES)
def test_a_total_or_remark_at_the_end_is_no_record(export: Export, table: str, first: str) -> None:
    header, *rows = lines(export, table)
    sums = ["155.50" if name == "total_amount" else "" for name in header.split(",")[1:]]
    export.write(f"{table}.csv", "\n".join([header, *rows, ",".join([first, *sums])]))
    assert excluded(export, table) == {TOTAL_OR_REMARK: 1}


def test_the_money_of_a_total_is_counted_as_excluded(export: Export) -> None:
    header, *rows = lines(export, "settlements")
    sums = ["155.50" if name == "total_amount" else "" for name in header.split(",")[1:]]
    export.write("settlements.csv", "\n".join([header, *rows, ",".join(["合计", *sums])]))
    money = export.ingest().manifest.tables["settlements"].money["total_amount"]
    assert (money.read, money.accepted, money.quarantined, money.excluded) == (311_00, 155_50, 0, 155_50)


@pytest.mark.parametrize("person", ["P12", "anna", "320600000000000018", "A-1"])
@pytest.mark.parametrize("born", ["", "unknown", "1980-01-01"])
def test_a_person_with_an_id_is_a_record(export: Export, person: str, born: str) -> None:
    export.write(
        "persons.csv", f"person_id,sex,birth_date\n001,male,1950-06-01\n002,male,\n{person},male,{born}\n"
    )
    expected = 1 if (person, born) == ("anna", "unknown") else 0  # not a digit in it
    assert export.ingest().rows("persons")["excluded"] == expected
