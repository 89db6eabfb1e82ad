"""Data: what came in, what was left out, what cannot be assessed?"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from dashboard.access_log import draw_access_log
from dashboard.glossary import explained
from dashboard.markup import bold, chip, heading, join, render, section, styled, table
from dashboard.navigation import link, sees_log
from dashboard.query_cache import detector_label, query
from dashboard.session import actor
from dashboard.url_tabs import choose_tab
from dashboard.wording import figures, label, language, localized, t, time_text
from detection.language.files import column_title
from detection.language.text import Text
from detection.store.queries import data as queries
from detection.store.queries.reader import Reader

_PAGE = 25


def main() -> None:
    """Draw the tab of the page that the URL names."""
    heading(t("nav.data"), t("data.question"))
    tabs: dict[str, Callable[[], None]] = {
        "tables": _tables,
        "quarantine": _quarantine,
        "flagged": _flagged,
        "matrix": _matrix,
        "runs": _runs,
    }
    if sees_log(actor()):
        tabs["log"] = draw_access_log
    requested = st.query_params.get("part", "")
    tab = choose_tab(
        "part", t("data.part"), list(tabs), requested, lambda name: label("data", name), forget=("table",)
    )
    tabs[tab]()


def _tables() -> None:
    intake = query(queries.current_intake)
    section(t("data.rows"), t("data.rows.note"))
    rows = [_count_cells(counts) for counts in intake.tables]
    totals = [bold(figures().count(intake.rows(part))) for part in queries.PARTS]
    total = [bold(t("data.total")), *totals, _sum_check(intake)]
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
            [_money_cells(counts.table, money) for counts in intake.tables for money in counts.money],
            numeric=range(2, 7),
        )
    with right:
        _reasons(intake)
    odd = query(queries.remarks)
    if odd:
        section(t("data.remarks"), t("data.remarks.note"))
        table([t("data.column.reason")], [[localized(remark)] for remark in odd])


def _reasons(intake: queries.Intake) -> None:
    section(t("data.reasons"))
    names = ("table", "part", "reason", "rows")
    rows = [
        [
            label("table", counts.table),
            t(f"data.column.{part}"),
            label("reason", reason),
            figures().count(count),
        ]
        for counts in intake.tables
        for part, reason, count in counts.reasons
    ]
    if rows:
        table([t(f"data.column.{name}") for name in names], rows, numeric=(3,))
    else:
        st.caption(t("data.reasons.none"))


def _count_cells(counts: queries.TableCount) -> list[str]:
    cells: dict[str, str] = {part: figures().count(getattr(counts, part)) for part in queries.PARTS}
    if counts.quarantined:
        cells["quarantined"] = link(cells["quarantined"], "data", part="quarantine", table=counts.table)
    if counts.flagged:
        cells["flagged"] = link(cells["flagged"], "data", part="flagged", table=counts.table)
    name = join([label("table", counts.table), " ", styled(counts.table, "mono muted")])
    balanced = counts.read == counts.accepted + counts.quarantined + counts.excluded
    return [name, *cells.values(), _check(balanced=balanced)]


def _sum_check(intake: queries.Intake) -> str:
    rows = intake.rows
    return _check(balanced=rows("read") == rows("accepted") + rows("quarantined") + rows("excluded"))


def _check(*, balanced: bool) -> str:
    return t("data.holds") if balanced else chip(t("data.broken"), "fw-broken")


def _column(name: str) -> Markup:
    """A column by its title and its name in the files; by its name alone where it has no title."""
    title, code = column_title(name, language()), styled(name, "mono muted")
    return code if title in (name, name.replace("_", " ")) else join([title, code], " ")


def _money_cells(name: str, money: queries.MoneyCount) -> list[str]:
    sums = (money.read, money.accepted, money.quarantined, money.excluded)
    return [
        label("table", name),
        _column(money.column),
        *(figures().yuan(fen) for fen in sums),
        figures().count(money.unreadable),
    ]


def _quarantine() -> None:
    """Rows that were not used: file, row, column and reason, never the identity."""
    _source_rows("quarantine", queries.quarantined_count, queries.quarantined)


def _flagged() -> None:
    """Remarks on rows that are used."""
    _source_rows("flagged", queries.flagged_count, queries.flagged)


def _source_rows(
    part: str,
    count_rows: Callable[[Reader, str], int],
    list_rows: Callable[..., list[queries.SourceRow]],
) -> None:
    only_table = st.query_params.get("table", "")
    count = query(count_rows, only_table)
    section(t(f"data.{part}"), t(f"data.{part}.note", n=figures().count(count)))
    if only_table:
        everything = link(t("data.quarantine.all"), "data", part=part)
        render(join([chip(label("table", only_table)), everything], " "))
    if not count:
        st.caption(t(f"data.{part}.none"))
        return
    pages = -(-count // _PAGE)
    page = st.pagination(pages, key=f"{part}_{only_table}") if pages > 1 else 1
    names = ("table", "file", "row", "column", "reason")
    table(
        [t(f"data.column.{name}") for name in names],
        [
            [
                label("table", row.table),
                row.file,
                str(row.row),
                _column(row.column),
                label("reason", row.reason),
            ]
            for row in query(list_rows, only_table, page=page, size=_PAGE)
        ],
        numeric=(2,),
    )


def _matrix() -> None:
    section(explained(t("data.matrix"), "assessability"), t("data.matrix.note"))
    names = ("detector", "status", "assessed", "reason")
    table(
        [t(f"data.column.{name}") for name in names],
        [
            [
                link(detector_label(row.detector), "methods", detector=row.detector),
                chip(label("assessable", row.status), f"fw-as-{row.status}"),
                _assessed(row),
                localized(row.reason) or "–",
            ]
            for row in query(queries.matrix)
        ],
        numeric=(2,),
    )
    read = query(queries.readings)
    if read:
        section(t("data.readings"), t("data.readings.note"))
        columns = [t(f"data.column.{name}") for name in ("word", "meaning", "read_by", "reason")]
        shown = [[each.name, each.value, each.by, localized(Text(each.en, each.zh))] for each in read]
        table(columns, shown)


def _assessed(row: queries.Coverage) -> str:
    """How many rows could be assessed; where only some causes are limited, all of them for another cause."""
    some = row.status == "partial" and row.rows_assessed == row.rows_total
    assessed, total = (figures().count(rows) for rows in (row.rows_assessed, row.rows_total))
    return t("data.assessed.some" if some else "data.assessed", assessed=assessed, total=total)


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
    table([t(f"run.{name}") for name in names], [_run_cells(run) for run in query(queries.runs)])


def _run_cells(run: queries.RunRow) -> list[str]:
    hashes = (run.run_id, run.snapshot_id, run.config_digest, run.code_version)
    return [
        str(run.number),
        styled(time_text(run.finished_at), "nowrap"),
        join([styled(run.first_day, "nowrap"), styled(run.last_day, "nowrap")], " … "),
        label("area", run.area),
        *(styled(digest, "hash") for digest in hashes),
        run.models,
    ]


main()
