"""What the command line prints when a step has ended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from detection.cli.language.choice import in_terminal_language, terminal_language
from detection.cli.language.plain import lines_without_orders
from detection.cli.preset_summary import preset_lines
from detection.cli.reading_summary import ragged_note, reading_lines
from detection.deliveries.totals import MONEY
from detection.language.formats import Formats, formats
from detection.language.stored import stored_text
from features.message import Message, chained

if TYPE_CHECKING:
    from detection.run.leads import LeadsDone
    from detection.run.pipeline import RunDone
    from features.intake import Manifest


_WIDE = 160
_SHOWN_PROBLEMS = 10
"""Rows of outside leads that are named."""
_ROWS = (Message("read"), Message("used"), Message("quarantined"), Message("excluded"), Message("flagged"))
_STATUS = {
    "available": Message("available"),
    "partial": Message("partial"),
    "not_assessable": Message("not_assessable"),
}
_BY = {"data": Message("data"), "option": Message("option"), "policy": Message("policy")}


def console() -> Console:
    """The terminal; wide enough for whole sentences where the output goes to a file or another program."""
    terminal = Console()
    return terminal if terminal.is_terminal else Console(width=_WIDE)


def _print(screen: Console, line: str) -> None:
    text = lines_without_orders(in_terminal_language(line))
    screen.print(text, soft_wrap=True, highlight=False, markup=False)


def intake_summary(manifest: Manifest) -> None:
    """Per table: rows read = used + quarantined + excluded, flagged, and why quarantined; one money column likewise."""
    screen, language = console(), terminal_language().value
    figures = formats(language)
    table = Table(title=in_terminal_language(Message("What came in")), title_justify="left")
    table.add_column(in_terminal_language(Message("table")))
    for heading in _ROWS:
        table.add_column(in_terminal_language(heading), justify="right")
    for name, counts in manifest.tables.items():
        rows = counts.rows
        shown = (rows.read, rows.accepted, rows.quarantined, rows.excluded, rows.flagged)
        table.add_row(name, *map(figures.count, shown))
    screen.print(table)
    lines = (
        *quarantine_lines(manifest, language),
        *_money_lines(manifest, figures),
        *preset_lines(manifest, language),
        *reading_lines(manifest, language),
    )
    for line in lines:
        _print(screen, line)


def _money_lines(manifest: Manifest, figures: Formats) -> Iterator[Message]:
    for name, column in MONEY.items():
        fen = manifest.tables[name].money.get(column) if name in manifest.tables else None
        if fen:
            yield Message(
                "{column} (CN¥): {read} read = {used} used + {quarantined} quarantined + {excluded} excluded{ragged}",
                column=f"{name}.{column}",
                read=figures.yuan(fen.read),
                used=figures.yuan(fen.accepted),
                quarantined=figures.yuan(fen.quarantined),
                excluded=figures.yuan(fen.excluded),
                ragged=ragged_note(manifest, name),
            )


def quarantine_lines(manifest: Manifest, language: str) -> Iterator[Message]:
    """Per table why rows were quarantined and by which column, the most rows first, and which are no records.

    Nothing of what the rows hold is shown.
    """
    from features.intake.checks.no_records import KINDS

    for name, counts in manifest.tables.items():
        reasons = [
            Message(
                "{rows:,} {reason}{columns}",
                rows=count.rows,
                reason=stored_text(count.reason)[language],
                columns=f" ({count.column})" if count.column else "",
            )
            for count in sorted(counts.quarantined_by_column, key=lambda count: -count.rows)
        ]
        if reasons:
            yield Message("{table} quarantined: {reasons}", table=name, reasons=chained(reasons))
        kinds = [
            Message("{rows:,} {kind}", rows=rows, kind=stored_text(kind)[language])
            for kind, rows in counts.excluded_by_rule.items()
            if kind in KINDS
        ]
        if kinds:
            yield Message("{table}: rows that are no records: {kinds}", table=name, kinds=chained(kinds))


def run_summary(done: RunDone, workspace: Path, doctored: str = "") -> None:
    """What the run found, what could not be assessed, and the next command.

    Args:
        done: how the run ended.
        workspace: its folder.
        doctored: what follows ``fundwatch doctor --data`` to examine the same data.
    """
    from detection.doctor.short import short_form

    screen, language = console(), terminal_language().value
    intake_summary(done.manifest)
    for line in _assessed_lines(done, language):
        _print(screen, line)
    screen.print(_detectors(done, language))
    for text in short_form(done.detectors, doctored, language):
        _print(screen, text)
    for line in _end_lines(done, workspace):
        _print(screen, line)


def _assessed_lines(done: RunDone, language: str) -> Iterator[Message]:
    """What was left out, and how words with two meanings were read."""
    if done.implausible:
        yield Message(
            "{rows:,} settlements were left out: their day is far from all others "
            "(flags far_in_the_future and far_in_the_past on the Data page).",
            rows=done.implausible,
        )
    if done.after_as_of:
        yield Message(
            "{rows:,} settlements after the day of assessment were left out.", rows=done.after_as_of
        )
    for reading in done.readings:
        if reading.by != "contract":
            yield Message(
                "Read {name} as {value} (by {by}): {reason}.",
                name=reading.name,
                value=reading.value,
                by=_BY.get(reading.by, reading.by),
                reason={"en": reading.en, "zh": reading.zh}[language],
            )


def _detectors(done: RunDone, language: str) -> Table:
    from detection.run.request import OFF

    figures = formats(language)
    table = Table(title=in_terminal_language(Message("Detectors")), title_justify="left")
    for heading in (Message("detector"), Message("assessable")):
        table.add_column(in_terminal_language(heading), overflow="fold")
    for heading in (Message("alerts"), Message("at issue (CN¥)")):
        table.add_column(in_terminal_language(heading), justify="right", overflow="fold")
    for detector in done.detectors:
        status: str = _STATUS.get(detector.status, "")
        if detector.status == OFF:
            status = detector.reason[language]
        elif detector.reason:
            status = Message("{status}: {reason}", status=status, reason=detector.reason[language])
        counts = figures.count(detector.alerts), figures.yuan(detector.amount)
        table.add_row(detector.detector, in_terminal_language(status), *counts)
    return table


def _end_lines(done: RunDone, workspace: Path) -> Iterator[Message]:
    from detection.run.request import OFF

    if done.profile:
        yield Message(
            "Policy values of the profile {profile!r} were invented for a demonstration: "
            "what rests on them is no finding.",
            profile=done.profile,
        )
    if done.resumed_at:
        yield Message(
            "Resumed at: {step}. A run that was stopped had done the steps before.", step=done.resumed_at
        )
    yield Message(
        "Run {run_id}: {new:,} new, {changed:,} changed, {same:,} unchanged, {closed:,} closed alerts.",
        run_id=done.run_id,
        new=done.new,
        changed=done.changed,
        same=done.same,
        closed=done.closed,
    )
    if done.not_assessed:
        yield Message(
            "{n:,} alerts of earlier runs could not be looked for in these data, and stay as they are.",
            n=done.not_assessed,
        )
    off = [detector.detector for detector in done.detectors if detector.status == OFF]
    if off:
        yield Message(
            "{n:,} detectors are switched off by the operator; their open alerts stay as they are.",
            n=len(off),
        )
    yield from _lead_lines(done.leads)
    yield Message("Next: fundwatch dashboard --workspace {workspace}", workspace=workspace)


def _lead_lines(leads: LeadsDone) -> Iterator[Message]:
    """What became of outside leads, and which rows could not be taken."""
    if leads.new or leads.changed or leads.matched:
        yield Message(
            "Outside leads: {new:,} new, {changed:,} changed in the data, {matched:,} with another match.",
            new=leads.new,
            changed=leads.changed,
            matched=leads.matched,
        )
    for problem in leads.problems[:_SHOWN_PROBLEMS]:
        yield Message("outside_leads, not taken: {problem}", problem=problem)
    if len(leads.problems) > _SHOWN_PROBLEMS:
        yield Message("and {n:,} more", n=len(leads.problems) - _SHOWN_PROBLEMS)
