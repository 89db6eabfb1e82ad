"""Troubles of extracts of the national platform: read like the sound extract, and a lawful ledger stays lawful."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl
import pytest
from support.cities import frames
from support.commands import fundwatch
from support.field.mini import mini
from support.field_cases import alerts, outcomes
from support.nhsa.extract import write_extract
from support.shared import make_once

from data_samples.city import simulate
from features.intake import open_snapshot

SETTLEMENTS = "SETL_D"
REVERSES = "reverses_settlement_id"
AMOUNTS = (
    "settlement_id",
    "person_id",
    "settled_at",
    "settled_minute",
    "total_amount",
    "pool_paid",
    "account_paid",
)
IN_CHINESE = {
    "setl_id": "结算ID",
    "mdtrt_id": "就诊ID",
    "psn_no": "人员编号",
    "fixmedinsCode": "定点医药机构编号",
    "setlTime": "结算时间",
    "begndate": "开始日期",
    "enddate": "结束日期",
    "insutype": "险种类型",
    "psn_type": "人员类别",
    "med_type": "医疗类别",
    "med_fee_sumamt": "医疗费总额",
    "hifp_pay": "统筹基金支出",
    "acct_pay": "个人账户支出",
    "pdn_cash_pay": "个人现金支出",
}
"""The standard's names of the fields."""
MONEY = ("_amt", "_sumamt", "_pay", "selfpay", "dedc")
Change = Callable[[pl.DataFrame], pl.DataFrame]


@pytest.fixture(scope="module")
def extract(small_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty people of the small city, each refund with the id of its original."""

    def make(folder: Path) -> None:
        tables = mini(small_city)
        write_extract(tables, folder)
        original = dict(tables["settlements"].select("settlement_id", "reverses_settlement_id").rows())
        change(
            folder,
            lambda rows: rows.with_columns(
                init_setl_id=pl.col("setl_id").replace_strict(original, default=None)
            ),
        )

    return make_once(tmp_path_factory, "field_extract", make)


def change(folder: Path, how: Change, table: str = SETTLEMENTS) -> None:
    """Write the settlements of the extract in another way."""
    path = folder / f"{table}.csv"
    changed = how(pl.read_csv(path, encoding="gb18030", infer_schema=False))
    path.write_bytes(changed.write_csv().encode("gb18030"))


def accepted(data: Path, workspace: Path) -> tuple[pl.DataFrame, str]:
    """The accepted settlements, to the second, and what is printed."""
    ended = fundwatch("intake", "--data", data, "--workspace", workspace, "--preset", "nhsa")
    assert ended.code == 0, ended.err
    (snapshot,) = (workspace / "snapshots").iterdir()
    rows = open_snapshot(snapshot).frame("settlements").to_native().collect()
    second = pl.col("settled_at").dt.truncate("1s")
    return rows.select(*AMOUNTS, REVERSES).with_columns(second).sort("settlement_id"), ended.out


def refund() -> pl.Expr:
    return pl.col("refd_setl_flag") == "1"


def positive(rows: pl.DataFrame) -> pl.DataFrame:
    """Refunds without their minus signs."""
    amounts = [name for name in rows.columns if name.endswith(MONEY)]
    return rows.with_columns(
        pl.when(refund()).then(pl.col(name).str.strip_prefix("-")).otherwise(name) for name in amounts
    )


def both_marked(rows: pl.DataFrame) -> pl.DataFrame:
    """Positive refunds, and the mark of a refund at their originals too."""
    originals = rows["init_setl_id"].drop_nulls().implode()
    flag = pl.when(pl.col("setl_id").is_in(originals)).then(pl.lit("1")).otherwise("refd_setl_flag")
    return positive(rows).with_columns(refd_setl_flag=flag)


def in_thousandths(rows: pl.DataFrame) -> pl.DataFrame:
    """Times with milliseconds, the letter Z, and an offset in turn; all are the same local times."""
    text = pl.col("setlTime").str.replace_all(r"[-: ]", "")
    local = text.str.to_datetime("%Y%m%d%H%M%S")
    nth = pl.int_range(pl.len()) % 3
    return rows.with_columns(
        setlTime=pl.when(nth == 0)
        .then(local.dt.strftime("%Y-%m-%d %H:%M:%S.123"))
        .when(nth == 1)
        .then(local.dt.offset_by("-8h").dt.strftime("%Y-%m-%dT%H:%M:%SZ"))
        .otherwise(local.dt.strftime("%Y-%m-%dT%H:%M:%S+08:00"))
    )


def in_chinese(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.rename(IN_CHINESE)


CHANGES: Mapping[str, tuple[Change, str]] = {
    "positive refunds": (positive, "name the settlement that they take back"),
    "original and refund both marked": (both_marked, "name the settlement that they take back"),
    "milliseconds and zones": (in_thousandths, "values read as times with an offset"),
    "Chinese headers": (in_chinese, ""),
}


@pytest.mark.parametrize("name", CHANGES)
def test_an_extract_is_read_like_the_sound_extract(name: str, extract: Path, tmp_path: Path) -> None:
    how, printed = CHANGES[name]
    data = Path(shutil.copytree(extract, tmp_path / "data"))
    change(data, how)
    expected, _ = accepted(extract, tmp_path / "sound")
    actual, text = accepted(data, tmp_path / "changed")
    assert expected[REVERSES].count() > 20
    assert actual.equals(expected)
    assert printed in text


def test_settlements_alone_are_enough_without_names_of_institutions(extract: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(extract / f"{SETTLEMENTS}.csv", data)
    change(data, lambda rows: rows.drop("fixmedins_name"))
    expected, _ = accepted(extract, tmp_path / "sound")
    actual, _ = accepted(data, tmp_path / "alone")
    assert actual.equals(expected)
    (snapshot,) = (tmp_path / "alone" / "snapshots").iterdir()
    providers = open_snapshot(snapshot).frame("providers").to_native().collect()
    assert providers.height > 10
    assert providers["provider_name"].to_list() == providers["provider_id"].to_list()


@pytest.mark.parametrize("precision", ["days", "seconds"])
def test_a_lawful_ledger_in_two_tables_without_payers_accuses_no_person(
    precision: str, tmp_path: Path
) -> None:
    simulate(tmp_path / "city", persons=1_000, months=6, seed=318, area="320600", planted=False)
    tables = frames(tmp_path / "city")
    if precision == "days":
        day = pl.col("posted_at").dt.truncate("1d")
        tables = {**tables, "account_entries": tables["account_entries"].with_columns(posted_at=day)}
    write_extract(tables, tmp_path / "data")
    change(tmp_path / "data", lambda rows: rows.drop("mutual_aid_payer_id"))
    given = outcomes(tmp_path / "data", tmp_path / "ws", "nhsa")
    assert alerts(given) == {}
    assert given["ledger_break"].assessability.rows_judged > 1_000
    assert "who paid" in given["ledger_break"].assessability.reason_en
