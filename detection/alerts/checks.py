"""The checks: counts of people and settlements, for all alerts at once, and the sentences about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import narwhals.stable.v2 as nw
import polars as pl

from detection.alerts.draft import AlertDraft
from detection.language.text import Text
from features import intervals
from features.registered import covered
from features.tables import Tables


@dataclass(frozen=True)
class Count:
    """``n`` of ``of`` people or settlements; ``kinds`` of registered contexts, sorted."""

    n: int
    of: int
    kinds: tuple[str, ...] = ()


def people(draft: AlertDraft) -> set[str]:
    """The persons of an alert: its members, and the owner when it is about an account."""
    subject = draft.subject
    owner = {subject.identity} if subject.kind in ("person", "payer_account") else set()
    return set(subject.member_ids) | owner


def same_employer(drafts: Sequence[AlertDraft], tables: Tables) -> dict[str, Count]:
    """Most people of an alert enrolled by one employer during its period; by alert, where two or more are."""
    enrolments: pl.LazyFrame = tables.enrolments.to_native()
    employed = _people(drafts).join(enrolments.drop_nulls("employer_id"), on="person_id", how="inner")
    in_period = intervals.overlaps("start_date", "end_date", "first", "last")
    enrolled: pl.LazyFrame = nw.from_native(employed).filter(in_period).to_native()
    most = (
        enrolled.group_by("alert_id", "employer_id")
        .agg(n=pl.col("person_id").n_unique().cast(pl.Int64))
        .group_by("alert_id")
        .agg(pl.col("n").max())
        .filter(pl.col("n") > 1)
    )
    return _counted(drafts, most)


def recorded_relatives(drafts: Sequence[AlertDraft], tables: Tables) -> dict[str, Count]:
    """People of an alert whom an authorization joins, in either direction, with another of them."""
    granted: pl.LazyFrame = tables.family_authorizations.to_native()
    pairs = (
        granted.select("payer_id", "beneficiary_id")
        .filter(pl.col("payer_id") != pl.col("beneficiary_id"))
        .unique()
    )
    members = _people(drafts).select("alert_id", "person_id")
    joined = members.join(pairs, left_on="person_id", right_on="payer_id", how="inner").join(
        members, left_on=["alert_id", "beneficiary_id"], right_on=["alert_id", "person_id"], how="semi"
    )
    both = pl.concat(
        [joined.select("alert_id", "person_id"), joined.select("alert_id", person_id="beneficiary_id")]
    )
    return _counted(drafts, both.group_by("alert_id").agg(n=pl.col("person_id").n_unique().cast(pl.Int64)))


def registered_context(drafts: Sequence[AlertDraft], tables: Tables) -> dict[str, Count]:
    """Settlements of an alert that a registered context covers: its person, or everyone at its provider.

    A context that names neither a person nor a provider would explain everything, and covers nothing.
    """
    rows = pl.concat([draft.evidence for draft in drafts]).lazy()
    rows = rows.with_columns(day=pl.col("settled_at").dt.date().cast(pl.Int32))  # days since 1970-01-01
    within: pl.LazyFrame = covered(
        nw.from_native(rows), tables.registered_contexts, with_kind=True
    ).to_native()
    counts = (
        within.group_by("alert_id")
        .agg(
            n=pl.col("settlement_id").n_unique().cast(pl.Int64), kinds=pl.col("context_kind").unique().sort()
        )
        .collect()
    )
    rows_of = {draft.alert_id: draft.evidence.height for draft in drafts}
    return {key: Count(n, rows_of[key], tuple(kinds)) for key, n, kinds in counts.iter_rows()}


CHECKS: Mapping[str, Callable[[Sequence[AlertDraft], Tables], dict[str, Count]]] = {
    "same_employer": same_employer,
    "recorded_relatives": recorded_relatives,
    "registered_context": registered_context,
}
"""Every check by its kind."""

_CONTEXTS = {
    "nursing_home": Text("nursing home", "养老机构"),
    "employer_checkup": Text("employer's check-up", "单位体检"),
    "dialysis": Text("dialysis", "透析"),
    "long_prescription": Text("long prescription", "长期处方"),
    "agent_purchase": Text("purchase by an agent", "代购药"),
    "event": Text("event", "活动"),
    "clinic_day": Text("clinic day", "义诊日"),
}


@dataclass(frozen=True)
class _Phrase:
    """What a check asks of people or settlements; ``not_zh`` denies it in Chinese."""

    holds: Text
    not_zh: str


_PHRASES = {
    "same_employer": _Phrase(Text("share an employer", "由同一单位参保"), "不在同一单位参保"),
    "recorded_relatives": _Phrase(Text("are recorded relatives", "有亲属登记关系"), "无亲属登记关系"),
    "registered_context": _Phrase(
        Text("fall under a registered context", "属已登记的合理情形"), "不属已登记的合理情形"
    ),
}


def sentence(kind: str, count: Count, lacking: str = "") -> Text:
    """The result of a check in words; ``lacking`` names what it would need."""
    n, of = count.n, count.of
    en, zh, not_zh = _PHRASES[kind].holds.en, _PHRASES[kind].holds.zh, _PHRASES[kind].not_zh
    counted, unit = ("people", "人") if kind != "registered_context" else ("settlements", "笔结算")
    if of == 1:  # people are always two or more
        counted, en = "settlement", en.replace("fall ", "falls ")
    if lacking:
        return Text(
            f"Whether some of {of} {counted} {en} is not checked: needs {lacking}.",
            f"{of} {unit}是否{zh}未能核对：缺少 {lacking}。",
        )
    if n == 0:
        return Text(
            f"None of {of} {counted} {en}, as far as is recorded.", f"据现有登记，{of} {unit}均{not_zh}。"
        )
    known = [_CONTEXTS.get(name, Text.same(name)) for name in count.kinds]
    contexts = Text(
        f" ({', '.join(context.en for context in known)})" if known else "",
        f"（{'、'.join(context.zh for context in known)}）" if known else "",
    )
    return Text(f"{n} of {of} {counted} {en}{contexts.en}.", f"{of} {unit}中有 {n} {unit}{zh}{contexts.zh}。")


def _people(drafts: Sequence[AlertDraft]) -> pl.LazyFrame:
    """``alert_id``, ``person_id``, first and last day of the alert; alerts of two people or more."""
    rows = [
        (draft.alert_id, sorted(people(draft)), draft.first, draft.last)
        for draft in drafts
        if len(people(draft)) > 1
    ]
    schema = {
        "alert_id": pl.String(),
        "person_id": pl.List(pl.String()),
        "first": pl.Date(),
        "last": pl.Date(),
    }
    return pl.DataFrame(rows, schema=schema, orient="row").explode("person_id").lazy()


def _counted(drafts: Sequence[AlertDraft], counts: pl.LazyFrame) -> dict[str, Count]:
    of = {draft.alert_id: len(people(draft)) for draft in drafts}
    return {key: Count(n, of[key]) for key, n in counts.select("alert_id", "n").collect().iter_rows()}
