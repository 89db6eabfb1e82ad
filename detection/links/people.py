"""Links from the rows that are assessed to the registers of people: who has a row, and on which days."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals.stable.v2 as nw
import polars as pl

from detection.links.gaps import Span, gaps_of, mass_gaps
from detection.links.keys import KeyNames, too_many, unmatched
from detection.links.link import Break
from detection.links.open_ends import Extract, extract_behind, open_ends
from detection.links.unknown_ends import unknown_ends, unknown_statuses
from features.contract.vocabulary import INACTIVE_STATUSES, SCHEMES
from features.engine import collect
from features.registry import Frame
from features.tables import Tables

_OWN_MONEY = ("pool_paid", "other_fund_paid", "account_paid")


def patients(tables: Tables) -> Frame:
    """People for whom a fund or their own account paid: ``key``.

    Of whom only a relative paid for, the enrolment may be in another area.
    """
    return insured_days(tables).select("key").unique()


def insured_days(tables: Tables) -> Frame:
    """The days on which a fund or their own account paid for somebody: ``key``, ``day``; one row of each."""
    paid = nw.sum_horizontal(*_OWN_MONEY) > 0
    return tables.settlements.filter(paid).select(key="person_id", day="settled_day").unique()


def owners(tables: Tables) -> Frame:
    """Owners of accounts with entries: ``key``."""
    return tables.account_entries.select(key="account_id").unique()


def person_rows(tables: Tables, span: Span) -> Iterator[Break]:
    """Patients without a row in persons."""
    del span
    if not tables.has("persons", "person_id"):
        return
    names = KeyNames("patient_person", "person", "persons", "参保人员表", "people", "人")
    yield from unmatched(_matched(patients(tables), tables.persons, "person_id"), names)


def patient_enrolments(tables: Tables, span: Span) -> Iterator[Break]:
    """Patients without an enrolment, or whose enrolments end or begin together with many others."""
    days = tables.settlements.select(key="person_id", day="settled_day")
    yield from _enrolments(patients(tables), days, "patient_enrolment", tables, span)


def schemes(tables: Tables, span: Span) -> Iterator[Break]:
    """Patients whose settlements name a scheme that none of their enrolments names."""
    del span
    if not tables.has("enrolments", "scheme"):
        return
    pair = ["key", "scheme"]
    paid = nw.sum_horizontal(*_OWN_MONEY) > 0
    used = tables.settlements.filter(paid, nw.col("scheme").is_in(list(SCHEMES))).select(
        "scheme", key="person_id"
    )
    enrolled = tables.enrolments.select("scheme", key="person_id", matched=nw.lit(True)).unique()
    pairs = collect(
        used.unique()
        .join(enrolled.select("key").unique(), on="key", how="semi")
        .join(enrolled, on=pair, how="left")
    )
    n, of = pairs["matched"].null_count(), pairs.height
    if too_many(n, of):
        yield Break(
            "enrolled_scheme",
            (
                f"the scheme of settlements is not one of the person's enrolments for {n:,} of {of:,} people: "
                "its codes differ between the two tables",
                f"{of:,} 人中有 {n:,} 人的结算险种与其参保登记不符：两表险种代码口径不一致",
            ),
        )


def owner_enrolments(tables: Tables, span: Span) -> Iterator[Break]:
    """The same of owners of accounts."""
    days = tables.account_entries.select(key="account_id", day="posted_day")
    yield from _enrolments(owners(tables), days, "account_enrolment", tables, span)


def _enrolments(insured: Frame, days: Frame, link: str, tables: Tables, span: Span) -> Iterator[Break]:
    """Breaks of enrolments: of people who must have a row, and of everyone whose rows may end on one day.

    Args:
        insured: those who must have a row: ``key``.
        days: of the rows of everyone: ``key``, ``day``.
        link: its name.
        tables: the data set.
        span: of the claims.
    """
    names = KeyNames(link, "person", "enrolments", "参保登记表", "people", "人")
    if not tables.has("enrolments", "person_id"):
        return
    enrolments, everyone = tables.enrolments, days.select("key").unique()
    behind = _extract(tables, span)
    matched = _matched(insured, enrolments, "person_id")
    if behind is not None:
        matched = matched.join(_later(days, behind), on="key", how="anti")
    whole = list(unmatched(matched, names))
    whole += _strangers(tables, names)
    yield from whole
    if any(each.part is None for each in whole) or not tables.has("enrolments", "start_date"):
        return
    yield from unknown_ends(tables, everyone, "person_id", names)
    yield from unknown_statuses(tables, everyone, "person_id", names)
    intervals = _of(
        everyone,
        enrolments.select("status", "start_day", "end_day", key="person_id"),
    )
    in_force = intervals.filter(~pl.col("status").is_in(INACTIVE_STATUSES) | pl.col("status").is_null())
    keys, ever = intervals["key"].n_unique(), in_force["key"].n_unique()
    if too_many(keys - ever, keys):
        yield Break(
            link,
            (
                f"enrolments: no row in force for {keys - ever:,} of {keys:,} people: "
                "ask in which sense the status is recorded",
                f"参保登记表：{keys:,} 人中有 {keys - ever:,} 人无有效记录：请核实状态字段的口径",
            ),
        )
        return
    yield from mass_gaps(gaps_of(in_force), ever, names, span)
    if behind is not None:
        yield open_ends(behind, names)


def _extract(tables: Tables, span: Span) -> Extract | None:
    """When enrolments were extracted, where that was before the claims end."""
    if not tables.has("enrolments", "start_date"):
        return None
    return extract_behind(tables, insured_days(tables), span)


def _later(days: Frame, extract: Extract) -> pl.DataFrame:
    """People of whom every row is after the extract: ``key``."""
    first = days.group_by("key").agg(day=nw.col("day").min())
    return collect(first.filter(nw.col("day") > extract.last).select("key"))


def _strangers(tables: Tables, names: KeyNames) -> Iterator[Break]:
    """The break of a register that names people whom the other register does not know."""
    if not tables.has("persons", "person_id"):
        return
    enrolled = tables.enrolments.select(key="person_id").unique()
    known = _matched(enrolled, tables.persons, "person_id")
    n, of = int((~known["matched"]).sum()), known.height
    if too_many(n, of):
        yield Break(
            names.link,
            (
                f"{n:,} of {of:,} people of enrolments have no row in persons: their keys differ, or one is cut short",
                f"参保登记表 {of:,} 人中有 {n:,} 人不在参保人员表：主键写法不一致，或一表不完整",
            ),
        )


def _matched(keys: Frame, table: Frame, column: str) -> pl.DataFrame:
    """Keys with ``matched``: whether a table has a row of theirs; sorted."""
    known = table.select(key=column, matched=nw.lit(True)).unique()
    joined = collect(
        keys.filter(~nw.col("key").is_null())
        .join(known, on="key", how="left")
        .with_columns(matched=nw.col("matched").fill_null(False))
    )
    return joined.sort("key")


def _of(keys: Frame, rows: Frame) -> pl.DataFrame:
    return collect(rows.join(keys, on="key", how="semi"))
