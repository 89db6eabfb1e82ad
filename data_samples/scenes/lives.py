"""What scenes may do to enrolments, deaths, agreements and registered contexts."""

from __future__ import annotations

from data_samples.magnitudes import CATEGORIES
from data_samples.other_rows import Context
from data_samples.people import People
from data_samples.period import NEVER, Period
from data_samples.places import Places
from data_samples.scenes.books import Whole


class Lives:
    """Changes of lives and agreements; the background follows them. See the docstring of `data_samples.scenes`.

    Args:
        people: the population, which is edited.
        places: the providers, which are edited.
        period: the months of the city.
    """

    def __init__(self, people: People, places: Places, period: Period) -> None:
        self._persons = people
        self._providers = places
        self._span = period
        self.contexts: list[Context] = []

    def begin_cover(self, person: Whole, first_day: Whole) -> None:
        """Enrolment begins on the day only, with an empty account; so does the background of the person."""
        self._persons.cover_from[person] = first_day
        self._persons.opening[person] = 0

    def end_cover(self, person: Whole, last_day: Whole) -> None:
        """Ends enrolment; the background of the person ends with it."""
        self._persons.cover_to[person] = last_day

    def pause_cover(self, person: Whole, first_day: Whole, last_day: Whole) -> None:
        """Suspends benefits for some days; the background of the person pauses with them."""
        self._persons.pause_from[person] = first_day
        self._persons.pause_to[person] = last_day

    def die(self, person: Whole, day: Whole, *, enrolment_ends: bool = True) -> None:
        """The person dies; nothing of the background happens later."""
        self._persons.death_day[person] = day
        if enrolment_ends:
            self._persons.cover_to[person] = day

    def record_other_sex(self, person: int) -> None:
        """The person is registered with the other sex; the person's life stays as it is."""
        self._persons.male[person] = not self._persons.male[person]

    def change_cover(self, person: Whole, day: Whole, category: str, employer: int = -1) -> None:
        """From the day on the person is enrolled in another category, at another employer; without a gap."""
        self._persons.change_day[person] = day
        self._persons.category_later[person] = CATEGORIES.index(category)
        self._persons.employer_later[person] = employer

    def set_opening(self, owner: int, fen: int) -> None:
        """Sets the balance that an account has before the first day."""
        self._persons.opening[owner] = fen

    def suspend_provider(
        self, provider: int, first_day: int, last_day: int = NEVER, *, ends: bool = False
    ) -> None:
        """Takes the provider's agreement away, for some days or (`ends`) for good."""
        self._providers.suspended_from[provider] = first_day
        self._providers.suspended_to[provider] = NEVER if ends else last_day
        self._providers.ended[provider] = ends

    def open_provider(self, provider: int, day: int) -> None:
        """The provider's first agreement begins on the day; before, nothing happens there."""
        self._providers.agreement_from[provider] = day
        self._providers.pooled_from[provider] = max(int(self._providers.pooled_from[provider]), day)

    def renew_agreement(self, provider: int, day: int) -> None:
        """The provider, never suspended, has a new agreement from the day on; the earlier one ran until then."""
        self._providers.renewed[provider] = day

    def register(
        self,
        kind: str,
        *,
        person: int = -1,
        provider: int = -1,
        first_day: int | None = None,
        last_day: int = NEVER,
    ) -> None:
        """Registers a lawful context; -1 is everyone at the provider, or everywhere."""
        start = self._span.first_day if first_day is None else first_day
        self.contexts.append((kind, person, provider, start, last_day))
