"""Premiums that a personal account may not pay: of another kind, or for a person outside the family (D28, A15 to A17).

Evidence is a premium of a kind that is not on the list, for a person without a recorded and permitted relation, or
for a person who was insured as an employee on the day. A listed premium for the owner or a permitted relative is
lawful, and so is one that was paid back.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from detection.evidence.of_rules import rule_evidence
from features import intervals
from features.engine import collect
from features.family.authorizations import PAIR
from features.family.kinship import composed, recorded_kin
from features.registry import Frame

_UNKNOWN = "unknown"
_TO_VERIFY = ("kind_not_said", "employee_end_unknown")


def hits(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Premiums paid from an account and not paid back, one case per account.

    A relation is recorded when an authorization names it, in either direction and whenever: who is a child stays one.
    Two authorizations name a relation by way of one relative.
    """
    premiums = _premiums(context)
    parts = [
        _of_kind(premiums, context),
        _for_others(premiums, context, thresholds),
        _employee(premiums, context),
    ]
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


def evidence(context: DetectorContext, thresholds: Thresholds) -> Frame:
    """The same of the account, which is a subject of its own: the more the rarer such premiums are."""
    premiums = collect(_premiums(context).select("entry_id")).height
    violations = collect(hits(context, thresholds).select("subject_id", "cause")).filter(
        ~pl.col("cause").is_in(_TO_VERIFY)
    )
    rows = violations.group_by("subject_id").agg(n=pl.len().cast(pl.Int64)).sort("subject_id")
    values = [rule_evidence(n, violations.height, premiums) for n in rows["n"]]
    accounts = rows.select(
        "subject_id", subject_kind=pl.lit("payer_account"), value=pl.Series(values, dtype=pl.Float64)
    )
    return nw.from_native(accounts.lazy())


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
    cause = nw.when(stated).then(nw.lit("not_listed")).otherwise(nw.lit(_TO_VERIFY[0]))
    return premiums.filter(~stated | ~on_list).with_columns(cause=cause)


def _for_others(premiums: Frame, context: DetectorContext, thresholds: Thresholds) -> Frame:
    """Residents' contributions for a named person of whom no permitted relation to the owner is recorded.

    For whom an account may pay care, it may pay the contribution too: the list for care counts on its day as well.
    Where most contributions for others are for people without a record, the authorizations are no register of
    relatives, and nothing follows from them.
    """
    day = nw.col("posted_day")
    lists = ("account_use.premium_relations", "family_mutual_aid.permitted_relations")
    permitted = nw.any_horizontal(
        nw.col("relation").is_null() | (nw.col("relation") == _UNKNOWN),
        *(context.policy.listed(name, nw.col("relation"), day).fill_null(False) for name in lists),
        ignore_nulls=True,
    )
    percent, enough = (thresholds.expression(name, day) for name in ("usual_percent", "usual_premiums"))
    others = premiums.filter(
        nw.col("premium_kind") == "resident",
        nw.col("insured") != nw.col("account_id"),
        context.policy.is_known(lists[0], day),
        nw.lit(context.whole.has("family_authorizations", *PAIR, "relation")),
    ).select("entry_id", "account_id", "insured", "posted_day")
    kin = recorded_kin(context.whole.family_authorizations)
    relations = [_relations(others, kin), _relations_of_relatives(others, kin, thresholds)]
    related = nw.concat(relations).filter(permitted).select("entry_id").unique()
    return (
        others.with_columns(all_others=nw.len())
        .join(related, on="entry_id", how="anti")
        .with_columns(strangers=nw.len())
        .filter(
            (nw.col("all_others") < enough) | (nw.col("strangers") * 100 <= nw.col("all_others") * percent)
        )
        .with_columns(cause=nw.lit("not_related"))
    )


def _relations(others: Frame, kin: Frame) -> Frame:
    """What is recorded of the owner and the person named: entry_id, posted_day, relation."""
    pair = kin.select(
        nw.col("person_id").alias("account_id"), nw.col("relative_id").alias("insured"), "relation"
    )
    return others.join(pair, on=["account_id", "insured"], how="inner").select(
        "entry_id", "posted_day", "relation"
    )


def _relations_of_relatives(others: Frame, kin: Frame, thresholds: Thresholds) -> Frame:
    """The same by way of one relative: a child's child is a grandchild. Accounts of many people are no such way."""
    most = thresholds.expression("most_relatives", nw.col("posted_day"))
    first = kin.select(
        nw.col("person_id").alias("account_id"), nw.col("relative_id").alias("middle"), first="relation"
    )
    second = kin.with_columns(relatives=nw.col("relative_id").n_unique().over("person_id")).select(
        nw.col("person_id").alias("middle"),
        nw.col("relative_id").alias("insured"),
        "relatives",
        second="relation",
    )
    ways = others.join(first, on="account_id", how="inner").join(
        second, on=["middle", "insured"], how="inner"
    )
    return (
        ways.filter(nw.col("relatives") <= most)
        .with_columns(relation=composed("first", "second"))
        .filter(~nw.col("relation").is_null())
        .select("entry_id", "posted_day", "relation")
    )


def _employee(premiums: Frame, context: DetectorContext) -> Frame:
    """Residents' contributions for a named person who was insured as an employee on the day.

    Where the end of the only such enrolment cannot be read, it is to be verified.
    """
    known = context.policy.is_known("account_use.premium_kinds", nw.col("posted_day"))
    insured = context.whole.enrolments.filter(
        nw.col("scheme") == "employee", nw.col("status") == "active"
    ).select(
        "start_day", "end_day", insured=nw.col("person_id"), known=~nw.col("end_unknown").fill_null(False)
    )
    return (
        premiums.filter(nw.col("premium_kind") == "resident", ~nw.col("beneficiary_id").is_null(), known)
        .join(insured, on="insured", how="inner")
        .filter(intervals.holds("start_day", "end_day", "posted_day"))
        .group_by("entry_id")
        .agg(nw.col("known").any())
        .select(
            "entry_id",
            cause=nw.when(nw.col("known")).then(nw.lit("employee_insured")).otherwise(nw.lit(_TO_VERIFY[1])),
        )
    )
