"""The first page: what was found, compared, handled, what it may cost, and what to decide."""

from __future__ import annotations

from collections.abc import Iterator

from detection.alerts.draft import Money
from detection.report.comparison import Comparison
from detection.report.content import Content
from detection.report.document import Section, Table, first_left
from detection.report.recommendations import Recommendation, recommendations
from detection.report.sections.casework import casework_points
from detection.report.sections.money_columns import FUNDS, money_fen, money_headings
from detection.report.words import Words
from detection.store.lifecycle import OPEN
from detection.store.queries.totals import Totals

_STATUSES = (
    "new", "triaged", "need_data", "proposed", "escalated", "settled", "snoozed", "dismissed", "expired",
    "closed",
)  # fmt: skip


def conclusions(content: Content, words: Words) -> Section:
    """What the report says, in sentences, with the comparison as a table."""
    return Section(
        words("report.conclusions"),
        points=tuple(_points(content, words)),
        table=_compared(content, words),
    )


def recommended(content: Content, words: Words) -> Section:
    """What to decide."""
    points = tuple(_recommendation(item, words) for item in recommendations(content))
    if not points:
        return Section(words("report.recommendations"), (words("report.recommendations.none"),))
    return Section(words("report.recommendations"), (words("report.recommendations.note"),), points)


def _points(content: Content, words: Words) -> Iterator[str]:
    figures = words.figures
    whole = content.group("suspicion").totals
    open_alerts = [line.row for line in content.alerts if line.row.status in OPEN]
    lists = [row.list for row in open_alerts]
    yield words(
        "report.seen",
        n=figures.count(whole.alerts),
        rules=figures.count(lists.count("findings")),
        patterns=figures.count(lists.count("patterns")),
        at_issue=_funds(whole.at_issue, words),
        in_question=_funds(whole.in_question, words),
    )
    for comparison in content.earlier:
        yield _comparison(comparison, content, words)
    counts = [(status, content.handled[status]) for status in _STATUSES if content.handled.get(status)]
    if counts:
        parts = (
            words("report.handled.part", status=words.code("status", status), n=figures.count(many))
            for status, many in counts
        )
        total = figures.count(sum(many for _, many in counts))
        yield words("report.handled", n=total, parts=words.listed(parts))
    yield from casework_points(content.outcomes, words)
    yield _cost(content, words)
    yield words(
        "report.apart",
        agency=figures.count(content.group("agency").totals.alerts),
        to_fund=_funds(content.owed_in_all.to_fund, words),
        to_insured=_funds(content.owed_in_all.to_insured, words),
        data=figures.count(content.group("data").totals.alerts),
    )


def _comparison(comparison: Comparison, content: Content, words: Words) -> str:
    figures, run = words.figures, content.run
    name = words(f"report.{comparison.name}", period=figures.period(comparison.period.name))
    if content.covered_days < content.period.days:
        return words("report.compared.partial", name=name)
    if comparison.totals is None:
        return words(
            "report.compared.none",
            name=name,
            first=figures.day(run.first_day or run.as_of),
            last=figures.day(run.last_day or run.as_of),
        )
    now, then = content.reported, comparison.totals
    return words(
        "report.compared",
        name=name,
        then=figures.count(then.alerts),
        now=figures.count(now.alerts),
        at_issue=_moved(then.at_issue, now.at_issue, words),
        in_question=_moved(then.in_question, now.in_question, words),
    )


def _moved(then: Money, now: Money, words: Words) -> str:
    """By how much money of each fund moved: exact, so that no change is zero by rounding."""
    parts = []
    for fund in FUNDS:
        fen = getattr(now, fund) - getattr(then, fund)
        direction = "up" if fen > 0 else "down" if fen else "same"
        name, money = words(f"report.fund_in_full.{fund}"), words.figures.money(abs(fen))
        parts.append(words(f"report.moved.{direction}", fund=name, money=money))
    return words.listed(parts)


def _funds(money: Money, words: Words) -> str:
    """Money of each fund, never added."""
    parts = (
        words("report.of_fund", fund=words(f"report.fund_in_full.{fund}"), money=words.figures.money(fen))
        for fund, fen in zip(FUNDS, (money.pool, money.account), strict=True)
    )
    return words.listed(parts)


def _cost(content: Content, words: Words) -> str:
    figures, whole = words.figures, content.group("suspicion").totals
    expected = sum(row.expected_fen for row in content.institutions)
    parts = [
        words(
            "report.cost.share",
            fund=words(f"report.fund_in_full.{fund}"),
            spend=figures.money(getattr(content.spend, fund)),
            share=figures.small_share(getattr(whole.at_issue, fund) / getattr(content.spend, fund)),
        )
        for fund in FUNDS
        if getattr(content.spend, fund) > 0
    ]
    return words(
        "report.cost",
        shares=words.joined(parts) if parts else words("report.cost.unknown"),
        institutions=figures.count(len(content.institutions)),
        expected=figures.money(expected),
    )


def _compared(content: Content, words: Words) -> Table | None:
    """Each figure of the period, of the earlier ones that exist, and the change; None where there is none."""
    earlier = [(each, each.totals) for each in content.earlier if each.totals is not None]
    if not earlier:
        return None
    names = (words("report.column.alerts"), *money_headings(words))
    now = _figures(content.reported)
    columns = [words("report.column.figure"), words("report.column.now")]
    rows = [
        [name, _figure(value, place, words)]
        for place, (name, value) in enumerate(zip(names, now, strict=True))
    ]
    for comparison, totals in earlier:
        name = words.figures.period(comparison.period.name)
        columns += [words(f"report.column.{comparison.name}", period=name), words("report.column.change")]
        for place, (row, before) in enumerate(zip(rows, _figures(totals), strict=True)):
            row += [_figure(before, place, words), words.signed(now[place] - before, money=place > 0)]
    return Table(
        tuple(columns),
        first_left(len(columns)),
        tuple(map(tuple, rows)),
        (4, *(3,) * (len(columns) - 1)),
        note=words("report.compared.note"),
    )


def _figures(totals: Totals) -> tuple[int, ...]:
    return totals.alerts, *money_fen(totals)


def _figure(value: int, place: int, words: Words) -> str:
    """A count first, money after it."""
    return words.figures.yuan(value) if place else words.figures.count(value)


def _recommendation(item: Recommendation, words: Words) -> str:
    figures = words.figures
    return words(
        f"report.recommend.{item.rule}",
        names=words.listed(row.name for row in item.institutions),
        indicators=words.listed(card.words[words.language].title for card in item.indicators),
        expected=figures.money(sum(row.expected_fen for row in item.institutions)),
        to_fund=_funds(item.owed.to_fund, words),
        to_insured=_funds(item.owed.to_insured, words),
        n=figures.count(item.count),
        of=figures.count(item.of),
    )
