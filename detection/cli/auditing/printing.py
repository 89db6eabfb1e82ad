"""Entries of the audit log as a table of the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from detection.audit.entry import Entry, values_of


def print_entries(entries: Sequence[Entry]) -> None:
    """Number, time, actor, action, object, what changed, and the reason."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from detection.cli.language.choice import in_terminal_language
    from detection.cli.language.plain import without_orders
    from features.message import Message

    table = Table(box=None, header_style="bold", pad_edge=False)
    headings = (
        Message("number"), Message("time"), Message("actor"), Message("action"), Message("object"),
        Message("change"), Message("reason"),
    )  # fmt: skip
    for heading in headings:
        table.add_column(in_terminal_language(heading), overflow="fold")
    for entry in entries:
        who = f"{entry.actor} ({entry.role})" if entry.role else entry.actor
        cells = (
            str(entry.number),
            entry.at,
            who,
            entry.action,
            entry.object,
            change_text(entry),
            entry.reason,
        )
        table.add_row(*(Text(without_orders(cell)) for cell in cells))
    Console().print(table)


def change_text(entry: Entry) -> str:
    """What something was and became, as ``status=new → status=dismissed``; nothing where an entry has neither."""
    try:
        before, after = values_of(entry.before), values_of(entry.after)
    except (TypeError, ValueError):
        return "?"
    sides = [" ".join(f"{name}={value}" for name, value in side.items()) for side in (before, after) if side]
    return " → ".join(sides)
