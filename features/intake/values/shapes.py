"""The shape of a value, for messages: which characters it has, never which value."""

from __future__ import annotations

import re

_LONGEST = 30
_DIGIT, _SMALL, _LARGE = re.compile(r"[0-9]"), re.compile(r"[a-z]"), re.compile(r"[A-Z]")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
_CONTROL = re.compile(r"[\x00-\x1f]")
_WORDS = ("年", "月", "日")


def shape(text: str) -> str:
    """``2024/3/31`` is ``9999/9/99``: digits, letters and ideographs are replaced, so that no value is shown."""
    ideographs = _IDEOGRAPH.sub(lambda match: match[0] if match[0] in _WORDS else "字", text)
    masked = _DIGIT.sub("9", _SMALL.sub("x", _LARGE.sub("X", ideographs)))
    visible = _CONTROL.sub("·", masked)
    return visible if len(visible) <= _LONGEST else visible[:_LONGEST] + "…"


def number_shape(text: str) -> str:
    """The shape of a number in scientific notation, whose letter says what it is: ``9.99999E+99``."""
    return _DIGIT.sub("9", text)
