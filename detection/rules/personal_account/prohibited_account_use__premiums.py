"""Premiums that a personal account may not pay: of another kind, or for a person outside the family (D28, A15 to A17).

Evidence is a premium of a kind that is not on the list, for a person without a recorded and permitted relation, or
for a person who was insured as an employee on the day. A listed premium for the owner or a permitted relative is
lawful, and so is one that was paid back.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from features import intervals
from features.registry import Frame

_INVERSE = {"parent": "child", "child": "parent", "grandparent": "grandchild", "grandchild": "grandparent"}
"""What the owner of an account is to a relative, by what the relative is to the owner; else the same word."""
_UNKNOWN = "unknown"
_SAME = ("spouse", "sibling", "other", _UNKNOWN)


def hits(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Premiums paid from an account and not paid back, one case per account.

    A relation is recorded when an authorization names it, in either direction and whenever: who is a child stays one.
    """
    del thresholds
    premiums = _premiums(context)
    parts = [_of_kind(premiums, context), _for_others(premiums, context), _employee(premiums, context)]
    return (
        nw.concat([part.select("entry_id", "cause") for part in parts])
        .join(premiums, on="entry_id", how="inner")
        .select(
            "source_file",
            "source_row",
            "cause",
            "account_id",
            record_table=nw.lit("account_entries"),
            record_id=nw.col("entry_id"),
            record_day=nw.col("posted_day"),
            person_id=nw.col("account_id"),
            subject_id=nw.col("account_id"),
            member_id=nw.col("insured"),
            pool=nw.lit(0, dtype=nw.Int64),
            account=0 - nw.col("amount"),
        )
    )


def _premiums(context: DetectorContext) -> Frame:
    """Premiums that stand; ``insured``: for whom, the owner where no other person is named.

    What is paid back is the last premium of that amount that has not been: one refund undoes one premium.
    """
    kind, amount = nw.col("entry_kind"), nw.col("amount")
    back = kind.is_in(["premium", "refund"]) & (amount > 0)
    step = nw.when((kind == "premium") & (amount < 0)).then(nw.lit(1)).when(back).then(nw.lit(-1))
    same, order = ("account_id", "size"), ("posted_day", "back", "posted_at", "entry_id")
    moves = (
        context.assessable.account_entries.filter(nw.col("settlement_id").is_null())
        .with_columns(step=step, back=back, size=amount.abs())
        .filter(~nw.col("step").is_null())
        .with_columns(open=nw.col("step").cum_sum().over(*same, order_by=order))
        .with_columns(still_open=nw.col("open").cum_min(reverse=True).over(*same, order_by=order))
    )
    return moves.filter(nw.col("step") == 1, nw.col("open") == nw.col("still_open")).with_columns(
        insured=nw.coalesce("beneficiary_id", "account_id")
    )


def _of_kind(premiums: Frame, context: DetectorContext) -> Frame:
    """Kinds that are not on the list, "other" among them; a kind that the entry does not say can be any."""
    kind = nw.col("premium_kind")
    stated = kind.fill_null(_UNKNOWN) != _UNKNOWN
    on_list = context.policy.listed("account_use.premium_kinds", kind, nw.col("posted_day"))
    cause = nw.when(stated).then(nw.lit("not_listed")).otherwise(nw.lit("kind_not_said"))
    return premiums.filter(~stated | ~on_list).with_columns(cause=cause)


def _for_others(premiums: Frame, context: DetectorContext) -> Frame:
    """Residents' contributions for a named person of whom no permitted relation to the owner is recorded."""
    stated = context.whole.family_authorizations.select("payer_id", "beneficiary_id", "relation")
    inverse = stated.select(
        nw.col("beneficiary_id").alias("payer_id"),
        nw.col("payer_id").alias("beneficiary_id"),
        relation=nw.col("relation").replace_strict(
            [*_INVERSE, *_SAME], [*_INVERSE.values(), *_SAME], return_dtype=nw.String
        ),
    )
    permitted = context.policy.listed(
        "account_use.premium_relations", nw.col("relation"), nw.col("posted_day")
    )
    others = premiums.filter(
        nw.col("premium_kind") == "resident", nw.col("insured") != nw.col("account_id")
    ).select("entry_id", "account_id", "insured", "posted_day")
    related = others.join(
        nw.concat([stated, inverse]),
        left_on=["account_id", "insured"],
        right_on=["payer_id", "beneficiary_id"],
        how="inner",
    ).with_columns(permitted=permitted)
    related = related.filter(nw.col("permitted"))
    return others.join(related.select("entry_id").unique(), on="entry_id", how="anti").with_columns(
        cause=nw.lit("not_related")
    )


def _employee(premiums: Frame, context: DetectorContext) -> Frame:
    """Residents' contributions for a named person who was insured as an employee on the day."""
    insured = context.whole.enrolments.filter(
        nw.col("scheme") == "employee", nw.col("status") == "active"
    ).select("start_day", "end_day", insured=nw.col("person_id"))
    return (
        premiums.filter(nw.col("premium_kind") == "resident", ~nw.col("beneficiary_id").is_null())
        .join(insured, on="insured", how="inner")
        .filter(intervals.holds("start_day", "end_day", "posted_day"))
        .select("entry_id", cause=nw.lit("employee_insured"))
        .unique()
    )
