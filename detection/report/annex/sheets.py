"""The sheets of the annex: every table of the report in full, and every alert, in numbers that add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from detection.language.messages import grade_group
from detection.report.annex.indicator_sheet import indicator_sheet
from detection.report.annex.sheet import Cell, Sheet
from detection.report.content import AlertLine, Content, Group, shared_by_rows
from detection.report.document import Document
from detection.report.sections.findings import reason
from detection.report.sections.money_columns import FUNDS, less, money_fen, money_headings
from detection.report.words import Words
from detection.store.queries.breakdown import Share
from detection.store.queries.data import PARTS
from detection.store.queries.period_figures import Owed
from features.money import FEN_PER_YUAN


def sheets(content: Content, document: Document, words: Words) -> Iterator[Sheet]:
    """The sheets in order."""
    yield _method(document, words)
    yield _alerts(content, words)
    yield _by_detector(content, words)
    yield _by_district(content, words)
    yield _cells(content, words)
    yield _institutions(content, words)
    yield _agency(content, words)
    yield indicator_sheet(content.indicators, content.period, words)
    yield _data(content, words)
    yield _limited(content, words)


def _headed(words: Words, *names: str) -> tuple[str, ...]:
    return tuple(words(f"report.column.{name}") for name in names)


def _yuan(*fen: int) -> tuple[float, ...]:
    return tuple(each / FEN_PER_YUAN for each in fen)


def _method(document: Document, words: Words) -> Sheet:
    last = document.sections[-1]
    rows = [document.subtitle, *document.details, *document.warnings, *last.sentences]
    return Sheet(words("report.sheet.method"), "", (document.title,), tuple((text,) for text in rows))


def _screen(content: Content, words: Words, **filters: str) -> str:
    """Where the same figures stand on the screens."""
    period = content.period
    query = {**filters, "start": period.start.isoformat(), "end": period.end.isoformat()}
    return words("report.as_on_screen", address=f"alerts?{urlencode(query)}")


def _alerts(content: Content, words: Words) -> Sheet:
    """Every alert of the period, whatever its status; ids are masked."""
    names = ("alert", "rank", "status", "list", "severity", "detector", "subject", "institution", "title")
    funds = [words(f"report.fund.{fund}") for fund in FUNDS]
    columns = (
        *_headed(words, *names, "first", "last", "rows", "money_kind"),
        *(words("report.column.in_yuan", what=fund) for fund in funds),
        *(words("report.column.whole", fund=fund) for fund in funds),
    )
    return Sheet(
        words("report.sheet.alerts"),
        _screen(content, words, list="all", status=""),
        columns,
        tuple(_alert(line, words) for line in content.alerts),
        money=(13, 14, 15, 16),
    )


def _alert(line: AlertLine, words: Words) -> tuple[Cell, ...]:
    row = line.row
    return (
        row.alert_id,
        row.rank,
        words.code("status", row.status),
        words(f"report.list.{row.list if row.list in ('agency', 'data') else 'suspicion'}"),
        words.code(grade_group(row.queue), row.severity),
        words.detector(row.detector),
        row.subject,
        row.place,
        row.title[words.language],
        row.first,
        row.last,
        row.evidence_rows,
        words.code("money_kind_short", row.money_kind),
        *_yuan(line.money.pool, line.money.account, row.pool, row.account),
    )


def _by_detector(content: Content, words: Words) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    for group in content.groups:
        texts = [(words.detector(share.key), share.key) for share in group.by_detector]
        rows += _with_total(group, texts, group.by_detector, words, blank=1)
    return Sheet(
        words("report.sheet.detectors"),
        _screen(content, words, list="all"),
        (*_headed(words, "detector", "name", "list", "alerts"), *money_headings(words)),
        tuple(rows),
        money=(4, 5, 6, 7),
    )


def _by_district(content: Content, words: Words) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    for group in content.groups:
        texts = [(words.district(share.key),) for share in group.by_district]
        rows += _with_total(group, texts, group.by_district, words)
    return Sheet(
        words("report.sheet.districts"),
        _screen(content, words, list="all"),
        (*_headed(words, "district", "list", "alerts"), *money_headings(words)),
        tuple(rows),
        money=(3, 4, 5, 6),
    )


def _with_total(
    group: Group, texts: Sequence[tuple[str, ...]], shares: Sequence[Share], words: Words, blank: int = 0
) -> Iterator[tuple[Cell, ...]]:
    """The rows of a list, what takes off what they share, and the total to which a column adds up.

    Args:
        group: the list.
        texts: what stands first in each row.
        shares: what each row counts.
        words: the language.
        blank: cells that stay empty next to the word of a total, also where the list has no rows.
    """
    empty = ("",) * blank
    listed = words(f"report.list.{group.name}")
    for text, share in zip(texts, shares, strict=True):
        yield *text, listed, share.totals.alerts, *_yuan(*money_fen(share.totals))
    again = shared_by_rows(group.totals, shares)
    if any(money_fen(again)):
        yield words("report.again"), *empty, listed, 0, *_yuan(*money_fen(less(again)))
    yield words("report.total"), *empty, listed, group.totals.alerts, *_yuan(*money_fen(group.totals))


def _cells(content: Content, words: Words) -> Sheet:
    rows: list[tuple[Cell, ...]] = [
        (words.detector(cell.detector), cell.detector, words.district(cell.district), cell.alerts)
        for cell in content.cells
    ]
    rows.append((words("report.total"), "", "", sum(cell.alerts for cell in content.cells)))
    return Sheet(
        words("report.sheet.cells"),
        _screen(content, words, list="all"),
        _headed(words, "detector", "name", "district", "alerts"),
        tuple(rows),
        totals=1,
    )


def _institutions(content: Content, words: Words) -> Sheet:
    return Sheet(
        words("report.sheet.institutions"),
        _screen(content, words, list="all", queue="institutions"),
        (*_headed(words, "place", "institution", "kind_and_place", "why", "alerts"), *money_headings(words)),
        tuple(
            (
                number,
                row.name,
                words.institution(row.kind, row.level, row.district),
                reason(row, words),
                row.totals.alerts,
                *_yuan(*money_fen(row.totals)),
            )
            for number, row in enumerate(content.institutions, 1)
        ),
        money=(5, 6, 7, 8),
    )


def _agency(content: Content, words: Words) -> Sheet:
    sides = tuple(
        words("report.column.owed", side=words(f"report.owed.{side}"), fund=words(f"report.fund.{fund}"))
        for side in ("fund", "insured")
        for fund in FUNDS
    )
    rows = [(words.detector(row.detector), *_owed(row)) for row in content.owed]
    return Sheet(
        words("report.sheet.agency"),
        _screen(content, words, list="agency"),
        (*_headed(words, "detector", "alerts"), *sides),
        (*rows, (words("report.total"), *_owed(content.owed_in_all))),
        money=(2, 3, 4, 5),
        totals=1,
    )


def _owed(row: Owed) -> tuple[Cell, ...]:
    sides = (row.to_fund.pool, row.to_fund.account, row.to_insured.pool, row.to_insured.account)
    return row.alerts, *_yuan(*sides)


def _data(content: Content, words: Words) -> Sheet:
    rows: list[tuple[Cell, ...]] = [
        (words.code("table", table.table), table.table, *(getattr(table, part) for part in PARTS))
        for table in content.intake.tables
    ]
    rows.append((words("report.all_tables"), "", *(content.intake.rows(part) for part in PARTS)))
    return Sheet(
        words("report.sheet.data"),
        words("report.as_on_screen", address="data?part=tables"),
        _headed(words, "table", "name", *PARTS),
        tuple(rows),
        totals=1,
    )


def _limited(content: Content, words: Words) -> Sheet:
    return Sheet(
        words("report.sheet.limited"),
        words("report.as_on_screen", address="data?part=matrix"),
        _headed(words, "detector", "name", "status", "reason"),
        tuple(
            (
                words.detector(coverage.detector),
                coverage.detector,
                words(f"report.status.{coverage.status}"),
                coverage.reason[words.language],
            )
            for coverage in content.limited
        ),
    )
