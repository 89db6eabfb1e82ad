"""The last page of a report: what was read, what could not be assessed, and how the figures were made."""

from __future__ import annotations

from detection.detectors.catalogue import catalogue
from detection.report.content import Content
from detection.report.document import Section, Table
from detection.report.words import Words

_LONGEST_REASON = 150  # of a detector that could not assess everything; the annex has all of it
_MOST_LIMITED = 24


def data_section(content: Content, words: Words) -> Section:
    """What was read, by table."""
    parts = ("read", "accepted", "quarantined", "excluded", "flagged")
    rows = tuple(
        (words.code("table", table.table), *(words.figures.count(getattr(table, part)) for part in parts))
        for table in content.intake.tables
    )
    total = (words("report.all_tables"), *(words.figures.count(content.intake.rows(part)) for part in parts))
    columns = (words("report.column.table"), *(words(f"report.column.{part}") for part in parts))
    table = Table(
        columns,
        ("left", "right", "right", "right", "right", "right"),
        (*rows, total),
        (4, 2, 2, 2, 2, 2),
        totals=1,
    )
    sentence = words(
        "report.complete",
        first=words.figures.day(content.run.first_day or content.run.as_of),
        last=words.figures.day(content.run.last_day or content.run.as_of),
    )
    return Section(words("report.data"), (sentence,), table)


def limited_section(content: Content, words: Words) -> Section:
    """Detectors that could not assess everything, and why."""
    if not content.limited:
        return Section(words("report.limited"), (words("report.limited.none"),))
    rows = tuple(
        (
            words.detector(coverage.detector),
            words(f"report.status.{coverage.status}"),
            _short(coverage.reason[words.language]),
        )
        for coverage in sorted(content.limited, key=lambda coverage: (coverage.status, coverage.detector))[
            :_MOST_LIMITED
        ]
    )
    columns = tuple(words(f"report.column.{name}") for name in ("detector", "status", "reason"))
    sentence = words(
        "report.limited.note",
        n=words.figures.count(len(content.limited)),
        of=words.figures.count(content.detectors),
    )
    return Section(
        words("report.limited"), (sentence,), Table(columns, ("left", "left", "left"), rows, (4, 2, 8))
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_REASON else text[: _LONGEST_REASON - 1].rstrip() + "…"


def method_section(content: Content, words: Words) -> Section:
    """How the figures were made, and what makes the report repeatable."""
    known = catalogue()
    exact = sum(detector.card.certainty == "deterministic" for detector in known.values())
    run = content.run
    return Section(
        words("report.method"),
        (
            words("report.method.how", n=words.figures.count(len(known)), exact=words.figures.count(exact)),
            words("report.method.money"),
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
    )
