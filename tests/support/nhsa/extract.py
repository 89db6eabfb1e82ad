"""Writes a data set of the contract down as an extract of the national platform, with the traps of real ones.

GB18030 CSV under warehouse names; codes of two, four and six digits; misspelt and camelCase names; dates in mixed
forms; refunds with and without the id of their original; invalid rows; two files for one ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl
from support.nhsa import details, master, settled

Frames = Mapping[str, pl.DataFrame]
SAME_NAMES = (
    "family_authorizations",
    "drug_trace_scans",
    "provider_status",
    "programme_registrations",
    "item_reference",
    "registered_contexts",
    "survey_answers",
    "outside_leads",
    "person_aliases",
    "provider_aliases",
)
"""Tables for which the platform has no public names."""


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
        "PSN_INFO_B": master.persons(coded["persons"]),
        "psn_insu_d": master.enrolments(coded["enrolments"]),
        "FIXMEDINS_B": master.providers(coded["providers"]),
        "SETL_D": settled.settlements(coded["settlements"], aid_inside, time_only),
        "MDTRT_D": settled.encounters(coded["settlements"]),
    }
    if "charge_lines" in coded:
        written["FEE_LIST_D"] = details.lines(coded["charge_lines"])
    if "account_entries" in coded:
        entries = coded["account_entries"]
        written["ACCT_INC_DETL_D"] = details.entries(entries.filter(pl.col("amount") >= 0), "inc")
        written["ACCT_PAY_DETL_D"] = details.entries(entries.filter(pl.col("amount") < 0), "pay")
    if "contributions" in coded:
        written["STAF_PSN_CLCT_DETL_D"] = master.contributions(coded["contributions"])
    written |= {name: coded[name] for name in SAME_NAMES if name in coded}
    for name, table in written.items():
        text = table.write_csv(datetime_format="%Y-%m-%d %H:%M:%S")
        (folder / f"{name}.csv").write_bytes(text.encode("gb18030"))
    (folder / "SIMULATED.json").write_text("{}")
    return codes
