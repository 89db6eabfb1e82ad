"""The draft mapping of a data set, and an examination with it where a run would not start without."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from pathlib import Path

from detection.doctor.examination import DoctorRequest, Examination, examine
from detection.doctor.words import both
from detection.language.text import Text
from features.intake.drafting.draft import Drafted, NoGuessError, UnreadableTableError, draft_mapping
from features.intake.drafting.survey import Surveyed
from features.intake.planning.read_plan import ReadRequest
from features.progress import Progress

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class WrittenDraft:
    """A draft mapping.

    Attributes:
        text: the file; empty where none could be made.
        why_not: why none could be made.
        preset: the preset whose names the data have, if they were read by it.
        guesses: number of its guesses.
        files: files that were looked at, where none of their names was known.
    """

    text: str = ""
    why_not: Text | None = None
    preset: str = ""
    guesses: int = 0
    files: tuple[Surveyed, ...] = ()


def write_draft(request: DoctorRequest) -> WrittenDraft:
    """The draft mapping for a request; nothing raises."""
    if not request.data.is_dir():
        return WrittenDraft()
    reads = ReadRequest(request.mapping, request.preset, request.preset_options)
    try:
        drafted: Drafted = draft_mapping(request.data, reads)
    except UnreadableTableError as problem:
        return WrittenDraft(why_not=both("draft.unreadable", files=str(problem)), files=problem.files)
    except NoGuessError as problem:
        return WrittenDraft(why_not=both("draft.no_claims", columns=str(problem)), files=problem.files)
    except Exception as error:  # a draft that cannot be made is a line of the page
        _log.info("No draft mapping could be made: %s", type(error).__name__)
        return WrittenDraft(why_not=both("problem.unforeseen", kind=type(error).__name__))
    draft = drafted.draft
    return WrittenDraft(draft.text(), None, drafted.preset, draft.guesses, drafted.surveyed)


def examine_with(
    draft: Path, request: DoctorRequest, first: Examination, folder: Path, progress: Progress
) -> Examination:
    """What the draft mapping reads, with the problems of the request.

    Args:
        draft: the file.
        request: what was examined first.
        first: how that ended.
        folder: an empty folder for unfinished files.
        progress: called with the step, and how much of it is done.
    """
    with_draft = replace(request, mapping=draft, preset=None, preset_options={})
    seen = examine(with_draft, folder, progress)
    if seen.manifest is None or seen.problems:
        others = [problem for problem in seen.problems if problem not in first.problems]
        first.problems += [both("draft.fails"), *others] if others else []
        return first
    seen.problems, seen.drafted = first.problems, True
    return seen
