"""``fundwatch doctor``: what a data set is, what it lacks, and what helps, on one page."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detection.cli.doctoring.printing import print_page
from detection.cli.fund.policies import PolicyFolder
from detection.cli.language.choice import PrintLanguage, chosen
from detection.cli.running import DataFolder, MappingFile, PresetName, PresetOptions, preset_options
from detection.cli.terminal import progress_bars
from features.errors import UsageError

if TYPE_CHECKING:
    from detection.doctor.drafts import WrittenDraft
    from detection.doctor.page import Page

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
    draft: Annotated[
        Path | None,
        typer.Option("--draft", help="Write a draft mapping file, with guesses marked as such; a new file."),
    ] = None,
    templates: Annotated[
        Path | None,
        typer.Option(
            "--templates", help="Write item_reference.csv and tables of reissued ids to fill in, here."
        ),
    ] = None,
    language: PrintLanguage = None,
) -> None:
    """Say on one page what an export is, what it lacks, which detectors that switches off, and what helps.

    Reads the data as a run would, into a temporary folder that is removed. Assesses nobody; names no person.
    Where a run would not start, it drafts a mapping, and goes on with that. Exit code 0 where a run would start, 3
    where it would not.

    Example: fundwatch doctor --data export --draft mapping.toml
    """
    from detection.doctor.drafts import WrittenDraft, examine_with, write_draft
    from detection.doctor.examination import DoctorRequest, examine
    from detection.doctor.page import Page

    _refuse_existing(draft, templates)
    options = preset_options(preset_option)
    request = DoctorRequest(data, mapping, preset, options, area, policy_dir, items=templates is not None)
    drafted = WrittenDraft()
    with tempfile.TemporaryDirectory(prefix="fundwatch-doctor-") as name, progress_bars() as progress:
        folder = Path(name)
        seen = examine(request, folder / "first", progress)
        if draft is not None or seen.manifest is None:
            drafted = write_draft(request)
        if seen.manifest is None and drafted.text:
            (folder / "draft.toml").write_text(drafted.text, encoding="utf-8")
            seen = examine_with(folder / "draft.toml", request, seen, folder / "second", progress)
    page = Page(seen, chosen(language))
    files = [page.files(drafted.files, data)] if drafted.files else []
    following = [*_written(page, drafted, draft, templates), *_next_lines(page, drafted, data.name, draft)]
    print_page(page, [*files, *page.sections()], following, data.resolve().name)
    if not seen.would_start:
        raise typer.Exit(_INPUT)


def _refuse_existing(draft: Path | None, templates: Path | None) -> None:
    """Refuse to write over files.

    Raises:
        UsageError: a file that would be written exists.
    """
    from detection.doctor.templates import ALIASES, NAME

    paths = [draft] if draft else []
    paths += [templates / name for name in (NAME, *ALIASES)] if templates else []
    for path in paths:
        if path.exists():
            raise UsageError("The file exists.", where=str(path), next_step="name another one, or remove it")


def _written(page: Page, drafted: WrittenDraft, draft: Path | None, templates: Path | None) -> Iterator[str]:
    """Write the files that were requested, and name them."""
    from detection.doctor.templates import write_alias_templates, write_template

    if drafted.preset and page.seen.drafted:
        yield page.text("draft.preset", preset=drafted.preset)
    if drafted.why_not is not None:
        yield page.text("next.no_draft", why=drafted.why_not)
    if draft is not None and drafted.text:
        draft.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(drafted.text, encoding="utf-8")
        yield page.text("draft.guesses", file=str(draft), guesses=drafted.guesses)
    if templates is not None and page.seen.items is None:
        yield page.text("items.none")
    elif templates is not None and page.seen.items is not None:
        path = write_template(page.seen.items, templates)
        yield page.text("items.written", file=str(path), items=page.seen.items.height)
    if templates is not None:
        for path in write_alias_templates(templates):
            yield page.text("aliases.written", file=str(path))


def _next_lines(page: Page, drafted: WrittenDraft, data: str, draft: Path | None) -> Iterator[str]:
    seen = page.seen
    if seen.policy and seen.area != "none":
        yield page.text("next.policy", area=seen.area)
    if any(gap.known < gap.items and gap.waiting for gap in seen.attributes) and seen.items is None:
        yield page.text("next.items")
    if seen.would_start:
        yield page.text("next.run", data=data, area=seen.area)
    elif draft is not None and seen.drafted:
        yield page.text("next.drafted", data=data, area=seen.area, draft=str(draft))
    elif seen.drafted:
        yield page.text("next.draft")
