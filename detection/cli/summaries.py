"""What the command line prints when a step has ended."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from detection.pipeline import RunDone


def yuan(fen: int) -> str:
    """Exact yuan with thousands marks: ``1,234.56``."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def intake_summary(manifest: Mapping[str, Any]) -> None:
    """Per table: rows read = used + quarantined + excluded, flagged, and total yuan of the main column."""
    console = Console()
    table = Table(title="What came in", title_justify="left")
    for heading in ("table", "read", "used", "quarantined", "excluded", "flagged"):
        table.add_column(heading, justify="left" if heading == "table" else "right")
    for name, counts in manifest["tables"].items():
        rows = counts["rows"]
        table.add_row(
            name, *(f"{rows[kind]:,}" for kind in ("read", "accepted", "quarantined", "excluded", "flagged"))
        )
    console.print(table)


def run_summary(done: RunDone, workspace: Path) -> None:
    """What the run found, what could not be assessed, and the next command."""
    console = Console()
    intake_summary(done.manifest)
    table = Table(title="Detectors", title_justify="left")
    for heading in ("detector", "assessable", "alerts", "at issue (CN¥)"):
        table.add_column(heading, justify="right" if heading in {"alerts", "at issue (CN¥)"} else "left")
    for one in done.detectors:
        status = one.status if not one.reason else f"{one.status}: {one.reason}"
        table.add_row(one.detector, status, f"{one.alerts:,}", yuan(one.amount))
    console.print(table)
    console.print(
        f"Run {done.run_id}: {done.new} new, {done.changed} changed, {done.same} unchanged, "
        f"{done.closed} closed alerts."
    )
    console.print(f"Next: fundwatch dashboard --workspace {workspace}", soft_wrap=True)
