"""Print the doctor's page: its sentences, and its tables without frames."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detection.cli.language.plain import lines_without_orders, plain_text

if TYPE_CHECKING:
    from rich.table import Table

    from detection.doctor.page import Page, Section


def print_page(page: Page, sections: Sequence[Section], following: Sequence[str], data: str) -> None:
    """Print the page.

    Args:
        page: the examination in a language.
        sections: what is printed of it.
        following: what to do next, a line each.
        data: name of the data folder.
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as RichTable

    from detection.cli.summaries import console

    screen = console()

    def say(line: str) -> None:
        screen.print(lines_without_orders(line), soft_wrap=True, highlight=False, markup=False)

    say(page.text("title.page", data=data))
    for line in page.verdict():
        say(line)
    for section in sections:
        say("")
        if section.rows:
            screen.print(
                _filled(section, RichTable(title=section.title, title_justify="left", box=SIMPLE_HEAD))
            )
        else:
            say(section.title)
        for line in section.lines:
            say(f"  {line}")
    if following:
        say(f"\n{page.text('title.next')}")
    for line in following:
        say(f"  {line}")


def _filled(section: Section, table: Table) -> Table:
    for place, heading in enumerate(section.columns):
        table.add_column(heading, justify="right" if place in section.numbers else "left", overflow="fold")
    for row in section.rows:
        table.add_row(*map(plain_text, row))
    return table
