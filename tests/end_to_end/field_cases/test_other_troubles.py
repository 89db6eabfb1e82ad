"""Troubles of refunds, months, zones, consoles and small funds: what comes out is that of the sound export."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from support.cities import frames
from support.commands import fundwatch
from support.field import damage
from support.field.damage import Damage
from support.field.mini import as_text, read, write_mini
from support.paths import ROOT
from support.shared import make_once
from support.sheets import read_sheets
from support.workspaces import alerts, store

from detection.store.schema import Assessability
from features.intake import open_snapshot


@pytest.fixture(scope="module")
def mini(small_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty people with their contributions."""

    def make(folder: Path) -> None:
        write_mini(small_city, folder)
        people = read(folder, "persons")["person_id"].implode()
        paid = frames(small_city)["contributions"].filter(pl.col("person_id").is_in(people))
        as_text(paid).write_csv(folder / "contributions.csv")

    return make_once(tmp_path_factory, "field_mini_with_contributions", make)


def accepted(data: Path, workspace: Path, table: str, *words: str | Path) -> tuple[pl.DataFrame, str]:
    """The accepted rows of a table, without where they came from, and what is printed."""
    ended = fundwatch("intake", "--data", data, "--workspace", workspace, *words)
    assert ended.code == 0, ended.err
    (snapshot,) = (workspace / "snapshots").iterdir()
    frame = open_snapshot(snapshot).frame(table).to_native().collect()
    return frame.drop("source_file", "source_row").sort(frame.columns[:2]), ended.out


@pytest.fixture
def same(mini: Path, tmp_path: Path) -> Callable[..., str]:
    """Damages the export, and compares what is read with the sound one; what is printed."""

    def compare(change: Damage, table: str, *words: str | Path) -> str:
        data = Path(shutil.copytree(mini, tmp_path / "data"))
        change(data)
        expected, _ = accepted(mini, tmp_path / "sound", table)
        actual, printed = accepted(data, tmp_path / "damaged", table, *words)
        assert expected.height > 100
        assert actual.equals(expected)
        return printed

    return compare


def test_refunds_with_a_positive_sign_take_back_what_they_name(same: Callable[..., str], mini: Path) -> None:
    money = [
        name for name in read(mini, "settlements").columns if name.endswith(("_paid", "_amount", "_borne"))
    ]
    refund = pl.col("reverses_settlement_id") != ""
    turned = {
        name: pl.when(refund).then(pl.col(name).str.strip_prefix("-")).otherwise(name) for name in money
    }
    printed = same(damage.cells("settlements", **turned), "settlements")
    refunds = read(mini, "settlements").filter(refund).height
    assert refunds > 20
    assert f"{refunds} rows with positive amounts name the settlement that they take back" in printed


def test_months_without_a_dash_are_read(same: Callable[..., str]) -> None:
    plain = pl.col("accrual_month").str.replace("-", "")
    printed = same(damage.cells("contributions", accrual_month=plain), "contributions")
    assert re.search(r"contributions\.accrual_month: \d+ values read as 202403", printed)


@pytest.mark.parametrize("offset", ["Z", "+08:00"])
def test_a_form_with_an_offset_in_a_mapping_is_read(
    offset: str, same: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path / "map.toml").write_text(
        '[tables.settlements.columns]\nsettled_at = { from = "settled_at", formats = ["%Y-%m-%dT%H:%M:%S%z"] }\n'
    )
    local = damage.time_of("settled_at").dt.offset_by("-8h" if offset == "Z" else "0s")
    text = pl.concat_str(local.dt.strftime("%Y-%m-%dT%H:%M:%S"), pl.lit(offset))
    same(damage.cells("settlements", settled_at=text), "settlements", "--mapping", tmp_path / "map.toml")


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_a_folder_with_a_chinese_name_is_read_at_any_console(
    encoding: str, mini: Path, tmp_path: Path
) -> None:
    data = shutil.copytree(mini, tmp_path / "2024年 结算明细（在职）")
    words = ("intake", "--data", data, "--workspace", tmp_path / "工作 区")
    ended = subprocess.run(
        (sys.executable, "-m", "detection.cli", *map(str, words)),
        env=os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr.decode(errors="replace")
    assert "settlements" in ended.stdout.decode(encoding)
    assert b"Traceback" not in ended.stderr


def test_exports_open_in_a_spreadsheet_with_whole_ids(finished: Path, tmp_path: Path) -> None:
    words = ("--workspace", finished, "--language", "zh")
    for what in ("alerts", "scores"):
        for form in ("csv", "xlsx"):
            out = tmp_path / f"{what}.{form}"
            ended = fundwatch("export", what, "--format", form, "--out", out, *words)
            assert ended.code == 0, ended.err
        assert (tmp_path / f"{what}.csv").read_bytes().startswith("\ufeff".encode())
        header, *rows = read_sheets(tmp_path / f"{what}.xlsx")[what]
        ids = [place for place, name in enumerate(header) if str(name).endswith("_id")]
        assert len(rows) > 20 and ids
        assert {type(row[place]) for row in rows for place in ids if place < len(row)} <= {str, type(None)}


def test_a_fund_of_few_institutions_has_scores_and_a_reason(finished: Path, tmp_path: Path) -> None:
    out = tmp_path / "scores.csv"
    words = ("--workspace", finished, "--kind", "provider", "--language", "zh", "--out", out)
    assert fundwatch("export", "scores", "--format", "csv", *words).code == 0
    scores = pl.read_csv(out)
    assert 0 < scores.height < 30
    assert re.findall(r"[A-Za-z]{3,}", "".join(scores["reasons"])) == []
    with store(finished) as session:
        row = session.query(Assessability).filter_by(detector="provider_anomaly").one()
        assert (row.status, row.reason_en) == ("partial", "without the model's score: fewer than 30 entities")
    shown = [alert.alert_id for alert in alerts(finished) if alert.detector == "provider_anomaly"]
    assert shown
    text = fundwatch("explain", shown[0], "--workspace", finished, "--language", "zh").out
    assert "None" not in text
