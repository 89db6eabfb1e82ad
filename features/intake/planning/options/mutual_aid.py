"""Option ``mutual_aid_included_in_account``: whether ``acct_pay`` includes ``acct_mulaid_pay``.

The platform does not define it, and funds differ. A person's share of the cost is paid from their account, in cash
and, if it is not included in the account, from a relative's account. The reading that explains more of the
settlements is chosen.
"""

from __future__ import annotations

from collections import Counter

import polars as pl

from features.figures import grouped_yuan, percent
from features.intake.manifest import Decision
from features.intake.planning.options.option import Option, UnclearError
from features.intake.planning.options.source_sample import SourceSample
from features.intake.tolerances import load_tolerances
from features.message import Message, chained

_NAME = "mutual_aid_included_in_account"
_FUNDS = (
    "hifp_pay",
    "cvlserv_pay",
    "hifes_pay",
    "hifmi_pay",
    "hifob_pay",
    "hifdm_pay",
    "maf_pay",
    "oth_pay",
    "othfund_pay",
)
_FIELDS = (
    "acct_pay",
    "acct_mulaid_pay",
    "psn_cash_pay",
    "psn_part_amt",
    "medfee_sumamt",
    "fund_pay_sumamt",
    "hosp_part_amt",
)
_READINGS = {"yes": Message("inside acct_pay"), "no": Message("outside acct_pay")}


def resolve(sample: SourceSample) -> Decision:
    """Choose the reading under which fewer settlements with mutual aid do not add up.

    Raises:
        UnclearError: both readings leave the same difference, or the amounts to compare are missing.
    """
    if sample.column("acct_mulaid_pay") is None:
        return Decision(option=_NAME, value="no", by="none", explanation="there is no acct_mulaid_pay")
    counts: Counter[str] = Counter()
    tolerance = load_tolerances().identity
    for batch in sample.batches((*_FIELDS, *_FUNDS)):
        counts.update(_differences(batch, tolerance))
    if not counts["with_aid"]:
        return Decision(option=_NAME, value="no", by="none", explanation="no settlement has mutual aid")
    explanation = chained([_describe(reading, counts) for reading in _READINGS])
    left = {reading: (counts[f"off_{reading}"], counts[f"fen_{reading}"]) for reading in _READINGS}
    if not counts["compared"] or left["yes"] == left["no"]:
        seen = explanation if counts["compared"] else Message("psn_part_amt or psn_cash_pay is missing")
        raise UnclearError(
            Message(
                "{rows:,} settlements have acct_mulaid_pay, and the amounts do not show whether acct_pay "
                "includes it ({seen}): give {name}=yes or {name}=no",
                rows=counts["with_aid"],
                seen=seen,
                name=_NAME,
            )
        )
    names = ("with_aid", "compared", "off_yes", "off_no", "fen_yes", "fen_no")
    return Decision(
        option=_NAME,
        value=min(left, key=lambda reading: left[reading]),
        by="data",
        figures={name: counts[name] for name in names},
        explanation=explanation,
    )


def _differences(batch: pl.DataFrame, tolerance: int) -> dict[str, int]:
    """Of the rows with mutual aid: how many can be compared, and the rows and fen that differ by reading."""
    aid = pl.col("acct_mulaid_pay")
    borne = pl.col("hosp_part_amt").fill_null(0)
    funds = pl.sum_horizontal(pl.col(name).fill_null(0) for name in _FUNDS)
    by_total = pl.col("medfee_sumamt") - pl.coalesce("fund_pay_sumamt", funds) - borne
    burden = pl.coalesce("psn_part_amt", by_total)
    left = burden - pl.col("acct_pay") - pl.col("psn_cash_pay")
    rows = batch.filter(aid != 0).select(yes=left.abs(), no=(left - aid).abs())
    counts = {"with_aid": rows.height, "compared": int(rows["yes"].count())}
    for reading in _READINGS:
        counts[f"off_{reading}"] = int((rows[reading] > tolerance).sum())
        counts[f"fen_{reading}"] = int(rows[reading].sum())
    return counts


def _describe(reading: str, counts: Counter[str]) -> Message:
    rows, off = counts["compared"], counts[f"off_{reading}"]
    share = percent(off / rows if rows else 0.0, 1)
    yuan = f"CN¥ {grouped_yuan(counts[f'fen_{reading}'])}"
    return Message(
        "{reading}: {off:,} of {rows:,} settlements do not add up ({share}, {yuan})",
        reading=_READINGS[reading],
        off=off,
        rows=rows,
        share=share,
        yuan=yuan,
    )


OPTION = Option(_NAME, table="settlements", column="account_paid", resolve=resolve)
