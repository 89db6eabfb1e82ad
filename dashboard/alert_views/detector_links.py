"""Links from an institution to its alerts of each of its main detectors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from dashboard.markup import chip, join
from dashboard.navigation import link
from dashboard.query_cache import detector_label
from dashboard.wording import t

_MOST = 4


def detector_links(
    counts: Sequence[tuple[str, int]], its_alerts: Mapping[str, str], before: Iterable[Markup] = ()
) -> Markup:
    """A link for each of the first detectors, and how many more there are.

    Args:
        counts: detectors with their numbers of alerts, those to show first in front.
        its_alerts: of the address of all alerts of the institution.
        before: what stands in front of the links.
    """
    links = [
        link(f"{detector_label(name)} {many}", "alerts", css="fw-chip", **its_alerts, detector=name)
        for name, many in counts[:_MOST]
    ]
    if len(counts) > _MOST:
        links.append(chip(t("home.more", n=len(counts) - _MOST)))
    return join([*before, *links])
