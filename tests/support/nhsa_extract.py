"""Writes a data set of the contract down as an extract of the national platform, with the traps of real ones.

GB18030 CSV under warehouse names; codes of two, four and six digits; misspelt and camelCase names; dates in mixed
forms; refunds with and without the id of their original; invalid rows; two files for one ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

Frames = Mapping[str, pl.DataFrame]

PSN_TYPES = {
    "active": ["11", "1101", "110101"],
    "flexible": ["1103", "110301", "1101"],
    "retired": ["12", "1201", "120101"],
    "resident": ["15", "1403", "150101"],
}
"""Codes of a category in three lengths; the last of the flexible ones needs flxempe_flag."""
MED_TYPES = {
    "outpatient": ["11", "1101", "110101"],
    "emergency": ["13", "1301", "130101"],
    "chronic_outpatient": ["140104", "140104", "140104"],
    "special_outpatient": ["1402", "140201", "140101"],
    "inpatient": ["21", "2101", "210101"],
    "pharmacy": ["41", "4101", "410101"],
}
INSUTYPES = {"employee": ["310"] * 3, "resident": ["390", "391", "390"]}
GRADES = {
    "tertiary": ["02", "2", "03"],
    "secondary": ["05", "6", "5"],
    "primary": ["08", "8", "10"],
    "ungraded": ["11", "11", "11"],
}
LIST_TYPES = {
    "drug": ["101", "101", "103"],
    "tcm": ["102", "106", "102"],
    "service": ["201"] * 3,
    "consumable": ["301"] * 3,
}
CLASSES = {"A": ["01", "1", "01"], "B": ["02", "2", "02"], "C": ["03", "3", "03"]}
CREDENTIALS = {"e_credential": ["01", "1", "01"], "id_card": ["02"] * 3, "social_card": ["03", "3", "03"]}
STATUS = {"active": "1", "suspended": "2", "terminated": "4"}
OTHER_FUNDS = ("cvlserv_pay", "hifmi_pay", "oth_pay")
SAME_NAMES = (
    "family_authorizations",
    "drug_trace_scans",
    "provider_status",
    "programme_registrations",
    "item_reference",
    "registered_contexts",
    "survey_answers",
    "outside_leads",
)
"""Tables for which the platform has no public names."""

_NTH = pl.int_range(pl.len())


def provider_codes(tables: Frames) -> dict[str, str]:
    """The platform's code of each provider: a letter, its division, a number."""
    providers = tables["providers"].sort("provider_id")
    letter = pl.when(pl.col("provider_kind") == "pharmacy").then(pl.lit("P")).otherwise(pl.lit("H"))
    number = pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(5)
    codes = providers.select(pl.concat_str(letter, "district_code", number)).to_series()
    return dict(zip(providers["provider_id"], codes, strict=True))


def write_extract(
    tables: Frames, folder: Path, *, aid_inside: bool = False, time_only: bool = False
) -> dict[str, str]:
    """Write the extract.

    Args:
        tables: the data set.
        folder: a new folder.
        aid_inside: acct_pay holds acct_mulaid_pay.
        time_only: setl_time holds the time of day; the day is in crte_time.

    Returns:
        The providers' codes by their ids in the data set.
    """
    folder.mkdir(parents=True)
    codes = provider_codes(tables)
    coded = {
        name: table.with_columns(pl.col("provider_id").replace(codes))
        if "provider_id" in table.columns
        else table
        for name, table in tables.items()
    }
    written = {
        "PSN_INFO_B": _persons(coded["persons"]),
        "psn_insu_d": _enrolments(coded["enrolments"]),
        "FIXMEDINS_B": _providers(coded["providers"]),
        "SETL_D": _settlements(coded["settlements"], aid_inside, time_only),
        "MDTRT_D": _encounters(coded["settlements"]),
    }
    if "charge_lines" in coded:
        written["FEE_LIST_D"] = _lines(coded["charge_lines"])
    if "account_entries" in coded:
        entries = coded["account_entries"]
        written["ACCT_INC_DETL_D"] = _entries(entries.filter(pl.col("amount") >= 0), "inc")
        written["ACCT_PAY_DETL_D"] = _entries(entries.filter(pl.col("amount") < 0), "pay")
    if "contributions" in coded:
        written["STAF_PSN_CLCT_DETL_D"] = _contributions(coded["contributions"])
    written |= {name: coded[name] for name in SAME_NAMES if name in coded}
    for name, table in written.items():
        text = table.write_csv(datetime_format="%Y-%m-%d %H:%M:%S")
        (folder / f"{name}.csv").write_bytes(text.encode("gb18030"))
    (folder / "SIMULATED.json").write_text("{}")
    return codes


