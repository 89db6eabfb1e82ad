"""Exports hold the contract's fields and types, mask ids, and are exact to the fen and to the byte."""

from __future__ import annotations

import json
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from support.drafts import a_draft, evidence, with_changes
from support.sheets import read_sheets
from support.store_runs import Store
from support.written_exports import cells, reveals, written

from detection.export.export import export
from detection.export.files import harmless
from detection.language.law import Citation
from detection.language.text import Text
from detection.masking import mask
from detection.store.queries import Filters
from features.errors import StoreError, UsageError

FIELDS = [
    "alert_id",
    "run_id",
    "detector",
    "detector_kind",
    "typology",
    "subject_kind",
    "subject_id",
    "member_ids",
    "title",
    "score",
    "rank",
    "severity",
    "pool_at_issue",
    "account_at_issue",
    "amount_at_issue",
    "period_start",
    "period_end",
    "settlement_ids",
    "record_ids",
    "legal_basis",
    "status",
    "money_kind",
]
ALERT = a_draft(
    "32060219700101",
    title=Text("Payments of ⟦person:anna⟧", "⟦person:anna⟧的支付"),
    pool=900_719_925_474_099_301,  # more than a float holds
    account=5,
    citations=(Citation('Law "A"', "Art. 1"), Citation("Law B")),
)


@pytest.fixture
def full(store: Store) -> Store:
    store.run("r1", ALERT, a_draft("two", score=10.0))
    return store


def test_fields_are_those_of_the_contract_in_every_format(full: Store) -> None:
    assert list(cells(written(full))[0]) == FIELDS
    assert pl.read_parquet(written(full, file_format="parquet")).columns == FIELDS
    assert list(json.loads(written(full, file_format="json").read_text())["alerts"][0]) == FIELDS


def test_money_is_exact_in_every_format(full: Store) -> None:
    exact = Decimal("9007199254740993.06")
    assert cells(written(full))[0]["amount_at_issue"] == str(exact)
    assert pl.read_parquet(written(full, file_format="parquet"))["amount_at_issue"][0] == exact
    message = json.loads(written(full, file_format="json").read_text(), parse_float=Decimal)
    assert message["alerts"][0]["amount_at_issue"] == exact
    assert message["alerts"][0]["account_at_issue"] == Decimal("0.05")


def test_types_of_parquet(full: Store) -> None:
    schema = pl.read_parquet(written(full, file_format="parquet")).schema
    assert schema["pool_at_issue"] == pl.Decimal(18, 2)
    assert schema["settlement_ids"] == pl.List(pl.String)
    assert schema["period_start"] == pl.Date


def test_csv_has_the_mark_by_which_excel_knows_utf8(full: Store) -> None:
    assert written(full, language="zh").read_bytes().startswith("\ufeffalert_id".encode())


def test_ids_in_a_workbook_are_text(full: Store) -> None:
    path = written(full, file_format="xlsx", reveal=True, reason="hearing")
    header, first, *_ = read_sheets(path)["alerts"]
    assert header == FIELDS
    row = dict(zip(FIELDS, first, strict=True))
    assert row["subject_id"] == "32060219700101" and row["member_ids"] == "anna"
    assert row["rank"] == 1.0, "a number"
    assert row["amount_at_issue"] == pytest.approx(9007199254740993.06)


def test_a_workbook_freezes_its_header_and_offers_filters(full: Store) -> None:
    with zipfile.ZipFile(written(full, file_format="xlsx")) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    assert 'state="frozen"' in page and "<autoFilter" in page


def test_a_workbook_of_simulated_data_says_so(tmp_path: Path) -> None:
    store = Store(tmp_path, simulated=True)
    store.run("SIM-r1", ALERT)
    notice = read_sheets(written(store, file_format="xlsx"))["README"][0][0]
    assert "simulated" in str(notice)


def test_rows_behind_the_alerts(full: Store) -> None:
    rows = pl.read_parquet(written(full, "evidence", file_format="parquet"))
    assert rows.height > 0 and set(rows["table"]) == {"settlements"}
    assert set(rows["alert_id"]) == {row["alert_id"] for row in cells(written(full))}
    assert rows.schema["pool"] == pl.Decimal(18, 2)
    assert "anna" not in str(rows.to_dicts()), "ids are masked"


def test_filters_narrow_an_export(full: Store) -> None:
    both = cells(written(full))
    assert len(both) == 2
    [narrowed] = cells(written(full, filters=Filters(status="", subject=both[0]["subject_id"])))
    assert narrowed["alert_id"] == both[0]["alert_id"]


def test_lists_are_json_arrays_in_csv(full: Store) -> None:
    assert json.loads(cells(written(full))[0]["legal_basis"]) == ['Law "A", Art. 1', "Law B"]


@pytest.mark.parametrize("file_format", ["csv", "json", "parquet"])
def test_no_id_of_the_source_is_in_a_masked_file(full: Store, file_format: str) -> None:
    path = written(full, file_format=file_format)
    content = str(pl.read_parquet(path).to_dicts()) if file_format == "parquet" else path.read_text()
    assert "32060219700101" not in content and "anna" not in content
    assert reveals(full) == []


