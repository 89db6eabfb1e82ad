"""``fundwatch doctor``: what a data set is, what it lacks, and what helps, on one page."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detection.cli.followup import Language
from detection.cli.policies import PolicyFolder
from detection.cli.running import DataFolder, MappingFile, PresetName, PresetOptions, preset_options
from detection.cli.terminal import progress_bars

if TYPE_CHECKING:
    from rich.table import Table

    from detection.doctor.examination import Examination
    from detection.doctor.page import Page, Section

_INPUT = 3


def doctor(
    data: DataFolder,
    mapping: MappingFile = None,
    preset: PresetName = None,
    preset_option: PresetOptions = None,
    area: Annotated[
        str | None,
        typer.Option("--area", help="Pooling area whose policy applies, or none; that of most enrolments."),
    ] = None,
    policy_dir: PolicyFolder = None,
    language: Annotated[Language, typer.Option("--language", help="Of the page.")] = Language.en,
) -> None:
    """Say on one page what an export is, what it lacks, which detectors that switches off, and what helps.

    Reads the data as a run would, into a temporary folder that is removed. Assesses nobody; names no person.
    Exit code 0 where a run would start, 3 where it would not.

    Example: fundwatch doctor --data export
    """
    from detection.doctor.examination import DoctorRequest, examine
    from detection.doctor.page import Page

    request = DoctorRequest(data, mapping, preset, preset_options(preset_option), area, policy_dir)
    with tempfile.TemporaryDirectory(prefix="fundwatch-doctor-") as folder, progress_bars() as progress:
        seen = examine(request, Path(folder), progress)
    page = Page(seen, language.value)
    _print(page, [*_next_lines(page, seen, request.data.name)], data.resolve().name)
    if not seen.would_start:
        raise typer.Exit(_INPUT)


def _next_lines(page: Page, seen: Examination, data: str) -> Iterator[str]:
    if seen.policy:
        yield page.text("next.policy", area=seen.area)
    if seen.would_start:
        yield page.text("next.run", data=data, area=seen.area, options="")


def _print(page: Page, following: Sequence[str], data: str) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as RichTable

    from detection.cli.summaries import console

    screen = console()

    def say(line: str) -> None:
        screen.print(line, soft_wrap=True, highlight=False, markup=False)

    say(page.text("title.page", data=data))
    for line in page.verdict():
        say(line)
    for section in page.sections():
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
        table.add_row(*row)
    return table