def _forms(column: str, codes: Mapping[str, list[str]]) -> pl.Expr:
    """A code in one of three forms, by the row's number; what has none is null."""
    nth = _NTH % 3
    each = [
        pl.col(column).replace_strict({word: forms[n] for word, forms in codes.items()}, default=None)
        for n in range(3)
    ]
    return pl.when(nth == 0).then(each[0]).when(nth == 1).then(each[1]).otherwise(each[2])


def _moments(column: str) -> pl.Expr:
    """A time in one of three forms, by the row's number."""
    at = pl.col(column).cast(pl.Datetime("us"))
    forms = [at.dt.strftime(form) for form in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d%H:%M:%S", "%Y%m%d%H%M%S")]
    return pl.when(_NTH % 3 == 0).then(forms[0]).when(_NTH % 3 == 1).then(forms[1]).otherwise(forms[2])


def _days(column: str) -> pl.Expr:
    """A day in one of three forms, by the row's number."""
    forms = [pl.col(column).dt.strftime(form) for form in ("%Y-%m-%d", "%Y%m%d", "%Y-%m-%d 00:00:00")]
    return pl.when(_NTH % 3 == 0).then(forms[0]).when(_NTH % 3 == 1).then(forms[1]).otherwise(forms[2])


def _month(column: str) -> pl.Expr:
    return pl.col(column).str.replace("-", "")


def _there(table: pl.DataFrame, **columns: pl.Expr) -> list[pl.Expr]:
    """The columns that can be made of what the table has."""
    return [
        made.alias(name)
        for name, made in columns.items()
        if set(made.meta.root_names()) <= set(table.columns)
    ]


def _persons(table: pl.DataFrame) -> pl.DataFrame:
    made = _there(
        table,
        PSN_NO=pl.col("person_id"),
        GEND=pl.col("sex").replace_strict({"male": "1", "female": "2"}, default="0"),
        BRDY=_days("birth_date"),
        LIVE_ADMDVS=pl.col("region_code"),
        DIE_DATE=_days("death_date"),
    )
    return table.select(*made, pl.lit("王某").alias("PSN_NAME"), pl.lit("1").alias("VALI_FLAG"))


def _categories() -> tuple[pl.Expr, pl.Expr]:
    flexible = (pl.col("person_category") == "flexible") & (_NTH % 3 == 2)
    flag = pl.when(flexible).then(pl.lit("1")).otherwise(pl.lit("0"))
    return _forms("person_category", PSN_TYPES), flag


def _enrolments(table: pl.DataFrame) -> pl.DataFrame:
    category, flag = _categories()
    made = _there(
        table,
        psnNo=pl.col("person_id"),
        insutype=_forms("scheme", INSUTYPES),
        psn_type=category,
        flxempeFlag=flag,
        psn_insu_stas=pl.col("status").replace_strict(STATUS),
        insu_admdvs=pl.when(_NTH % 2 == 0)
        .then(pl.col("pooling_area").str.slice(0, 4) + "99")
        .otherwise("pooling_area"),
        emp_no=pl.col("employer_id"),
        psn_insu_date=_days("start_date"),
        paus_insu_date=_days("end_date"),
    )
    return table.select(*made, pl.lit("某单位").alias("emp_name"))


def _providers(table: pl.DataFrame) -> pl.DataFrame:
    kind = pl.col("provider_kind")
    made = _there(
        table,
        fixmedins_code=pl.col("provider_id"),
        fixmedins_name=pl.format("{}（定点）", "provider_name"),
        fixmedins_type=pl.when(kind == "pharmacy").then(pl.lit("2")).otherwise(pl.lit("1")),
        grst_hosp_flag=pl.when(kind == "primary_care").then(pl.lit("1")).otherwise(pl.lit("0")),
        hosp_lv=_forms("level", GRADES),
        lnt=pl.col("longitude"),
        lat=pl.col("latitude"),
    )
    own = ("owner_id", "agreement_start", "agreement_end", "pooled_outpatient_from")
    return table.select(*made, *(name for name in own if name in table.columns))


def _settlements(table: pl.DataFrame, aid_inside: bool, time_only: bool) -> pl.DataFrame:
    table = _complete(table)
    category, flag = _categories()
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
        "setlTime": settled.dt.strftime("%H:%M:%S") if time_only else _moments("settled_at"),
        "crte_time": settled.dt.offset_by("2h" if not time_only else "0s"),
        "begndate": pl.coalesce("admitted_on", "service_date"),
        "enddate": pl.coalesce("discharged_on", "service_date"),
        "insutype": _forms("scheme", INSUTYPES),
        "psn_type": category,
        "flxempe_flag": flag,
        "med_type": _forms("care_type", MED_TYPES),
        "dise_codg": pl.col("programme_code"),
        "atddr_no": pl.when(own).then("prescriber_id"),
        "dscg_maindiag_code": pl.when(own).then("diagnosis_code"),
        "mdtrt_cert_type": pl.when(own).then(_forms("credential_type", CREDENTIALS)),
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
            name: pl.when(n == _NTH % 3).then(other).otherwise(other * 0)
            for n, name in enumerate(OTHER_FUNDS)
        },
        "acct_pay": account + pl.col("mutual_aid_paid").fill_null(0) if aid_inside else account,
        "acct_mulaid_pay": pl.col("mutual_aid_paid"),
        "psn_part_amt": account + pl.col("mutual_aid_paid").fill_null(0) + pl.col("cash_paid"),
        "pdn_cash_pay": pl.col("cash_paid"),
        "hosp_part_amt": pl.col("provider_borne"),
        "balc": pl.col("account_balance_after"),
        "mutual_aid_payer_id": pl.col("mutual_aid_payer_id"),
        "refd_setl_flag": pl.when(refund).then(pl.lit("1")).otherwise(pl.lit("0")),
        "init_setl_id": pl.when(_NTH % 2 == 0).then("reverses_settlement_id"),
        "vali_flag": pl.lit("1"),
        "fixmedins_name": pl.lit("某定点医药机构"),
    }
    rows = table.select(item.alias(name) for name, item in made.items())
    invalid = rows.filter(_NTH % 211 == 7).with_columns(
        pl.format("X{}", "setl_id").alias("setl_id"), pl.lit("0").alias("vali_flag")
    )
    return pl.concat([rows, invalid])


