"""Draft mappings: they are accepted, read what is meant, mark their guesses, and hold no value of a person."""

from __future__ import annotations

import tomllib
from pathlib import Path

import polars as pl
import pytest
from support.cities import frames
from support.commands import Ended, fundwatch
from support.exports import Export, Ingested
from support.nhsa.extract import write_extract
from support.paths import ROOT, SMALL_CITY

from features.intake import Snapshot, create_snapshot
from features.workspace import open_workspace

THIRD_PARTY = ROOT.parent / "shared" / "data"


def drafted(data: Path, folder: Path, *words: str) -> tuple[Ended, Path]:
    path = folder / "draft.toml"
    return fundwatch("doctor", "--data", data, "--draft", path, *words), path


def read(data: Path, folder: Path, mapping: Path | None, preset: str | None = None) -> Snapshot:
    workspace = open_workspace(folder, create=True)
    return create_snapshot(data, workspace, mapping=mapping, preset=preset)


def used(snapshot: Snapshot) -> dict[str, int]:
    return {name: table.rows.accepted for name, table in snapshot.manifest.tables.items()}


def test_the_draft_of_a_sound_export_reads_the_same(export: Export, tmp_path: Path) -> None:
    ended, draft = drafted(export.data, tmp_path)
    assert ended.code == 0
    plain, by_draft = export.ingest(), Ingested(read(export.data, tmp_path / "ws", draft))
    assert plain.rows() == by_draft.rows()
    for column in ("settlements.total_amount", "settlements.settled_at", "persons.birth_date"):
        assert plain.column(column) == by_draft.column(column)


def test_a_misspelt_column_is_drafted_as_a_guess(export: Export, tmp_path: Path) -> None:
    export.change("settlements", 1, mutual_aid_payerid="002", mutual_aid_paid="0")
    _, draft = drafted(export.data, tmp_path)
    lines = draft.read_text(encoding="utf-8").splitlines()
    assert 'mutual_aid_payer_id = "mutual_aid_payerid"  # guess: by its name' in lines
    assert (
        Ingested(read(export.data, tmp_path / "ws", draft)).column("settlements.mutual_aid_payer_id")[0]
        == "002"
    )


def test_the_draft_of_a_national_extract_reads_what_the_preset_reads(tmp_path: Path) -> None:
    city = {name: table.head(400) for name, table in frames(SMALL_CITY).items()}
    data = tmp_path / "extract"
    write_extract(city, data)
    ended, draft = drafted(data, tmp_path)
    assert ended.code == 3, "without the preset, its names are not those of the contract"
    assert "--preset nhsa reads them" in ended.out
    by_preset = read(data, tmp_path / "preset", None, "nhsa")
    by_draft = read(data, tmp_path / "draft", draft)
    assert used(by_preset) == used(by_draft)
    assert len(used(by_draft)) > 8
    for name in used(by_draft):
        parts = [
            pl.read_parquet(each.folder / "tables" / name / "*.parquet") for each in (by_preset, by_draft)
        ]
        assert parts[0].drop("source_file").equals(parts[1].drop("source_file")), name


def test_unknown_names_are_guessed_and_nothing_rests_on_invented_values(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    visits = pl.DataFrame(
        {
            "ClaimNo": [f"V{n:05}" for n in range(60)],
            "PatientID": [f"SECRET{n % 9}" for n in range(60)],
            "Hospital": [f"H{n % 4}" for n in range(60)],
            "ClaimDt": [f"{n % 28 + 1:02}/03/2024" for n in range(60)],
            "TotalCost": [f"{n * 1.5:.2f}" for n in range(60)],
            "VisitType": ["outpatient", "inpatient"] * 30,
        }
    )
    visits.write_csv(data / "visits.csv")
    pl.DataFrame({"ID": [f"SECRET{n}" for n in range(9)], "Gender": ["M", "F", "M"] * 3}).write_csv(
        data / "people.csv"
    )
    ended, draft = drafted(data, tmp_path)
    text = draft.read_text(encoding="utf-8")
    mapping = tomllib.loads(text)["tables"]
    assert ended.code == 3 and "What follows is what the draft mapping reads." in ended.out
    assert mapping["persons"]["file"] == "people.csv"
    assert mapping["settlements"]["columns"]["care_type"] == "VisitType"
    assert mapping["settlements"]["columns"]["settled_at"] == "ClaimDt"
    assert {"pool_paid", "account_paid", "scheme"} <= set(mapping["settlements"]["guessed"])
    assert text.count("# guess") + text.count(": guess") >= 8
    assert "SECRET" not in text + ended.out
    snapshot = read(data, tmp_path / "ws", draft)
    assert used(snapshot) == {"persons": 9, "enrolments": 9, "providers": 4, "settlements": 60}
    assert "pool_paid" not in snapshot.manifest.tables["settlements"].columns


def test_what_looks_like_no_claims_gets_no_draft(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "notes.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (data / "broken.parquet").write_bytes(b"PAR1 nothing")
    ended, draft = drafted(data, tmp_path)
    assert ended.code == 3 and not draft.exists()
    assert "no draft mapping could be made" in ended.out
    assert fundwatch("doctor", "--data", data, "--language", "zh").code == 3


def test_a_file_that_has_only_to_be_corrected_is_not_guessed_around(export: Export, tmp_path: Path) -> None:
    export.write("providers.csv", b"")
    ended, draft = drafted(export.data, tmp_path)
    assert ended.code == 3 and not draft.exists()
    assert "first correct the files that cannot be read (providers.csv)" in ended.out


def test_an_existing_draft_stays(export: Export, tmp_path: Path) -> None:
    (tmp_path / "draft.toml").write_text("own", encoding="utf-8")
    ended, draft = drafted(export.data, tmp_path)
    assert ended.code == 2 and draft.read_text(encoding="utf-8") == "own"


@pytest.mark.real_data
@pytest.mark.parametrize(("name", "rows"), [("medicare_inpatient", 9_551), ("synthea", 388)])
def test_the_draft_of_third_party_data_runs(name: str, rows: int, tmp_path: Path) -> None:
    if not (THIRD_PARTY / name).is_dir():
        pytest.skip(f"third-party data {name} are not next to the project")
    ended, draft = drafted(THIRD_PARTY / name, tmp_path)
    assert ended.code == 3 and "What follows is what the draft mapping reads." in ended.out
    taken = fundwatch(
        "intake", "--data", THIRD_PARTY / name, "--workspace", tmp_path / "ws", "--mapping", draft
    )
    assert taken.code == 0, taken.err
    assert used(read(THIRD_PARTY / name, tmp_path / "again", draft))["settlements"] == rows


def test_items_to_fill_in_are_those_of_the_data(tmp_path: Path) -> None:
    ended = fundwatch("doctor", "--data", SMALL_CITY, "--templates", tmp_path)
    assert ended.code == 0
    items = pl.read_csv(tmp_path / "item_reference.csv", infer_schema=False)
    lines = pl.read_parquet(SMALL_CITY / "charge_lines" / "*.parquet")
    assert set(items["item_code"]) == set(lines["item_code"].drop_nulls())
    assert items["sex_only"].null_count() == items.height
    assert fundwatch("doctor", "--data", SMALL_CITY, "--templates", tmp_path).code == 2
