"""Settlements and the visits that they belong to."""

from __future__ import annotations

import polars as pl
from support.nhsa.codes import CREDENTIALS, INSUTYPES, MED_TYPES
from support.nhsa.forms import NTH, forms, moments
from support.nhsa.master import categories

from features.contract import TABLES, Kind

OTHER_FUNDS = ("cvlserv_pay", "hifmi_pay", "oth_pay")
_OF_ENCOUNTER = ("prescriber_id", "diagnosis_code", "credential_type")


def settlements(table: pl.DataFrame, aid_inside: bool, time_only: bool) -> pl.DataFrame:
    table = _complete(table)
    category, flag = categories()
    refund = pl.col("total_amount") < 0
    account = pl.col("account_paid")
    settled = pl.col("settled_at")
    other = pl.col("other_fund_paid")
    own = _own_encounter(table)
    made = {
        "setl_id": pl.col("settlement_id"),
        "mdtrt_id": pl.col("encounter_id"),
        "psn_no": pl.col("person_id"),
        "fixmedinsCode": pl.col("provider_id"),
        "setlTime": settled.dt.strftime("%H:%M:%S") if time_only else moments("settled_at"),
        "crte_time": settled.dt.offset_by("2h" if not time_only else "0s"),
        "begndate": pl.coalesce("admitted_on", "service_date"),
        "enddate": pl.coalesce("discharged_on", "service_date"),
        "insutype": forms("scheme", INSUTYPES),
        "psn_type": category,
        "flxempe_flag": flag,
        "med_type": forms("care_type", MED_TYPES),
        "dise_codg": pl.col("programme_code"),
        "atddr_no": pl.when(own).then("prescriber_id"),
        "dscg_maindiag_code": pl.when(own).then("diagnosis_code"),
        "mdtrt_cert_type": pl.when(own).then(forms("credential_type", CREDENTIALS)),
        "prsc_time": pl.col("prescribed_at"),
        "rx_drord_no": pl.col("prescription_no"),
        "setl_type": pl.col("channel").replace_strict({"online": "2", "manual": "1"}, default=None),
        "opter": pl.col("operator_id"),
        "med_fee_sumamt": pl.col("total_amount"),
        "fulamt_ownpay_amt": pl.col("fully_self_paid"),
        "overlmt_selfpay": pl.col("over_limit_self_paid"),
        "preselfpay_amt": pl.col("pre_self_paid"),
        "inscp_amt": pl.col("in_scope_amount"),
        "act_pay_dedc": pl.col("deductible_paid"),
        "hifp_pay": pl.col("pool_paid"),
        **{
            name: pl.when(n == NTH % 3).then(other).otherwise(other * 0) for n, name in enumerate(OTHER_FUNDS)
        },
        "acct_pay": account + pl.col("mutual_aid_paid").fill_null(0) if aid_inside else account,
        "acct_mulaid_pay": pl.col("mutual_aid_paid"),
        "psn_part_amt": account + pl.col("mutual_aid_paid").fill_null(0) + pl.col("cash_paid"),
        "pdn_cash_pay": pl.col("cash_paid"),
        "hosp_part_amt": pl.col("provider_borne"),
        "balc": pl.col("account_balance_after"),
        "mutual_aid_payer_id": pl.col("mutual_aid_payer_id"),
        "refd_setl_flag": pl.when(refund).then(pl.lit("1")).otherwise(pl.lit("0")),
        "init_setl_id": pl.when(NTH % 2 == 0).then("reverses_settlement_id"),
        "vali_flag": pl.lit("1"),
        "fixmedins_name": pl.lit("某定点医药机构"),
    }
    rows = table.select(item.alias(name) for name, item in made.items())
    invalid = rows.filter(NTH % 211 == 7).with_columns(
        pl.format("X{}", "setl_id").alias("setl_id"), pl.lit("0").alias("vali_flag")
    )
    return pl.concat([rows, invalid])


def _complete(table: pl.DataFrame) -> pl.DataFrame:
    """The table with every column of the contract; null where it lacks one."""
    types = {Kind.MONEY: pl.Decimal(12, 2), Kind.DATE: pl.Date(), Kind.TIME: pl.Datetime("us")}
    lacking = {
        name: item.kind for name, item in TABLES["settlements"].columns.items() if name not in table.columns
    }
    return table.with_columns(
        pl.lit(None, dtype=types.get(kind, pl.String())).alias(name) for name, kind in lacking.items()
    )


def _own_encounter(table: pl.DataFrame) -> pl.Expr:
    """Settlements whose visit says different things of one visit, or that name no visit: they keep it themselves."""
    several = (
        table.group_by("encounter_id")
        .agg(pl.struct(_OF_ENCOUNTER).n_unique().alias("n"))
        .filter(pl.col("n") > 1)
    )["encounter_id"]
    return pl.col("encounter_id").is_null() | pl.col("encounter_id").is_in(several.drop_nulls().to_list())


def encounters(table: pl.DataFrame) -> pl.DataFrame:
    table = _complete(table)
    visits = table.filter(~_own_encounter(table)).unique("encounter_id", maintain_order=True)
    rows = visits.select(
        pl.col("encounter_id").alias("MDTRT_ID"),
        pl.col("person_id").alias("PSN_NO"),
        pl.col("prescriber_id").alias("ATDDR_NO"),
        pl.col("diagnosis_code").alias("DSCG_MAINDIAG_CODE"),
        forms("credential_type", CREDENTIALS).alias("MDTRT_CERT_TYPE"),
        pl.lit("某医师").alias("CHFPDR_NAME"),
        pl.lit("1").alias("VALI_FLAG"),
    )
    invalid = rows.head(20).with_columns(pl.lit("D-wrong").alias("ATDDR_NO"), pl.lit("0").alias("VALI_FLAG"))
    return pl.concat([invalid, rows])
