"""The sections of a report as text, in the reader's language: what it found, what follows, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from detection.report.content import Content
from detection.report.document import Document, Section
from detection.report.options import Details
from detection.report.sections.conclusions import conclusions, recommended
from detection.report.sections.data import data_section, limited_section, method_section
from detection.report.sections.findings import accounts, agency, institutions, typologies
from detection.report.sections.indicator_table import indicator_section
from detection.report.words import Words

_ILLUSTRATIVE = "illustrative"


def document(content: Content, words: Words, details: Details, changes: Sequence[Section] = ()) -> Document:
    """The report as text.

    Args:
        content: its figures.
        words: of the language.
        details: of the title block.
        changes: what changed since the report that this one replaces.
    """
    sections = (
        conclusions(content, words),
        recommended(content, words),
        *changes,
        institutions(content, words),
        typologies(content, words),
        accounts(content, words),
        agency(content, words),
        indicator_section(content, words),
        limited_section(content, words),
        data_section(content, words),
    )
    numbered = tuple(
        replace(section, heading=words.numbered(number, section.heading))
        for number, section in enumerate(sections, 1)
    )
    period = content.period
    return Document(
        title=words(f"report.title.{period.kind}"),
        subtitle=words(
            "report.subtitle",
            area=words.code("district", content.run.area),
            period=words.figures.period(period.name),
            first=words.figures.day(period.start),
            last=words.figures.day(period.end),
        ),
        details=tuple(_details(details, words)),
        warnings=tuple(_warnings(content, words)),
        sections=(*numbered, method_section(content, words)),
    )


def _details(details: Details, words: Words) -> Iterator[str]:
    day = words.figures.day(details.date)
    for name, value in (
        ("issuer", details.issuer),
        ("number", details.number),
        ("date", day),
        ("addressee", details.addressee),
    ):
        if value:
            yield words(f"report.details.{name}", value=value)


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
