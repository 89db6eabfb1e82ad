"""What the report rests on: what could not be assessed, what was read, and what an alert is and is not."""

from __future__ import annotations

from collections import defaultdict

from detection.detectors.catalogue import catalogue
from detection.report.content import Content
from detection.report.document import Section, Table, first_left
from detection.report.words import Words
from detection.store.queries.data import PARTS


def limited_section(content: Content, words: Words) -> Section:
    """Detectors that could not assess everything, by reason; every reason in full."""
    heading = words("report.limited")
    if not content.limited:
        return Section(heading, (words("report.limited.none"),))
    detectors: dict[tuple[str, str], list[str]] = defaultdict(list)
    for coverage in sorted(content.limited, key=lambda coverage: (coverage.status, coverage.detector)):
        key = coverage.status, coverage.reason[words.language]
        detectors[key].append(words.detector(coverage.detector))
    rows = tuple(
        (words(f"report.status.{status}"), words.listed(names), reason)
        for (status, reason), names in detectors.items()
    )
    columns = tuple(words(f"report.column.{name}") for name in ("status", "detector", "reason"))
    sentence = words(
        "report.limited.note",
        n=words.figures.count(len(content.limited)),
        of=words.figures.count(content.detectors),
    )
    return Section(heading, (sentence,), table=Table(columns, ("left", "left", "left"), rows, (2, 6, 12)))


def data_section(content: Content, words: Words) -> Section:
    """What was read, by table."""
    rows = tuple(
        (words.code("table", table.table), *(words.figures.count(getattr(table, part)) for part in PARTS))
        for table in content.intake.tables
    )
    total = (words("report.all_tables"), *(words.figures.count(content.intake.rows(part)) for part in PARTS))
    table = Table(
        (words("report.column.table"), *(words(f"report.column.{part}") for part in PARTS)),
        first_left(1 + len(PARTS)),
        (*rows, total),
        (4, *(2,) * len(PARTS)),
        totals=1,
    )
    sentence = words(
        "report.complete",
        first=words.figures.day(content.run.first_day or content.run.as_of),
        last=words.figures.day(content.run.last_day or content.run.as_of),
    )
    return Section(words("report.data"), (sentence,), table=table)


def method_section(content: Content, words: Words) -> Section:
    """What an alert is and is not, how money counts, and what makes the report repeatable."""
    known = catalogue()
    exact = sum(detector.card.certainty == "deterministic" for detector in known.values())
    run = content.run
    return Section(
        words("report.method"),
        (
            words("report.method.alert"),
            words("report.method.how", n=words.figures.count(len(known)), exact=words.figures.count(exact)),
            words("report.method.money"),
            words("report.method.period"),
            words("report.method.people"),
            words(
                "report.method.same",
                snapshot=run.snapshot_id,
                run=run.run_id,
                code=run.code_version,
                configuration=run.config_digest,
                policy=content.policy.digest or "–",
            ),
        ),
        boxed=True,
    )
