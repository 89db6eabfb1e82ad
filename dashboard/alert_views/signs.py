"""Kinds of evidence about a subject: what each looks for, and how much of it there is."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from dashboard.markup import join
from dashboard.navigation import link
from dashboard.query_cache import detector_label
from dashboard.wording import figures
from detection.store.queries.risk import Sign


def sign_chips(signs: Sequence[Sign]) -> Markup:
    """Links to the methods of the detectors, strongest evidence first; a dash where there is none."""
    if not signs:
        return join(["–"])
    return join(
        link(
            f"{detector_label(sign.detector)} {figures().fixed(sign.value, 1)}",
            "methods",
            css="fw-chip",
            detector=sign.detector,
        )
        for sign in signs
    )
