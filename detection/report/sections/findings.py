"""Where to look first, by type, families and accounts, and errors of agencies, each with sums that are its rows'."""

from __future__ import annotations

from detection.language.reason_of_place import of_institution
from detection.report.content import AlertLine, Content, shared_by_rows
from detection.report.document import Section, Table
from detection.report.sections.money_columns import less, money_cells, money_headings
from detection.report.words import Words
from detection.store.queries.home import InstitutionRow
from detection.store.queries.period_figures import Owed


def institutions(content: Content, words: Words) -> Section:
    """The first to look at, with the reason in words."""
    heading = words("report.institutions")
    if not content.institutions:
        return Section(heading, (words("report.institutions.none"),))
    rows = tuple(
        (
            str(number),
            row.name,
            words.institution(row.kind, row.level, row.district),
            reason(row, words),
            words.figures.count(row.totals.alerts),
            *money_cells(row.totals, words),
        )
        for number, row in enumerate(content.institutions, 1)
    )
    columns = ("place", "institution", "kind_and_place", "why", "alerts")
    table = Table(
        (*(words(f"report.column.{name}") for name in columns), *money_headings(words)),
        ("left", "left", "left", "left", "right", *("right",) * 4),
        rows,
        (2, 6, 7, 12, 3, *(6,) * 4),
        note=words("report.institutions.overlap"),
    )
    return Section(heading, (words("report.institutions.note"),), table=table)


def reason(row: InstitutionRow, words: Words) -> str:
    """Why an institution is on the list: the kinds of evidence about it, or that there is none but weak signs."""
    why = of_institution([words.detector_label(name) for name in row.kinds], {}, words.language)
    return words("report.why", reason=why, since=words.figures.day(row.since)) if row.kinds else why


def typologies(content: Content, words: Words) -> Section:
    """Alerts about people and institutions by type, the most money first."""
    heading, group = words("report.typologies"), content.group("suspicion")
    if not group.by_detector:
        return Section(heading, (words("report.typologies.none"),))
    rows = [
        (
            words.detector(share.key),
            words.figures.count(share.totals.alerts),
            *money_cells(share.totals, words),
        )
        for share in group.by_detector
    ]
    again = shared_by_rows(group.totals, group.by_detector)
    lessened = less(again)
    totals = [(words("report.again"), "", *money_cells(lessened, words))] if again.kinds else []
    totals.append(
        (words("report.total"), words.figures.count(group.totals.alerts), *money_cells(group.totals, words))
    )
    table = Table(
        (words("report.column.detector"), words("report.column.alerts"), *money_headings(words)),
        ("left", "right", *("right",) * 4),
        (*rows, *totals),
        (9, 2, *(4,) * 4),
        totals=len(totals),
        note=words("report.typologies.note"),
    )
    return Section(heading, table=table)


def accounts(content: Content, words: Words) -> Section:
    """Alerts about families and accounts with most money; ids are masked."""
    heading = words("report.accounts")
    if not content.accounts:
        return Section(heading, (words("report.accounts.none"),))
    columns = ("alert", "subject", "detector", "money_kind")
    funds = tuple(
        words("report.column.in_yuan", what=words(f"report.fund.{fund}")) for fund in ("pool", "account")
    )
    table = Table(
        (*(words(f"report.column.{name}") for name in columns), *funds),
        ("left", "left", "left", "left", "right", "right"),
        tuple(_account(line, words) for line in content.accounts),
        (9, 7, 9, 4, 4, 4),
    )
    sentence = words(
        "report.accounts.note",
        n=words.figures.count(len(content.accounts)),
        of=words.figures.count(content.accounts_in_all),
    )
    return Section(heading, (sentence,), table=table)


def _account(line: AlertLine, words: Words) -> tuple[str, ...]:
    return (
        line.row.alert_id,
        line.row.subject,
        words.detector(line.row.detector),
        words.code("money_kind_short", line.row.money_kind),
        words.figures.yuan(line.money.pool),
        words.figures.yuan(line.money.account),
    )


def agency(content: Content, words: Words) -> Section:
    """Errors of agencies: what is owed to the fund and what is owed to the insured, apart from all suspicion."""
    heading = words("report.agency")
    if not content.owed:
        return Section(heading, (words("report.agency.none"),))
    rows = [(words.detector(row.detector), *_owed(row, words)) for row in content.owed]
    total = (words("report.total"), *_owed(content.owed_in_all, words))
    sides = tuple(
        words("report.column.owed", side=words(f"report.owed.{side}"), fund=words(f"report.fund.{fund}"))
        for side in ("fund", "insured")
        for fund in ("pool", "account")
    )
    table = Table(
        (words("report.column.detector"), words("report.column.alerts"), *sides),
        ("left", "right", *("right",) * 4),
        (*rows, total),
        (9, 2, *(4,) * 4),
        totals=1,
    )
    return Section(heading, (words("report.agency.note"),), table=table)


def _owed(row: Owed, words: Words) -> tuple[str, ...]:
    sides = (row.to_fund.pool, row.to_fund.account, row.to_insured.pool, row.to_insured.account)
    return (words.figures.count(row.alerts), *map(words.figures.yuan, sides))
