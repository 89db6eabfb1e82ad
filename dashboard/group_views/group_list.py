"""The groups to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from dashboard.markup import element, join, render, section, severity_chip, styled
from dashboard.navigation import link
from dashboard.wording import figures, t
from detection.store.queries.network import Group

MOST_GROUPS = 100
"""Groups to choose from; the list of alerts has the others."""


def draw_groups(groups: Sequence[Group], count: int, chosen: str) -> None:
    """A tile for each of these groups, by rank; the chosen one is marked.

    Args:
        groups: the first of all.
        count: of all.
        chosen: alert of the group that is shown.
    """
    section(t("network.choose"), t("network.choose.note", n=figures().count(count)))
    tiles = [_tile(group, chosen=group.row.alert_id == chosen) for group in groups]
    if count > len(groups):
        more = t("network.choose.more", n=figures().count(count - len(groups)))
        tiles.append(link(more, "alerts", list="all", detector=groups[-1].row.detector))
    render(element("div", join(tiles), "fw-tiles fw-groups"))


def _tile(group: Group, *, chosen: bool) -> Markup:
    row = group.row
    size = t("network.size", members=figures().count(group.members), days=figures().count(group.days))
    content = join(
        (
            styled(row.place, "name"),
            styled(size if group.members else row.subject, "num"),
            styled(t("network.span", first=row.first, last=row.last), "sub"),
            styled(severity_chip(row.severity, row.queue), "marks"),
        )
    )
    css = f"fw-card fw-tile{' fw-chosen' if chosen else ''}"
    return link(content, "network", css=css, id=row.alert_id)
