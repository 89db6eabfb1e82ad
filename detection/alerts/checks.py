"""The checks themselves: counts of people and settlements, for all alerts at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from detection.alerts.draft import AlertDraft
from features.tables import Tables


@dataclass(frozen=True)
class Count:
    """``n`` of ``of`` people or settlements; ``kinds`` of registered contexts, sorted."""

    n: int
    of: int
    kinds: tuple[str, ...] = ()


def people(draft: AlertDraft) -> set[str]:
    """The persons of an alert: its members, and the owner when it is about an account."""
    owner = {draft.subject_id} if draft.subject_kind in ("person", "payer_account") else set()
    return set(draft.member_ids) | owner


def same_employer(drafts: Sequence[AlertDraft], tables: Tables) -> dict[str, Count]:
    """Most people of an alert enrolled by one employer during its period; by alert, where two or more are."""
    enrolments: pl.LazyFrame = tables.enrolments.to_native()
    most = (
        _people(drafts)
        .join(enrolments.drop_nulls("employer_id"), on="person_id", how="inner")
        .filter(
            pl.col("start_date") <= pl.col("last"),
            pl.col("end_date").is_null() | (pl.col("end_date") >= pl.col("first")),
        )
        .group_by("alert_id", "employer_id")
        .agg(n=pl.col("person_id").n_unique().cast(pl.Int64))
        .group_by("alert_id")
        .agg(pl.col("n").max())
        .filter(pl.col("n") > 1)
    )
    return _counted(drafts, most)


def recorded_relatives(drafts: Sequence[AlertDraft], tables: Tables) -> dict[str, Count]:
    """People of an alert whom an authorisation joins, in either direction, with another of them."""
    authorised: pl.LazyFrame = tables.family_authorizations.to_native()
    pairs = (
        authorised.select("payer_id", "beneficiary_id")
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
    contexts: pl.LazyFrame = tables.registered_contexts.to_native()
    named = contexts.filter(pl.col("person_id").is_not_null() | pl.col("provider_id").is_not_null())
    rows = pl.concat([draft.evidence for draft in drafts]).lazy()
    rows = rows.with_columns(day=pl.col("settled_at").str.slice(0, 10).str.to_date())
    found = []
    for key, other in (("person_id", "provider_id"), ("provider_id", "person_id")):
        matched = rows.join(named.drop_nulls(key), on=key, how="inner", suffix="_of_context")
        elsewhere = pl.col(f"{other}_of_context")
        found.append(
            matched.filter(
                elsewhere.is_null() | (elsewhere == pl.col(other)),
                pl.col("from") <= pl.col("day"),
                pl.col("to").is_null() | (pl.col("to") >= pl.col("day")),
            ).select("alert_id", "settlement_id", "kind")
        )
    covered = (
        pl.concat(found)
        .group_by("alert_id")
        .agg(n=pl.col("settlement_id").n_unique().cast(pl.Int64), kinds=pl.col("kind").unique().sort())
        .collect()
    )
    rows_of = {draft.alert_id: draft.evidence.height for draft in drafts}
    return {key: Count(n, rows_of[key], tuple(kinds)) for key, n, kinds in covered.iter_rows()}


CHECKS: Mapping[str, Callable[[Sequence[AlertDraft], Tables], dict[str, Count]]] = {
    "same_employer": same_employer,
    "recorded_relatives": recorded_relatives,
    "registered_context": registered_context,
}
"""Every check by its kind."""

_CONTEXTS = {
    "nursing_home": ("nursing home", "养老机构"),
    "employer_checkup": ("employer's check-up", "单位体检"),
    "dialysis": ("dialysis", "透析"),
    "long_prescription": ("long prescription", "长期处方"),
    "agent_purchase": ("purchase by an agent", "代购药"),
    "event": ("event", "活动"),
    "clinic_day": ("clinic day", "义诊日"),
}


_PHRASES = {
    "same_employer": ("share an employer", "由同一单位参保", "不在同一单位参保"),
    "recorded_relatives": ("are recorded relatives", "有亲属登记关系", "无亲属登记关系"),
    "registered_context": ("fall under a registered context", "属已登记的合理情形", "不属已登记的合理情形"),
}


def sentence(kind: str, count: Count, lacking: str = "") -> tuple[str, str]:
    """What a check says, in English and Chinese; ``lacking`` names what it would need."""
    n, of = count.n, count.of
    en, zh, zh_not = _PHRASES[kind]
    what, unit = ("people", "人") if kind != "registered_context" else ("settlements", "笔结算")
    if of == 1:  # people are always two or more
        what, en = "settlement", en.replace("fall ", "falls ")
    if lacking:
        return (
            f"Whether some of {of} {what} {en} is not checked: needs {lacking}.",
            f"{of} {unit}是否{zh}未能核对：缺少 {lacking}。",
        )
    if n == 0:
        return f"None of {of} {what} {en}, as far as is recorded.", f"据现有登记，{of} {unit}均{zh_not}。"
    known = [_CONTEXTS.get(one, (one, one)) for one in count.kinds]
    which_en = f" ({', '.join(one for one, _ in known)})" if known else ""
    which_zh = f"（{'、'.join(one for _, one in known)}）" if known else ""
    return f"{n} of {of} {what} {en}{which_en}.", f"{of} {unit}中有 {n} {unit}{zh}{which_zh}。"


def _people(drafts: Sequence[AlertDraft]) -> pl.LazyFrame:
    """``alert_id``, ``person_id``, first and last day of the alert; alerts of two people or more."""
    rows = [
        (draft.alert_id, sorted(people(draft)), draft.period_start, draft.period_end)
        for draft in drafts
        if len(people(draft)) > 1
    ]
    schema = {
        "alert_id": pl.String(),
        "person_id": pl.List(pl.String()),
        "first": pl.String(),
        "last": pl.String(),
    }
    frame = pl.DataFrame(rows, schema=schema, orient="row").explode("person_id")
    return frame.with_columns(pl.col("first", "last").str.to_date()).lazy()


def _counted(drafts: Sequence[AlertDraft], counts: pl.LazyFrame) -> dict[str, Count]:
    of = {draft.alert_id: len(people(draft)) for draft in drafts}
    return {key: Count(n, of[key]) for key, n in counts.select("alert_id", "n").collect().iter_rows()}
