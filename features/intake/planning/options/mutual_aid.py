"""Whether the amount paid from accounts holds what a relative's account paid (``acct_pay``, ``acct_mulaid_pay``).

The platform does not say, and funds differ. What a person bears is what their account and their cash pay, and,
where it stands outside, what a relative's account pays: of the two readings the one that leaves less over is right.
"""

from __future__ import annotations

from collections import Counter

import polars as pl

from features.intake.planning.options.source_sample import Decision, SourceSample, UnclearError
from features.intake.tolerances import load_tolerances

OPTION = "mutual_aid_included_in_account"
_PARTS = (
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


def mutual_aid(sight: SourceSample) -> Decision:
    """Settle it by the share of settlements with mutual aid that each reading leaves unexplained.

    Raises:
        UnclearError: both leave as much, or the amounts that would tell are not there.
    """
    if sight.column("acct_mulaid_pay") is None:
        return Decision(OPTION, "no", "none", {}, "there is no acct_mulaid_pay")
    counted: Counter[str] = Counter()
    allowed = load_tolerances().identity
    for batch in sight.batches((*_FIELDS, *_PARTS)):
        counted.update(_left_over(batch, allowed))
    if not counted["with_aid"]:
        return Decision(OPTION, "no", "none", {}, "no settlement has mutual aid")
    rows = counted["compared"]
    figures = {
        name: counted[name] for name in ("with_aid", "compared", "off_yes", "off_no", "fen_yes", "fen_no")
    }
    said = "; ".join(_share(reading, counted, rows) for reading in ("yes", "no"))
    left = {reading: (counted[f"off_{reading}"], counted[f"fen_{reading}"]) for reading in ("yes", "no")}
    if not rows or left["yes"] == left["no"]:
        raise UnclearError(
            f"{counted['with_aid']:,} settlements have acct_mulaid_pay, and nothing tells whether acct_pay holds it "
            f"({said if rows else 'psn_part_amt or psn_cash_pay is missing'}): give {OPTION}=yes or {OPTION}=no"
        )
    return Decision(OPTION, min(left, key=lambda reading: left[reading]), "data", figures, said)


def _left_over(batch: pl.DataFrame, allowed: int) -> dict[str, int]:
    """Of the rows with mutual aid: how many compare, and how many and how many fen each reading leaves over."""
    aid = pl.col("acct_mulaid_pay")
    borne = pl.col("hosp_part_amt").fill_null(0)
    parts = pl.sum_horizontal(pl.col(name).fill_null(0) for name in _PARTS)
    by_total = pl.col("medfee_sumamt") - pl.coalesce("fund_pay_sumamt", parts) - borne
    burden = pl.coalesce("psn_part_amt", by_total)
    left = burden - pl.col("acct_pay") - pl.col("psn_cash_pay")
    rows = batch.filter(aid != 0).select(yes=left.abs(), no=(left - aid).abs())
    found = {"with_aid": rows.height, "compared": int(rows["yes"].count())}
    for reading in ("yes", "no"):
        found[f"off_{reading}"] = int((rows[reading] > allowed).sum())
        found[f"fen_{reading}"] = int(rows[reading].sum())
    return found


def _share(reading: str, counted: Counter[str], rows: int) -> str:
    words = {"yes": "inside acct_pay", "no": "outside acct_pay"}
    off, fen = counted[f"off_{reading}"], counted[f"fen_{reading}"]
    share = 100 * off / rows if rows else 0.0
    yuan = f"CN¥ {fen // 100:,}.{fen % 100:02d}"
    return f"{words[reading]}: {off:,} of {rows:,} settlements do not add up ({share:.1f} %, {yuan})"
