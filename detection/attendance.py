"""Who of a group came on which day, where and when: the matrix of days and people."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

CLOSE_MINUTES = 5
"""Minutes between two people at one place from which on they are no longer marked as having come at one time."""


@dataclass(frozen=True, order=True)
class Visit:
    """One settlement of a member; ``minute`` of the day is None where the data know the day alone."""

    day: dt.date
    person: str
    place: str
    minute: int | None = None


@dataclass(frozen=True)
class Cell:
    """One member on one day: visits by time, and how many others came at one time with it."""

    visits: tuple[Visit, ...]
    close: int


@dataclass(frozen=True)
class Attendance:
    """The matrix of a group.

    Attributes:
        people: members, those of most days first.
        days: in order.
        places: those of most visits first.
        cells: by day and person; where a member did not come there is none.
    """

    people: tuple[str, ...]
    days: tuple[dt.date, ...]
    places: tuple[str, ...]
    cells: Mapping[tuple[dt.date, str], Cell]

    @property
    def knows_minutes(self) -> bool:
        """Whether at least one time is known."""
        return any(visit.minute is not None for cell in self.cells.values() for visit in cell.visits)

    def present(self, day: dt.date) -> int:
        """How many members came on a day."""
        return sum((day, person) in self.cells for person in self.people)

    def days_of(self, person: str) -> int:
        """On how many days a member came."""
        return sum((day, person) in self.cells for day in self.days)


def attendance(visits: Iterable[Visit]) -> Attendance:
    """The matrix of a group's visits."""
    by_cell: defaultdict[tuple[dt.date, str], set[Visit]] = defaultdict(set)
    by_place: defaultdict[tuple[dt.date, str], set[Visit]] = defaultdict(set)
    places: Counter[str] = Counter()
    for visit in visits:
        by_cell[visit.day, visit.person].add(visit)
        by_place[visit.day, visit.place].add(visit)
        places[visit.place] += 1
    days_of = Counter(person for _, person in by_cell)
    return Attendance(
        people=_most_first(days_of),
        days=tuple(sorted({day for day, _ in by_cell})),
        places=_most_first(places),
        cells={
            key: Cell(tuple(sorted(own, key=_by_time)), _close(own, by_place))
            for key, own in sorted(by_cell.items())
        },
    )


def _most_first(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))


def _by_time(visit: Visit) -> tuple[int, str]:
    return (-1 if visit.minute is None else visit.minute, visit.place)


def _close(own: Iterable[Visit], by_place: Mapping[tuple[dt.date, str], set[Visit]]) -> int:
    """People who were at the same place within a few minutes."""
    return len(
        {
            other.person
            for visit in own
            for other in by_place[visit.day, visit.place]
            if other.person != visit.person and _within_minutes(visit, other)
        }
    )


def _within_minutes(visit: Visit, other: Visit) -> bool:
    if visit.minute is None or other.minute is None:
        return False
    return abs(visit.minute - other.minute) <= CLOSE_MINUTES
