"""A small town with habits, households and whatever group a test plants in it.

People go to a few providers near them, mostly alone, at the providers' usual hours; households go together now and
then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from support.random_worlds.draw import Draw
from support.random_worlds.period import FIRST, Period
from support.world import World

HOUSEHOLD = 3


def person(number: int) -> str:
    """Id of a person of the town."""
    return f"P{number:05}"


def provider(number: int) -> str:
    """Id of a provider of the town."""
    return f"H{number:03}"


class Town(World):
    """A world of people who meet: days are counted from the first of 2024."""

    def __init__(self, draw: Draw, period: Period) -> None:
        super().__init__()
        self.draw, self.period = draw, period

    def settle(self, person: str, provider: str, day: int, minute: int, programme: str | None = None) -> None:
        """One settlement on a day, at a minute counted from midnight."""
        self.settlement(
            person,
            provider,
            self.period.at(day, minute),
            care_type="special_outpatient" if programme else "pharmacy",
            programme_code=programme,
            pool_paid=8_800,
            account_paid=8_800,
        )

    def together(
        self, people: Sequence[str], provider: str, days: Sequence[int], programme: str | None = None
    ) -> None:
        """The people are settled at the provider within an hour, on each of the days."""
        for day in days:
            start = self.draw.randrange(480, 1000)
            for person in people:
                self.settle(person, provider, day, start + self.draw.randrange(60), programme)

    def employ(self, people: Iterable[str], employer: str) -> None:
        """Give people of the town an employer."""
        employed = set(people)
        for row in self.rows["enrolments"]:
            if row["person_id"] in employed:
                row["employer_id"] = employer


def town(*, seed: int = 1, persons: int = 600, providers: int = 20, months: int = 6) -> Town:
    """A town where nothing is planted yet.

    Args:
        seed: of everything drawn.
        persons: how many people, in households of three that are recorded relatives.
        providers: how many providers; the first are the busiest.
        months: of thirty days.
    """
    made = Town(Draw(seed), Period(FIRST, months * 30))
    for number in range(persons):
        made.person(person(number), region_code=str(320_601 + number % 4)).enrolled()
    for number in range(providers):
        made.provider(provider(number))
    for number in range(persons):
        _habits(made, number, providers)
    for first in range(0, persons - HOUSEHOLD, HOUSEHOLD):
        _household(made, first, providers)
    return made


def _habits(made: Town, number: int, providers: int) -> None:
    """Eight visits on average, to three favorites of the household and the own taste."""
    draw = made.draw
    favorites = [(number // HOUSEHOLD * 7 + draw.geometric(0.3)) % providers for _ in range(3)]
    for _ in range(draw.geometric(0.2) + draw.geometric(0.2) - 2):
        where = draw.choices(favorites, [6, 3, 1])[0]
        minute = int(draw.gauss(660, 120)) % 1440
        made.settle(person(number), provider(where), draw.randrange(made.period.days), minute)


def _household(made: Town, first: int, providers: int) -> None:
    people = [person(first + other) for other in range(HOUSEHOLD)]
    for other in people[1:]:
        made.authorization(people[0], other, relation="parent")
    days = [made.draw.randrange(made.period.days) for _ in range(3)]
    made.together(people, provider((first * 7 + 1) % providers), days)
