"""Where a run goes on that was stopped."""

from __future__ import annotations

from collections.abc import Sequence

from detection.run.unfinished.folder import Unfinished
from detection.run.unfinished.hits import step_of
from detection.run.unfinished.scores import FEATURES, SCORES
from features.message import Message

INDICATORS, SUBJECTS = "indicators", "subjects"
INDICATOR_FILES, SUBJECT_FILES = ("run/indicators",), ("run/subjects", "run/search")


def resumed_at(unfinished: Unfinished, detectors: Sequence[str]) -> Message | None:
    """The first step that a stopped run has not finished; None where there is nothing to go on from.

    Args:
        unfinished: what it left.
        detectors: names of those that return hits, and are switched on.
    """
    done = sum(unfinished.result(step_of(name)) is not None for name in detectors)
    steps = (
        (FEATURES, Message("features")),
        (SCORES, Message("scores")),
        (INDICATORS, Message("indicators")),
        (SUBJECTS, Message("pages of subjects")),
    )
    finished = [unfinished.result(step) is not None for step, _ in steps]
    if not done and not any(finished):
        return None
    if all(finished[:2]) and done < len(detectors):
        return Message("detectors ({done:,} of {of:,} are done)", done=done, of=len(detectors))
    open_steps = (name for (_, name), is_done in zip(steps, finished, strict=True) if not is_done)
    return next(open_steps, Message("alerts"))
