"""Who is insured, and where: people, enrolments, contributions, and designated institutions."""

from __future__ import annotations

import polars as pl
from support.nhsa.codes import GRADES, INSUTYPES, PSN_TYPES, STATUS
from support.nhsa.forms import NTH, days, forms, month, there


def persons(table: pl.DataFrame) -> pl.DataFrame:
    made = there(
        table,
        PSN_NO=pl.col("person_id"),
        GEND=pl.col("sex").replace_strict({"male": "1", "female": "2"}, default="0"),
        BRDY=days("birth_date"),
        LIVE_ADMDVS=pl.col("region_code"),
        DIE_DATE=days("death_date"),
    )
    return table.select(*made, pl.lit("王某").alias("PSN_NAME"), pl.lit("1").alias("VALI_FLAG"))


def categories() -> tuple[pl.Expr, pl.Expr]:
    flexible = (pl.col("person_category") == "flexible") & (NTH % 3 == 2)
    flag = pl.when(flexible).then(pl.lit("1")).otherwise(pl.lit("0"))
    return forms("person_category", PSN_TYPES), flag


def enrolments(table: pl.DataFrame) -> pl.DataFrame:
    category, flag = categories()
    made = there(
        table,
        psnNo=pl.col("person_id"),
        insutype=forms("scheme", INSUTYPES),
        psn_type=category,
        flxempeFlag=flag,
        psn_insu_stas=pl.col("status").replace_strict(STATUS),
        insu_admdvs=pl.when(NTH % 2 == 0)
        .then(pl.col("pooling_area").str.slice(0, 4) + "99")
        .otherwise("pooling_area"),
        emp_no=pl.col("employer_id"),
        psn_insu_date=days("start_date"),
        paus_insu_date=days("end_date"),
    )
    return table.select(*made, pl.lit("某单位").alias("emp_name"))


def contributions(table: pl.DataFrame) -> pl.DataFrame:
    made = there(
        table,
        psn_no=pl.col("person_id"),
        accrym_begn=month("accrual_month"),
        accrym_end=month("accrual_month"),
        psn_clctstd=pl.col("contribution_base"),
        psn_clct_into_acct_amt=pl.col("person_into_account"),
        emp_clct_into_acct_amt=pl.col("employer_into_account"),
        clct_time=days("paid_on"),
    )
    return table.select(*made, pl.lit("1").alias("clct_flag"), pl.lit("某单位").alias("emp_name"))


def providers(table: pl.DataFrame) -> pl.DataFrame:
    kind = pl.col("provider_kind")
    made = there(
        table,
        fixmedins_code=pl.col("provider_id"),
        fixmedins_name=pl.format("{}（定点）", "provider_name"),
        fixmedins_type=pl.when(kind == "pharmacy").then(pl.lit("2")).otherwise(pl.lit("1")),
        grst_hosp_flag=pl.when(kind == "primary_care").then(pl.lit("1")).otherwise(pl.lit("0")),
        hosp_lv=forms("level", GRADES),
        lnt=pl.col("longitude"),
        lat=pl.col("latitude"),
    )
    own = ("owner_id", "agreement_start", "agreement_end", "pooled_outpatient_from")
    return table.select(*made, *(name for name in own if name in table.columns))
