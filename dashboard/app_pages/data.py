"""Data: what came in, what was left out, what cannot be assessed?"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from dashboard.navigation import link
from dashboard.query_cache import detector_label, query
from dashboard.theme import chip, heading, section, styled, table
from dashboard.url_tabs import choose_tab
from dashboard.wording import label, localized, number, plain, t
from detection.store.queries import data as queries
from detection.store.queries.reader import Reader

PARTS = ("tables", "quarantine", "flagged", "matrix", "runs")
_PAGE = 25


def main() -> None:
    """Draw the part of the page that the address names."""
    heading(t("nav.data"), t("data.question"))
    wanted = st.query_params.get("part", "")
    asked = choose_tab(
        "part", t("data.part"), PARTS, wanted, lambda one: label("data", one), forget=("table",)
    )
    {"tables": _tables, "quarantine": _quarantine, "flagged": _flagged, "matrix": _matrix, "runs": _runs}[
        asked
    ]()


def _tables() -> None:
    intake = query(queries.current_intake)
    section(t("data.rows"), t("data.rows.note"))
    rows = [_counts(one) for one in intake.tables]
    total = (
        [f"<b>{escape(t('data.total'))}</b>"]
        + [f"<b>{number(intake.rows(part))}</b>" for part in queries.PARTS]
        + [_sum_holds(intake)]
    )
    columns = [
        t("data.column.table"),
        *(t(f"data.column.{part}") for part in queries.PARTS),
        t("data.column.sum"),
    ]
    table(columns, [*rows, total], numeric=range(1, len(queries.PARTS) + 1))
    left, right = st.columns([1.5, 1], gap="medium")
    with left:
        section(t("data.money"), t("data.money.note"))
        columns = [
            t("data.column.table"),
            t("data.column.column"),
            *(t(f"data.column.{part}") for part in queries.PARTS[:4]),
            t("data.column.unreadable"),
        ]
        table(
            columns,
            [_money(one.table, money) for one in intake.tables for money in one.money],
            numeric=range(2, 7),
        )
    with right:
        _reasons(intake)


def _reasons(intake: queries.Intake) -> None:
    section(t("data.reasons"))
    names = ("table", "part", "reason", "rows")
    rows = [
        [
            escape(label("table", one.table)),
            escape(t(f"data.column.{part}")),
            escape(label("reason", reason)),
            number(many),
        ]
        for one in intake.tables
        for part, reason, many in one.reasons
    ]
    if rows:
        table([t(f"data.column.{name}") for name in names], rows, numeric=(3,))
    else:
        st.caption(t("data.reasons.none"))


def _counts(one: queries.TableCount) -> list[str]:
    shown = {part: number(getattr(one, part)) for part in queries.PARTS}
    if one.quarantined:
        shown["quarantined"] = link(shown["quarantined"], "data", part="quarantine", table=one.table)
    if one.flagged:
        shown["flagged"] = link(shown["flagged"], "data", part="flagged", table=one.table)
    name = f"{escape(label('table', one.table))} <span class='fw-mono fw-muted'>{escape(one.table)}</span>"
    holds = one.read == one.accepted + one.quarantined + one.excluded
    return [name, *shown.values(), _holds(holds)]


def _sum_holds(intake: queries.Intake) -> str:
    rows = intake.rows
    return _holds(rows("read") == rows("accepted") + rows("quarantined") + rows("excluded"))


def _holds(holds: bool) -> str:
    return escape(t("data.holds")) if holds else chip(t("data.broken"), "fw-broken")


def _money(name: str, one: queries.MoneyCount) -> list[str]:
    fen = (one.read, one.accepted, one.quarantined, one.excluded)
    return [
        escape(label("table", name)),
        styled(one.column, "mono"),
        *(plain(part) for part in fen),
        number(one.unreadable),
    ]


def _quarantine() -> None:
    """Rows that were not used; a row shows file, row, column, reason, never the identity."""
    _listed("quarantine", queries.quarantined_count, queries.quarantined)


def _flagged() -> None:
    """Remarks on rows that were used all the same."""
    _listed("flagged", queries.flagged_count, queries.flagged)


def _listed(
    part: str, counted: Callable[[Reader, str], int], listed: Callable[..., list[queries.SourceRow]]
) -> None:
    of = st.query_params.get("table", "")
    many = query(counted, of)
    section(t(f"data.{part}"), t(f"data.{part}.note", n=number(many)))
    if of:
        st.html(f"{chip(label('table', of))} {link(t('data.quarantine.all'), 'data', part=part)}")
    if not many:
        st.caption(t(f"data.{part}.none"))
        return
    pages = -(-many // _PAGE)
    page = st.pagination(pages, key=f"{part}_{of}") if pages > 1 else 1
    names = ("table", "file", "row", "column", "reason")
    table(
        [t(f"data.column.{name}") for name in names],
        [
            [
                escape(label("table", one.table)),
                escape(one.file),
                str(one.row),
                styled(one.column, "mono"),
                escape(label("reason", one.reason)),
            ]
            for one in query(listed, of, page=page, size=_PAGE)
        ],
        numeric=(2,),
    )


def _matrix() -> None:
    section(t("data.matrix"), t("data.matrix.note"))
    names = ("detector", "status", "judged", "reason")
    table(
        [t(f"data.column.{name}") for name in names],
        [
            [
                link(detector_label(one.detector), "methods", detector=one.detector),
                chip(label("assessable", one.status), f"fw-as-{one.status}"),
                t("data.judged", judged=number(one.rows_judged), total=number(one.rows_total)),
                escape(localized(one, "reason")) or "–",
            ]
            for one in query(queries.matrix)
        ],
        numeric=(2,),
    )


def _runs() -> None:
    section(t("data.runs"), t("data.runs.note"))
    names = (
        "number",
        "finished_at",
        "period",
        "area",
        "run_id",
        "snapshot_id",
        "config_digest",
        "code_version",
        "models",
    )
    table(
        [t(f"run.{name}") for name in names],
        [
            [
                str(one.number),
                styled(one.finished_at[:16].replace("T", " "), "nowrap"),
                f"{styled(one.first_day, 'nowrap')} … {styled(one.last_day, 'nowrap')}",
                escape(label("area", one.area)),
                *(
                    styled(hashed, "hash")
                    for hashed in (one.run_id, one.snapshot_id, one.config_digest, one.code_version)
                ),
                escape(one.models),
            ]
            for one in query(queries.runs)
        ],
    )


main()
