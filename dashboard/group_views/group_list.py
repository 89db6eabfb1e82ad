"""The groups to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from dashboard.markup import element, join, render, section, severity_chip, styled
from dashboard.navigation import link
from dashboard.wording import figures, t
from detection.store.queries.network import Group

_MOST = 100


def draw_groups(groups: Sequence[Group], chosen: str) -> None:
    """A tile for each group, by rank; the chosen one is marked."""
    section(t("network.choose"), t("network.choose.note", n=figures().count(len(groups))))
    tiles = [_tile(group, chosen=group.row.alert_id == chosen) for group in groups[:_MOST]]
    if len(groups) > _MOST:
        more = t("network.choose.more", n=figures().count(len(groups) - _MOST))
        tiles.append(link(more, "alerts", list="all", detector=groups[_MOST].row.detector))
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
