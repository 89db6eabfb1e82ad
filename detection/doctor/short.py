"""The short form of the doctor's findings, for the end of a run: detectors that are off, by what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from detection.detectors.catalogue import catalogue
from detection.doctor.gaps import COUNT_OF_ROWS
from detection.doctor.words import both
from detection.language.text import Text
from detection.run.request import DetectorDone

_SHOWN = 15
_OFF = "not_assessable"


def short_form(detectors: Sequence[DetectorDone], data: str) -> list[str]:
    """Lines of what is missing with the detectors that it switches off; empty where none is off.

    Args:
        detectors: how each detector ended.
        data: the data folder, and the options with which the doctor reads the same.
    """
    off: dict[str, list[str]] = {}
    for detector in detectors:
        reasons = detector.reason.split("; ") if detector.status == _OFF else []
        for reason in [each for each in reasons if not each.endswith(COUNT_OF_ROWS)] or reasons:
            off.setdefault(reason, []).append(_label(detector.detector))
    if not off:
        return []
    ordered = sorted(off.items(), key=lambda item: (-len(item[1]), item[0]))
    lines = [
        both("short.off_line", what=Text.same(what), detectors=Text.same(", ".join(labels))).en
        for what, labels in ordered[:_SHOWN]
    ]
    more = len(ordered) - _SHOWN
    if more > 0:
        lines.append(both("short.more", more=more).en)
    return [both("short.off").en, *(f"  {line}" for line in lines), both("short.next", data=data).en]


def _label(name: str) -> str:
    return catalogue()[name].card.words["en"].label or name