def _complete(table: pl.DataFrame) -> pl.DataFrame:
    """The table with every column of the contract; null where it lacks one."""
    from features.contract import TABLES, Kind

    types = {Kind.MONEY: pl.Decimal(12, 2), Kind.DATE: pl.Date(), Kind.TIME: pl.Datetime("us")}
    lacking = {
        name: item.kind for name, item in TABLES["settlements"].columns.items() if name not in table.columns
    }
    return table.with_columns(
        pl.lit(None, dtype=types.get(kind, pl.String())).alias(name) for name, kind in lacking.items()
    )


_OF_ENCOUNTER = ("prescriber_id", "diagnosis_code", "credential_type")


def _own_encounter(table: pl.DataFrame) -> pl.Expr:
    """Settlements whose visit says different things of one visit, or that name no visit: they keep it themselves."""
    several = (
        table.group_by("encounter_id")
        .agg(pl.struct(_OF_ENCOUNTER).n_unique().alias("n"))
        .filter(pl.col("n") > 1)
    )["encounter_id"]
    return pl.col("encounter_id").is_null() | pl.col("encounter_id").is_in(several.drop_nulls().to_list())


def _encounters(table: pl.DataFrame) -> pl.DataFrame:
    table = _complete(table)
    visits = table.filter(~_own_encounter(table)).unique("encounter_id", maintain_order=True)
    rows = visits.select(
        pl.col("encounter_id").alias("MDTRT_ID"),
        pl.col("person_id").alias("PSN_NO"),
        pl.col("prescriber_id").alias("ATDDR_NO"),
        pl.col("diagnosis_code").alias("DSCG_MAINDIAG_CODE"),
        _forms("credential_type", CREDENTIALS).alias("MDTRT_CERT_TYPE"),
        pl.lit("某医师").alias("CHFPDR_NAME"),
        pl.lit("1").alias("VALI_FLAG"),
    )
    invalid = rows.head(20).with_columns(pl.lit("D-wrong").alias("ATDDR_NO"), pl.lit("0").alias("VALI_FLAG"))
    return pl.concat([invalid, rows])


