"""The main picture of a group: days down, members across, in each cell when and where the member came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from markupsafe import Markup

from dashboard.group_views.labels import Member
from dashboard.markup import bold, chip, element, join, render, styled
from dashboard.subjects import subject_link
from dashboard.wording import figures, t
from detection.attendance import CLOSE_MINUTES, Attendance, Cell

_TINTS = 4  # places with a tint of their own
_PRESENT = "●"
_HOUR = 60


def draw_matrix(
    matrix: Attendance, members: Mapping[str, Member], names: Mapping[str, str], chosen: str
) -> None:
    """The matrix and what its marks mean.

    Args:
        matrix: of the group.
        members: by pseudonym.
        names: of the places, by pseudonym.
        chosen: a member to mark; empty for nobody.
    """
    render(_legend(matrix, names))
    head = element("thead", _head(matrix, members, chosen))
    body = element("tbody", join(_row(matrix, day, names, chosen) for day in matrix.days))
    render(element("div", element("table", head + body, "fw-table fw-matrix"), "fw-scroll fw-matrix-frame"))


def _legend(matrix: Attendance, names: Mapping[str, str]) -> Markup:
    """Places by letter and tint, and the mark for one time."""
    several = len(matrix.places) > 1
    parts = [
        join(
            [
                element(
                    "span",
                    _letter(matrix, place) if several else "09:05",
                    f"fw-at fw-at-{_tint(matrix, place)}",
                ),
                subject_link("provider", place, names[place]),
            ],
            " ",
        )
        for place in matrix.places
    ]
    close = element("span", "09:05", "fw-at fw-close")
    if matrix.knows_minutes:
        parts.append(join([close, t("network.close", n=CLOSE_MINUTES)], " "))
    else:
        parts.append(styled(t("network.days_only"), "muted"))
    return element("div", join(parts, Markup(" &nbsp; ")), "fw-legend")


def _head(matrix: Attendance, members: Mapping[str, Member], chosen: str) -> Markup:
    cells = [
        element(
            "th",
            join(
                [
                    element("div", subject_link("person", person), "fw-upright"),
                    join(chip(circle) for circle in members[person].circles),
                    bold(str(members[person].number)),
                    element("div", t("network.days_of", n=matrix.days_of(person)), "fw-muted"),
                ]
            ),
            "fw-picked" if person == chosen else "",
        )
        for person in matrix.people
    ]
    return element(
        "tr", element("th", t("chart.day")) + element("th", t("network.together"), "fw-right") + join(cells)
    )


def _row(matrix: Attendance, day: dt.date, names: Mapping[str, str], chosen: str) -> Markup:
    weekday = t("chart.weekdays").split(" ")[day.weekday()]
    present = f"{matrix.present(day)}/{len(matrix.people)}"
    cells = [
        element(
            "td",
            _cell(matrix, matrix.cells[day, person], names) if (day, person) in matrix.cells else "",
            "fw-picked" if person == chosen else "",
        )
        for person in matrix.people
    ]
    name = join([figures().day(day), " ", styled(weekday, "muted")])
    return element("tr", element("th", name) + element("td", present, "fw-right fw-num") + join(cells))


def _cell(matrix: Attendance, cell: Cell, names: Mapping[str, str]) -> Markup:
    """The first time of the day, the place by letter where there are several, and how many more visits."""
    first, *more = cell.visits
    letter = _letter(matrix, first.place) if len(matrix.places) > 1 else ""
    time = "" if first.minute is None else _clock(first.minute)
    text = " ".join(part for part in (letter, time) if part) or _PRESENT
    lines = [" ".join((names[visit.place], _clock(visit.minute))).strip() for visit in cell.visits]
    if cell.close:
        lines.append(t("network.close.others", n=cell.close, minutes=CLOSE_MINUTES))
    css = f"fw-at fw-at-{_tint(matrix, first.place)}{' fw-close' if cell.close else ''}"
    return element("span", f"{text} +{len(more)}" if more else text, css, title="\n".join(lines))


def _clock(minute: int | None) -> str:
    return "" if minute is None else f"{minute // _HOUR:02d}:{minute % _HOUR:02d}"


def _letter(matrix: Attendance, place: str) -> str:
    """A, B, … by visits; the places after Z have a number."""
    index = matrix.places.index(place)
    return chr(ord("A") + index) if index < 26 else str(index + 1)


def _tint(matrix: Attendance, place: str) -> int:
    return min(matrix.places.index(place), _TINTS)
