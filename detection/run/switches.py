"""Which detectors a run has switched on, by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from detection.detectors.assessability import Assessability
from detection.detectors.catalogue import catalogue
from features.errors import UsageError
from features.message import Message

SWITCHED_OFF = Assessability(
    "not_assessable", "switched off by the operator", "操作人员已关闭该检测项", rows_judged=0, rows_total=0
)
"""What a detector that is not switched on assessed: nothing, so that none of its alerts is closed."""


def switched_off(names: Sequence[str] | None) -> frozenset[str]:
    """The detectors of the catalogue that a run leaves out.

    Args:
        names: those that are switched on; None for all.

    Raises:
        UsageError: a name that no detector has, with the nearest one; or no name at all.
    """
    if names is None:
        return frozenset()
    known = list(catalogue())
    problems = list(_unknown(names, known))
    if problems:
        raise UsageError(
            "There is no detector of this name.",
            where="--detectors",
            problems=problems,
            next_step="take names from the list of detectors that a run prints, or from the page Data",
        )
    if not names:
        raise UsageError(
            "No detector is switched on.",
            where="--detectors",
            next_step="name at least one detector, or leave --detectors out for all",
        )
    return frozenset(known) - frozenset(names)


def _unknown(names: Sequence[str], known: Sequence[str]) -> Iterator[Message]:
    for name in sorted(set(names) - set(known)):
        near = get_close_matches(name, known, n=1, cutoff=0.0)
        yield Message("{name!r}: the nearest name is {near}", name=name, near=near[0])
