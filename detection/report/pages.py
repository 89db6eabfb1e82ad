"""The three pages of a report as text, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from detection.indicators.texts import both_text, value_text
from detection.report.content import Content, Group
from detection.report.data_page import data_section, limited_section, method_section
from detection.report.document import Document, Section, Table
from detection.report.indicators import IndicatorLine
from detection.report.words import Words
from detection.store.queries.breakdown import Share

_ILLUSTRATIVE = "illustrative"


def document(content: Content, words: Words) -> Document:
    """The report as text."""
    return Document(
        title=words("report.title"),
        subtitle=words(
            "report.subtitle",
            area=words.code("district", content.run.area),
            period=words.figures.period(content.period.name),
            first=words.figures.day(content.period.start.isoformat()),
            last=words.figures.day(content.period.end.isoformat()),
        ),
        warnings=tuple(_warnings(content, words)),
        footer=words(
            "report.footer", run=content.run.run_id, snapshot=content.run.snapshot_id, as_of=content.run.as_of
        ),
        pages=(
            tuple(_alerts(content, words)),
            (_institutions(content, words), _indicators(content, words)),
            (data_section(content, words), limited_section(content, words), method_section(content, words)),
        ),
    )


def _warnings(content: Content, words: Words) -> Iterator[str]:
    if content.run.simulated:
        yield words("report.simulated")
    if content.policy.profile == _ILLUSTRATIVE:
        yield words("report.illustrative")
    if content.covered_days < content.period.days:
        yield words(
            "report.covered",
            days=words.figures.count(content.covered_days),
            of=words.figures.count(content.period.days),
            last=words.figures.day(content.run.last_day or content.run.as_of),
        )


def _alerts(content: Content, words: Words) -> Iterator[Section]:
    seen = tuple(
        words(
            f"report.seen.{group.name}",
            n=words.figures.count(group.totals.alerts),
            pool=words.figures.money(group.totals.at_issue.pool),
            account=words.figures.money(group.totals.at_issue.account),
        )
        for group in content.groups
    )
    yield Section(words("report.alerts"), (words("report.no_verdict"), *seen))
    yield Section(words("report.by_detector"), table=_by_detector(content.groups, words))
    suspicion = content.groups[0]
    yield Section(
        words("report.by_district"),
        table=_shares(
            suspicion, suspicion.by_district, words, words("report.column.district"), words.district
        ),
    )


def _by_detector(groups: Sequence[Group], words: Words) -> Table:
    """All detectors, the three lists share after the other, each with its total."""
    rows: list[tuple[str, ...]] = []
    for group in groups:
        rows += [
            (words.detector(share.key), words(f"report.list.{group.name}"), *_figures(share, words))
            for share in group.by_detector
        ]
    whole = [
        (
            words("report.total", list=words(f"report.list.{group.name}")),
            "",
            *_figures(Share("", group.totals), words),
        )
        for group in groups
    ]
    return Table(
        (words("report.column.detector"), words("report.column.list"), *_money_columns(words)),
        ("left", "left", "right", "right", "right"),
        (*rows, *whole),
        (6, 3, 1, 2, 2),
        totals=len(whole),
        note=words("report.once"),
    )


def _shares(
    group: Group, rows: Sequence[Share], words: Words, heading: str, name: Callable[[str], str]
) -> Table:
    pool, account = group.counted_again(rows)
    again = (
        [(words("report.again"), "", words.figures.money(-pool), words.figures.money(-account))]
        if pool or account
        else []
    )
    return Table(
        (heading, *_money_columns(words)),
        ("left", "right", "right", "right"),
        (
            *((name(share.key), *_figures(share, words)) for share in rows),
            *again,
            (
                words("report.total", list=words(f"report.list.{group.name}")),
                *_figures(Share("", group.totals), words),
            ),
        ),
        (5, 1, 2, 2),
        totals=1,
    )


def _money_columns(words: Words) -> tuple[str, str, str]:
    return words("report.column.alerts"), words("report.column.pool"), words("report.column.account")


def _figures(share: Share, words: Words) -> tuple[str, str, str]:
    return (
        words.figures.count(share.totals.alerts),
        words.figures.money(share.totals.at_issue.pool),
        words.figures.money(share.totals.at_issue.account),
    )


def _institutions(content: Content, words: Words) -> Section:
    if not content.institutions:
        return Section(words("report.institutions"), (words("report.institutions.none"),))
    rows = tuple(
        (
            str(number),
            institution.name,
            words.institution(institution.kind, institution.level, institution.district),
            words.figures.count(institution.totals.alerts),
            words.figures.money(institution.totals.at_issue.pool),
            words.figures.money(institution.totals.at_issue.account),
        )
        for number, institution in enumerate(content.institutions, 1)
    )
    columns = (
        "#",
        words("report.column.institution"),
        words("report.column.place"),
        *_money_columns(words),
    )
    table = Table(columns, ("left", "left", "left", "right", "right", "right"), rows, (0, 4, 4, 1, 2, 2))
    return Section(words("report.institutions"), (words("report.institutions.note"),), table)


def _indicators(content: Content, words: Words) -> Section:
    if not content.indicators:
        return Section(words("report.indicators"), (words("report.indicators.none"),))
    table = Table(
        tuple(
            words(f"report.column.{name}")
            for name in ("indicator", "now", "numerator", "denominator", "before", "change", "attention")
        ),
        ("left", "right", "right", "right", "right", "right", "left"),
        tuple(_indicator(indicator, words) for indicator in content.indicators),
        (12, 5, 7, 7, 5, 5, 4),
    )
    note = words(
        "report.indicators.note",
        now=words.figures.month(content.period.last_month),
        before=words.figures.month(content.period.month_before),
    )
    return Section(words("report.indicators"), (note,), table)


def _indicator(indicator: IndicatorLine, words: Words) -> tuple[str, ...]:
    card, value = indicator.card, indicator.now.value if indicator.now else None
    title = card.words[words.language].title
    if indicator.now is None or value is None:
        return title, words("report.not_assessable"), "", "", "", "", ""
    if value.numerator is None or value.denominator is None:
        return title, words("report.hidden"), "", "", "", "", ""
    before = indicator.before.value if indicator.before else None
    remark = "report.attention" if indicator.now.attention else "" if value.assessed else "report.few"
    return (
        title,
        value_text(value.value, card.unit, words.language),
        *(both_text(value, part, card.of[part], words.language) for part in (0, 1)),
        value_text(before.value if before else None, card.unit, words.language),
        words.change(indicator),
        words(remark) if remark else "",
    )
