"""The doctor's page: sections of sentences and tables, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from detection.detectors.catalogue import catalogue
from detection.doctor.containers import written
from detection.doctor.examination import Examination
from detection.doctor.gaps import Waiting
from detection.doctor.words import Value, both, shown
from detection.language.formats import formats
from detection.language.sentences import in_both
from detection.language.text import Text
from features.calendar import month_text
from features.contract import TABLES
from features.intake.drafting.names import known_names
from features.intake.drafting.survey import Surveyed
from features.intake.manifest import FileRecord

LOW_SHARE = 0.95
"""Share of a join's keys below which its row is marked."""
_SHOWN = 24
"""Most lines of a section: the page stays one page."""
_DETECTORS_SHOWN = 6
_ABSENT_SHOWN = 8
_MARK = "!"
_LIKE = 0.6
"""Likeness from which a file's name is said to be that of a table."""


@dataclass
class Section:
    """A part of the page.

    Attributes:
        title: its heading.
        lines: sentences.
        columns: headings of its table; empty without one.
        rows: cells of its table.
        numbers: columns with numbers, by place.
    """

    title: str
    lines: list[str] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    rows: list[tuple[str, ...]] = field(default_factory=list)
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Page:
    """Writes an examination in a language, ``en`` or ``zh``."""

    seen: Examination
    language: str

    def sections(self) -> Iterator[Section]:
        """The sections that have something to say, in the page's order."""
        if self.seen.problems:
            yield self._lines("problems", self.seen.problems)
        if self.seen.manifest is None:
            return
        yield self._tables()
        yield self._lines("odd", self.seen.odd or [both("odd.none")])
        yield self._joins()
        yield self._periods()
        if self.seen.breaks:
            yield self._lines("breaks", self.seen.breaks)
        yield self._off()
        yield from (
            section for section in (self._policy(), self._attributes()) if section.rows or section.lines
        )
        if self.seen.failed:
            yield self._lines("detectors", self.seen.failed)

    def files(self, surveyed: Sequence[Surveyed], data: Path) -> Section:
        """The files of a folder whose names are not those of the contract, and the tables that they look like."""
        section = self._section("files", "file", "encoding", "columns", "looks", numbers=(2,))
        for file in surveyed:
            if file.file is None:
                problem = in_both(file.problem)
                section.rows.append((file.name, self.text("files.unreadable", problem=problem), "–", "–"))
                continue
            record = FileRecord(
                name=file.file.file.name,
                sha256="",
                encoding=file.file.encoding,
                rows=0,
                notes=file.file.notes,
            )
            way = written(data, record)[self.language]
            section.rows.append(
                (file.name, way, formats(self.language).count(len(file.file.columns)), _looks_like(file.name))
            )
        return section

    def text(self, message: str, **values: Value) -> str:
        """A message of the doctor's catalogue."""
        return both(message, **values)[self.language]

    def verdict(self) -> list[str]:
        """Whether a run would start, and under which policy."""
        manifest = self.seen.manifest
        if manifest is None:
            return [self.text("verdict.no")]
        figures = formats(self.language)
        first, last = (
            figures.month(day.isoformat()[:7])
            for day in (manifest.first_settled_day, manifest.last_settled_day)
        )
        months = self.text("period.span", first=first, last=last)
        rows = manifest.tables["settlements"].rows.accepted
        answers = [answer.status for answer in self.seen.detectors.values()]
        counts = self.text(
            "detectors.counts",
            available=answers.count("available"),
            partial=answers.count("partial"),
            off=answers.count("not_assessable"),
        )
        if not self.seen.would_start:
            return [
                self.text("verdict.no"),
                *([self.text("verdict.draft"), counts] if self.seen.drafted else []),
            ]
        return [self.text("verdict.yes", settlements=rows, months=months), counts]

    def _section(self, name: str, *columns: str, numbers: Sequence[int] = ()) -> Section:
        headings = tuple(self.text(f"column.{column}") for column in columns)
        return Section(self.text(f"title.{name}"), columns=headings, numbers=frozenset(numbers))

    def _lines(self, name: str, texts: Sequence[Text]) -> Section:
        section = self._section(name)
        section.lines = [text[self.language] for text in texts[:_SHOWN]]
        if len(texts) > _SHOWN:
            section.lines.append(self.text("odd.more", more=len(texts) - _SHOWN))
        return section

    def _tables(self) -> Section:
        names = ("table", "files", "encoding", "read", "used", "quarantined", "columns", "absent")
        section = self._section("tables", *names, numbers=(3, 4, 5))
        figures = formats(self.language)
        manifest = self.seen.manifest
        if manifest is None:
            return section
        for name, counts in manifest.tables.items():
            files = list(self.seen.files.get(name, ()))
            absent = [column for column in TABLES[name].columns if column not in counts.columns]
            section.rows.append(
                (
                    name,
                    self._named(files),
                    self._written(files),
                    *map(figures.count, (counts.rows.read, counts.rows.accepted, counts.rows.quarantined)),
                    self.text("columns.count", known=len(counts.columns), all=len(TABLES[name].columns)),
                    shown(absent, _ABSENT_SHOWN)[self.language] or "–",
                )
            )
        lacking = [name for name in TABLES if name not in manifest.tables]
        if lacking:
            section.lines.append(self.text("tables.absent", tables=", ".join(lacking)))
        return section

    def _written(self, files: Sequence[str]) -> str:
        """How files are packed and written: ``gzip, gb18030, semicolons``."""
        ways = [self.seen.written[file] for file in files if file in self.seen.written]
        return "; ".join(dict.fromkeys(way[self.language] for way in ways))

    def _named(self, files: Sequence[str]) -> str:
        if len(files) <= 1:
            return files[0] if files else "–"
        return self.text("files.several", first=files[0], more=len(files) - 1, count=len(files))

    def _joins(self) -> Section:
        section = self._section("joins", "column", "target", "keys", "matched", "share", numbers=(2, 3, 4))
        figures = formats(self.language)
        whole = [f"{rate.column} → {rate.target}" for rate in self.seen.joins if rate.whole]
        if whole:
            section.lines.append(self.text("joins.whole", joins=", ".join(whole)))
        for rate in self.seen.joins:
            if rate.whole:
                continue
            low = _MARK if rate.share < LOW_SHARE else ""
            share = f"{figures.share(rate.share)}{low}" if rate.keys else "–"
            section.rows.append(
                (rate.column, rate.target, figures.count(rate.keys), figures.count(rate.matched_keys), share)
            )
        return section

    def _periods(self) -> Section:
        section = self._section("periods", "table", "rows", "first", "last", "note", numbers=(1,))
        figures = formats(self.language)
        alike = [period.table for period in self.seen.periods if period.as_claims]
        if alike:
            section.lines.append(self.text("periods.as_claims", tables=", ".join(alike)))
        for period in self.seen.periods:
            if period.as_claims:
                continue
            months = [
                "–" if month is None else figures.month(month_text(month))
                for month in (period.first, period.last)
            ]
            notes = []
            if period.first is None:
                notes.append(self.text("period.empty"))
            elif not period.events:
                notes.append(self.text("period.intervals"))
            if period.starts_late:
                notes.append(self.text("period.late", months=period.starts_late))
            if period.ends_early:
                notes.append(self.text("period.early", months=period.ends_early))
            section.rows.append((period.table, figures.count(period.rows), *months, "; ".join(notes)))
        return section

    def _off(self) -> Section:
        section = self._section("off", "missing", "whole", "part")
        for gap in self.seen.off[:_SHOWN]:
            missing = Text(gap.what, gap.what_zh)[self.language]
            section.rows.append((missing, self.detectors(gap.whole), self.detectors(gap.part)))
        return section

    def detectors(self, names: Sequence[str]) -> str:
        """Detectors by the short label that lists show."""
        cards = catalogue()
        labels = [cards[name].card.words[self.language].label or name for name in names]
        return both("none")[self.language] if not labels else _joined(labels, self.language)

    def _policy(self) -> Section:
        section = self._section("policy", "parameter", "waiting")
        if self.seen.area == "none":
            waiting = dict.fromkeys(name for gap in self.seen.policy for name in gap.part)
            section.lines = [self.text("policy.none", detectors=self.detectors(list(waiting)))]
            return section
        section.rows = [(self._parameter(gap), self.detectors(gap.part)) for gap in self.seen.policy]
        return section

    def _parameter(self, gap: Waiting) -> str:
        return (
            gap.what if self.language == "en" or gap.what == gap.what_zh else f"{gap.what}（{gap.what_zh}）"
        )

    def _attributes(self) -> Section:
        section = self._section("attributes", "attribute", "known", "waiting", numbers=(1,))
        for gap in self.seen.attributes:
            if gap.known == gap.items:
                continue
            known = self.text("columns.count", known=gap.known, all=gap.items)
            section.rows.append((gap.column, known, self.detectors(gap.waiting)))
        return section


def _looks_like(name: str) -> str:
    scores = {table: known_names().file(name, table) for table in TABLES}
    best = max(scores, key=lambda table: scores[table])
    return best if scores[best] >= _LIKE else "–"


def _joined(labels: Sequence[str], language: str) -> str:
    comma = Text(", ", "、")[language]
    more = len(labels) - _DETECTORS_SHOWN
    text = comma.join(labels[:_DETECTORS_SHOWN])
    return text if more <= 0 else f"{text} +{more}"
