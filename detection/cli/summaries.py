"""What the command line prints when a step has ended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from detection.cli.preset_summary import preset_lines
from detection.cli.reading_summary import ragged_note, reading_lines
from detection.deliveries.totals import MONEY
from detection.language.formats import formats

if TYPE_CHECKING:
    from detection.run.pipeline import RunDone
    from features.intake import Manifest


_EN = formats("en")
"""What the command line prints while it works is English."""
_WIDE = 160


def console() -> Console:
    """The terminal; wide enough for whole sentences where the output goes to a file or another program."""
    terminal = Console()
    return terminal if terminal.is_terminal else Console(width=_WIDE)


def intake_summary(manifest: Manifest) -> None:
    """Per table: rows read = used + quarantined + excluded, flagged, and why quarantined; one money column likewise."""
    screen = console()
    table = Table(title="What came in", title_justify="left")
    for heading in ("table", "read", "used", "quarantined", "excluded", "flagged"):
        table.add_column(heading, justify="left" if heading == "table" else "right")
    for name, counts in manifest.tables.items():
        rows = counts.rows
        shown = (rows.read, rows.accepted, rows.quarantined, rows.excluded, rows.flagged)
        table.add_row(name, *(f"{count:,}" for count in shown))
    screen.print(table)
    for line in quarantine_lines(manifest):
        screen.print(line, soft_wrap=True, highlight=False, markup=False)
    for name, column in MONEY.items():
        fen = manifest.tables[name].money.get(column) if name in manifest.tables else None
        if fen:
            screen.print(
                f"{name}.{column} (CN¥): {_EN.yuan(fen.read)} read = {_EN.yuan(fen.accepted)} used"
                f" + {_EN.yuan(fen.quarantined)} quarantined + {_EN.yuan(fen.excluded)} excluded"
                f"{ragged_note(manifest, name)}"
            )
    for line in (*preset_lines(manifest), *reading_lines(manifest)):
        screen.print(line, soft_wrap=True, highlight=False, markup=False)


def quarantine_lines(manifest: Manifest) -> Iterator[str]:
    """Per table why rows were quarantined and by which column, the most rows first; nothing of what they hold."""
    for name, counts in manifest.tables.items():
        reasons = [
            f"{count.rows:,} {count.reason}" + (f" ({count.column})" if count.column else "")
            for count in sorted(counts.quarantined_by_column, key=lambda count: -count.rows)
        ]
        if reasons:
            yield f"{name} quarantined: " + "; ".join(reasons)


def run_summary(done: RunDone, workspace: Path, doctored: str = "") -> None:
    """What the run found, what could not be assessed, and the next command.

    Args:
        done: how the run ended.
        workspace: its folder.
        doctored: what follows ``fundwatch doctor --data`` to examine the same data.
    """
    from detection.doctor.short import short_form

    screen = console()
    intake_summary(done.manifest)
    if done.implausible:
        screen.print(
            f"{done.implausible:,} settlements were left out: their day is far from all others "
            "(flags far_in_the_future and far_in_the_past on the Data page)."
        )
    if done.after_as_of:
        screen.print(f"{done.after_as_of:,} settlements after the day of assessment were left out.")
    for reading in done.readings:
        if reading.by != "contract":
            screen.print(f"Read {reading.name} as {reading.value} (by {reading.by}): {reading.en}.")
    table = Table(title="Detectors", title_justify="left")
    for heading in ("detector", "assessable", "alerts", "at issue (CN¥)"):
        right = heading in {"alerts", "at issue (CN¥)"}
        table.add_column(heading, justify="right" if right else "left", overflow="fold")
    for detector in done.detectors:
        status = detector.status if not detector.reason else f"{detector.status}: {detector.reason}"
        table.add_row(detector.detector, status, f"{detector.alerts:,}", _EN.yuan(detector.amount))
    screen.print(table)
    for line in short_form(done.detectors, doctored):
        screen.print(line, soft_wrap=True, highlight=False, markup=False)
    if done.profile:
        screen.print(
            f"Policy values of the profile {done.profile!r} were invented for a demonstration: "
            "what rests on them is no finding."
        )
    screen.print(
        f"Run {done.run_id}: {done.new} new, {done.changed} changed, {done.same} unchanged, "
        f"{done.closed} closed alerts."
    )
    screen.print(f"Next: fundwatch dashboard --workspace {workspace}", soft_wrap=True)
