"""What other funds may have paid for a settlement: the second layer, and further layers that the policy names.

A settlement states one amount of all other funds, and not who paid which part of it. So what a layer used up before is
known within bounds only, and so is the amount due: `with_layers` gives the least and the most.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import cast

import narwhals.stable.v2 as nw

from features import intervals
from features.benefit.tariff import WHOLE
from features.money import to_fen
from features.policy import Policy, Window
from features.policy.categories import Row
from features.registry import Frame

NO_OTHER = "none"
"""Value of ``benefit.other_fund`` with which a fund says that nothing pays beyond the layers that it names."""
_FURTHER, _OTHER = "benefit.further_layers", "benefit.other_fund"
_DAY = nw.col("service_day")


def nothing_else_pays(policy: Policy) -> nw.Expr:
    """Whether the fund says that on the day of service nothing but the named layers pays; false where not known."""
    return policy.holds(_OTHER, NO_OTHER, _DAY)


def with_layers(priced: Frame, enrolments: Frame, policy: Policy) -> Frame:
    """Repriced settlements with ``other_least`` and ``other_most``: fen due from all named layers together.

    Both are null where the second layer is not known. Without further layers both are the second layer.
    A person belongs to a layer of employers by an active enrolment on the day of service; where no employer is on
    record then, the layer counts in the most only. Caps of further layers are those of whole years.

    Args:
        priced: rows of `features.benefit.recalculated`.
        enrolments: table of the contract.
        policy: the area's policy.
    """
    layers = [(window, row) for window in policy.known_windows(_FURTHER) for row in window.rows]
    if not layers:
        return priced.with_columns(
            other_least=nw.col("expected_second"), other_most=nw.col("expected_second")
        )
    with_members = _with_members(priced, enrolments, [row for _, row in layers])
    least, most = nw.col("expected_second"), nw.col("uncapped_second")
    for number, (window, row) in enumerate(layers):
        cap = to_fen(cast("float", row["cap"]))
        ratio = int(Decimal(str(row["ratio"])) * WHOLE)
        left = nw.max_horizontal(nw.lit(cap) - nw.col("second_before"), nw.lit(0))
        belongs = _belongs(window, row, number)
        surely = nw.min_horizontal(_base(row, "uncapped_second") * ratio // WHOLE, left)
        rounded_up = (_base(row, "expected_second") * ratio + WHOLE - 1) // WHOLE
        at_most = nw.min_horizontal(rounded_up, nw.lit(cap))
        least += nw.when(belongs.fill_null(value=False)).then(surely).otherwise(nw.lit(0))
        most += nw.when(belongs.fill_null(value=True)).then(at_most).otherwise(nw.lit(0))
    return with_members.with_columns(other_least=least, other_most=most)


def _base(row: Row, second: str) -> nw.Expr:
    """What the layer pays a share of, with the second layer's part as in this column."""
    if row["of"] == "own_share":
        left_over = nw.col("eligible") - nw.col("expected_pool") - nw.col(second)
        return nw.max_horizontal(left_over, nw.lit(0))
    return nw.col("uncovered" if row["of"] == "above_cap" else "expected_deductible")


def _belongs(window: Window, row: Row, number: int) -> nw.Expr:
    """Whether a layer's row holds for a settlement; null where the employer is not on record."""
    here = window.holds(_DAY)
    if "person_category" in row:
        here &= nw.col("person_category") == row["person_category"]
    return here & nw.col(_member(number)) if "employers" in row else here


def _with_members(priced: Frame, enrolments: Frame, layers: Sequence[Row]) -> Frame:
    """The rows with whether the person's employers on the day are those of a layer; null where that is not known.

    It is not known where none is on record, or where the end of an employment cannot be read.
    """
    unknown = nw.col("end_unknown").fill_null(value=False).any()
    nothing = nw.lit(None, dtype=nw.Boolean())
    members = {
        _member(number): nw.col("employer_id").is_in(cast("list[str]", row["employers"])).any()
        for number, row in enumerate(layers)
        if "employers" in row
    }
    if not members:
        return priced
    active = enrolments.filter(nw.col("status") == "active", ~nw.col("employer_id").is_null())
    on_record = (
        active.select("person_id", "employer_id", "start_day", "end_day", "end_unknown")
        .join(priced.select("settlement_id", "person_id", "service_day"), on="person_id", how="inner")
        .filter(intervals.holds("start_day", "end_day", "service_day"))
        .group_by("settlement_id")
        .agg(**members, unknown=unknown)
        .with_columns(
            **{name: nw.when(~nw.col("unknown")).then(nw.col(name)).otherwise(nothing) for name in members}
        )
        .drop("unknown")
    )
    return priced.join(on_record, on="settlement_id", how="left")


def _member(number: int) -> str:
    return f"member_{number}"
