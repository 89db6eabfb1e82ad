"""The short form of the doctor's findings, for the end of a run: detectors that are off, by what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from detection.detectors.catalogue import catalogue
from detection.doctor.gaps import reasons_of
from detection.doctor.words import both
from detection.language.text import Text
from detection.run.request import DetectorDone

_SHOWN = 15
_OFF = "not_assessable"


def short_form(detectors: Sequence[DetectorDone], data: str, language: str = "en") -> list[str]:
    """Lines of what is missing with the detectors that it switches off; empty where none is off.

    Args:
        detectors: how each detector ended.
        data: the data folder, and the options with which the doctor reads the same.
        language: ``en`` or ``zh``.
    """
    off: dict[Text, list[str]] = {}
    for detector in detectors:
        if detector.status == _OFF:
            for en, zh in reasons_of(detector.reason.en, detector.reason.zh):
                off.setdefault(Text(en, zh), []).append(_label(detector.detector, language))
    if not off:
        return []
    ordered = sorted(off.items(), key=lambda item: (-len(item[1]), item[0].en))
    comma = Text(", ", "、")[language]
    texts = [
        both("short.off_line", what=what, detectors=comma.join(labels)) for what, labels in ordered[:_SHOWN]
    ]
    more = len(ordered) - _SHOWN
    if more > 0:
        texts.append(both("short.more", more=more))
    head, last = both("short.off"), both("short.next", data=data)
    return [head[language], *(f"  {text[language]}" for text in texts), last[language]]


def _label(name: str, language: str) -> str:
    return catalogue()[name].card.words[language].label or name