def test_the_same_person_has_the_same_pseudonym_everywhere(full: Store) -> None:
    row = cells(written(full))[0]
    anna = mask(full.workspace.pseudonym_key(), "anna")
    assert json.loads(row["member_ids"]) == [anna]
    assert row["title"] == f"Payments of {anna}"


def test_titles_follow_the_language(full: Store) -> None:
    assert cells(written(full, language="zh"))[0]["title"].endswith("的支付")


def test_real_ids_need_a_reason_which_is_recorded(full: Store) -> None:
    out = full.workspace.root.parent / "out.csv"
    with pytest.raises(UsageError, match="reason"):
        written(full, reveal=True, reason=" ")
    assert not out.exists() and reveals(full) == []
    row = cells(written(full, reveal=True, reason="hearing on Friday"))[0]
    assert (row["subject_id"], row["member_ids"], row["title"]) == (
        "32060219700101",
        '["anna"]',
        "Payments of anna",
    )
    assert reveals(full) == [("li", "hearing on Friday", "export alerts", 2, "noon")]


def test_real_ids_do_not_appear_when_they_cannot_be_recorded(
    full: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise StoreError("The alert store could not be written.")

    monkeypatch.setattr("detection.store.writer.Writer.reveal", refuses)
    with pytest.raises(StoreError):
        written(full, reveal=True, reason="hearing")
    assert [path.name for path in full.workspace.root.parent.iterdir()] == ["ws"]


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "json", "parquet"])
def test_the_same_store_and_mark_give_the_same_bytes(
    full: Store, file_format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("detection.store.writer.Writer.export", lambda *_, **__: 7)
    assert (
        written(full, file_format=file_format).read_bytes()
        == written(full, file_format=file_format).read_bytes()
    )


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_a_spreadsheet_would_run_is_neutralised(store: Store, cell: str) -> None:
    draft = a_draft("one", identity=cell, title=Text.same(cell))
    store.run("r1", draft)
    row = cells(written(store, reveal=True, reason="hearing"))[0]
    assert row["subject_id"] == row["title"] == f"'{cell}"


def test_numbers_and_plain_text_are_left_as_they_are(store: Store) -> None:
    negative = a_draft("one", pool=-1234, evidence=evidence(a_draft("one").alert_id, ("s1",)))
    store.run("r1", negative)
    assert cells(written(store))[0]["pool_at_issue"] == "-12.34"
    assert harmless("a=b") == "a=b"


@pytest.mark.parametrize("start", ["=", "＝", "+", "＋", "-", "－", "@", "＠", "\t"])
def test_what_a_spreadsheet_would_run_is_text(start: str) -> None:
    assert harmless(f"{start}1+1") == f"'{start}1+1"


def test_simulated_data_say_so_in_every_format(tmp_path: Path) -> None:
    store = Store(tmp_path, simulated=True)
    store.run("SIM-r1", ALERT)
    path = written(store)
    assert cells(path)[0]["run_id"].startswith("SIM-")
    assert "simulated" in path.with_name("out.csv.README.txt").read_text()
    assert json.loads(written(store, file_format="json").read_text())["simulated"] is True
    assert pl.read_parquet_metadata(written(store, file_format="parquet"))["simulated"] == "true"


def test_what_rests_on_invented_policy_values_says_so_in_every_format(tmp_path: Path) -> None:
    store = Store(tmp_path, profile="illustrative")
    store.run("r1", ALERT)
    path = written(store)
    notice = path.with_name("out.csv.README.txt")
    assert "invented" in notice.read_text() and "simulated" not in notice.read_text()
    assert json.loads(written(store, file_format="json").read_text())["policy_profile"] == "illustrative"
    assert pl.read_parquet_metadata(written(store, file_format="parquet"))["policy_profile"] == "illustrative"


def test_real_data_do_not_inherit_the_notice_of_an_earlier_export(full: Store) -> None:
    notice = full.workspace.root.parent / "out.csv.README.txt"
    notice.write_text("my own notes")
    written(full)
    assert notice.read_text() == "my own notes"


def test_masked_lists_stand_in_the_order_of_pseudonyms(store: Store) -> None:
    people = [f"32060219{year}01010011" for year in range(30, 99)]
    store.run("r1", with_changes(a_draft("group"), member_ids=tuple(people)))
    (row,) = cells(written(store))
    members = json.loads(row["member_ids"])
    key = store.workspace.pseudonym_key()
    assert members == sorted(members) and len(members) == len(people)
    assert members != [mask(key, person) for person in people]


def test_no_alerts_give_a_file_with_the_fields(store: Store) -> None:
    store.run("r1")
    assert written(store).read_text(encoding="utf-8-sig") == ",".join(FIELDS) + "\n"
    assert json.loads(written(store, file_format="json").read_text())["alerts"] == []
    assert pl.read_parquet(written(store, file_format="parquet")).columns == FIELDS


@pytest.mark.parametrize(
    "options", [{"file_format": "xls"}, {"what": "people"}, {"out": Path("/nowhere/at/all.csv")}]
)
def test_requests_that_cannot_be_met(full: Store, options: dict[str, Any]) -> None:
    printed = {"what": "alerts", "file_format": "csv", "out": full.workspace.root.parent / "x.csv", **options}
    with pytest.raises(UsageError):
        export(full.workspace, printed.pop("what"), actor="li", at="noon", **printed)