def _lines(table: pl.DataFrame) -> pl.DataFrame:
    known = pl.col("item_kind").is_in(list(LIST_TYPES))
    number = pl.col("settlement_id").rle_id().cast(pl.String).str.zfill(9)
    made = _there(
        table,
        feedetl_sn=pl.concat_str(pl.lit("FEE-"), number, pl.col("line_no").cast(pl.String).str.zfill(3)),
        setl_id=pl.col("settlement_id"),
        hilist_code=pl.col("item_code"),
        hilistName=pl.col("item_name"),
        list_type=_forms("item_kind", LIST_TYPES),
        item_kind=pl.when(~known).then("item_kind"),
        chrgitm_lv=_forms("coverage_class", CLASSES),
        cnt=pl.col("quantity"),
        pric=pl.col("unit_price"),
        det_item_fee_sumamt=pl.col("amount"),
        inscp_amt=pl.col("in_scope_amount"),
        prd_days=pl.col("days_supply"),
        bilg_dr_code=pl.col("prescriber_id"),
    )
    return table.select(*made, pl.lit("元").alias("unit"))


def _entries(table: pl.DataFrame, way: str) -> pl.DataFrame:
    kind = pl.col("entry_kind")
    paid = pl.col("settlement_id").is_not_null()
    source = (
        pl.when(paid)
        .then(pl.lit("SETL_D"))
        .when(kind == "monthly_credit")
        .then(pl.lit("STAF_PSN_CLCT_DETL_D"))
    )
    coded = pl.when(kind.is_in(["monthly_credit", "settlement"])).then(pl.lit("01")).otherwise(kind)
    made = _there(
        table,
        **{
            f"acct_{way}_detl_id": pl.col("entry_id"),
            "psn_no": pl.col("account_id"),
            "acct_modi_date": _moments("posted_at"),
            "acct_incexpd_type": coded,
            f"{way}_sumamt": pl.col("amount").abs(),
            "balc": pl.col("balance_after"),
            "accrym": _month("accrual_month"),
            "acct_incexpd_souc_id": pl.col("settlement_id"),
            "beneficiary_id": pl.col("beneficiary_id"),
            "premium_kind": pl.col("premium_kind"),
        },
    )
    return table.select(
        *made, source.otherwise(pl.lit("OTHER")).alias("tabname"), pl.lit("账户").alias("memo")
    )


def _contributions(table: pl.DataFrame) -> pl.DataFrame:
    made = _there(
        table,
        psn_no=pl.col("person_id"),
        accrym_begn=_month("accrual_month"),
        accrym_end=_month("accrual_month"),
        psn_clctstd=pl.col("contribution_base"),
        psn_clct_into_acct_amt=pl.col("person_into_account"),
        emp_clct_into_acct_amt=pl.col("employer_into_account"),
        clct_time=_days("paid_on"),
    )
    return table.select(*made, pl.lit("1").alias("clct_flag"), pl.lit("某单位").alias("emp_name"))
