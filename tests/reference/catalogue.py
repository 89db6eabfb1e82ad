"""The list of every view and feature, as it stands in ``tests/golden/catalogue.txt``.

Discovery hides things from grep; the list shows each addition to the reviewer as one line. Write it anew with
``python tests/reference/catalogue.py``.
"""

from __future__ import annotations

from support.paths import GOLDEN

from detection.indicators.lists import all_lists
from features.registry import all_features, all_views

LIST = GOLDEN / "catalogue.txt"


def catalogue() -> str:
    """One line per view (name, grain) and per feature (name, entity, family, unit, direction)."""
    all_lists()  # registers the views next to the lists of indicators
    views = [f"view    {one.name} · {one.grain}" for one in all_views().values()]
    features = [
        f"feature {one.name} · {one.entity} · {one.family} · {one.unit} · {one.direction}"
        for one in all_features().values()
    ]
    return "\n".join([*sorted(views), *sorted(features)]) + "\n"


if __name__ == "__main__":
    LIST.write_text(catalogue(), encoding="utf-8")
