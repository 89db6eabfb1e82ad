"""The stage on which scenes play: settlements, authorizations, enrolment, status, contexts, and the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from data_samples.chronic import as_the_rule_has_it
from data_samples.costs import draw_totals, fill_desk, split_scope
from data_samples.credit import credit_rules
from data_samples.drafts import CASH, OWN, RELATIVE, Drafts, blank, join
from data_samples.families import RELATIONS, Authorizations
from data_samples.magnitudes import CARES, CATEGORIES, Magnitudes
from data_samples.other_rows import OTHER_ITEMS
from data_samples.people import People
from data_samples.period import DAY, Ints, Period
from data_samples.places import Places
from data_samples.ranges import STRENGTHS, Ranges
from data_samples.scenes.books import Books, Whole
from data_samples.scenes.casting import Casting
from data_samples.scenes.lives import Lives
from data_samples.scenes.truth import Instance
from features.calendar import day_number

_PURSES = {"account": OWN, "relative": RELATIVE, "cash": CASH}
_SCHEMES = ("employee", "resident")
_CHANNELS = ("online", "manual")
_EACH = 60
"""One instance has at most one in so many people of the city."""


class Stage(Casting, Books, Lives):
    """What a scene may do; see the docstring of `data_samples.scenes`.

    Args:
        people: the population (a scene may edit it through the methods below).
        places: the providers.
        period: the months of the city.
        granted: the authorizations of the background.
        sizes: `magnitudes.toml`.
        here: its part for the pooling area.
        strengths: what the first author's scenes are cast with.
    """

    def __init__(
        self,
        people: People,
        places: Places,
        period: Period,
        granted: Authorizations,
        sizes: Magnitudes,
        here: Magnitudes,
        strengths: Sequence[int] = STRENGTHS,
    ) -> None:
        Casting.__init__(self, people, places, period, granted)
        Lives.__init__(self, people, places, period)
        Books.__init__(self, people, period, here["credit_day"], credit_rules(sizes, here))
        self.sizes = sizes
        self.here = here
        self._strengths = tuple(strengths)
        self.policy_start = day_number(here["policy_start"])
        self.settlements_of: Ints = np.zeros(people.count, dtype=np.int64)
        self.stream = 0
        self.instances: list[Instance] = []
        self._instance_counts: Counter[tuple[str, bool]] = Counter()
        self._parts: list[Drafts] = []
        self._granted: list[tuple[int, int, int, int, int, bool, int, int]] = []
        self._count = 0
        self._in_stream = 0
        self._grants_in_stream = 0

    def enter(self, stream: int) -> None:
        """Begins the next scene; its settlements and authorizations are numbered on their own."""
        self.stream, self._in_stream, self._grants_in_stream = stream, 0, 0

    def strengths(self, rng: np.random.Generator, instances: int) -> list[int]:
        """A strength for each of so many instances, each about as often, in random order."""
        rounds = [rng.permutation(self._strengths) for _ in range(instances)]
        return [int(strength) for strength in np.concatenate(rounds)[:instances]] if rounds else []

    def ranges(self, name: str, strength: int | None = None) -> Ranges:
        """The ranges of a scene at a strength, or of a twin."""
        tables = self.sizes["ranges"]["twins" if strength is None else "scenes"]
        return Ranges(tables[name], strength or 1, self.people.insured // _EACH)

    def settle(
        self,
        rng: np.random.Generator,
        person: Whole,
        provider: Whole,
        at: Whole,
        *,
        care: str = "pharmacy",
        total: Whole | None = None,
        purse: str = "account",
        payer: Whole = -1,
        in_scope: bool = False,
        certain: bool = True,
        scheme: str = "",
        category: str = "",
        channel: str = "online",
        item_kind: str = "",
        **fields: Whole,
    ) -> Ints:
        """Adds settlements; arrays and single values mix. Gives their handles.

        Args:
            rng: the scene's generator.
            person: patients.
            provider: providers.
            at: seconds since 1970-01-01 (`day * DAY + second`).
            care: kind of care; `chronic` is chronic care as the rule has it for each patient on the day.
            total: fen; drawn as in the background when left out.
            purse: what pays the part that the pooled fund leaves: `account`, `relative` or `cash`.
            payer: the relatives whose accounts pay.
            in_scope: whether everything lies inside the catalogue.
            certain: whether the account can pay (its opening balance is raised if need be), or pays what it has.
            scheme: written instead of the person's on the day of service, and priced so.
            category: likewise.
            channel: `online` or `manual`.
            item_kind: kind of the first charge line, with an item code of that kind.
            fields: other fields of `data_samples.drafts.FIELDS` (doctor, desk, counter, item, lines, packs,
                supply, diagnosis, programme, admitted, served, credential, prescribed).
        """
        count = max(np.size(value) for value in (person, provider, at))
        number = CARES.index("chronic_outpatient" if care == "chronic" else care)
        drafts = blank(count, person=person, provider=provider, at=at, care=number, payer=payer)
        fill_desk(rng, drafts, self.sizes, self.places)
        drafts.total[:] = draw_totals(rng, drafts.care, self.sizes) if total is None else total
        if not in_scope:
            split_scope(rng, drafts, self.sizes)
        if item_kind:
            drafts.item[:] = rng.choice(OTHER_ITEMS[item_kind], count)
        for name, value in fields.items():
            getattr(drafts, name)[:] = value
        if care == "chronic":
            as_the_rule_has_it(drafts, self.people, self.here)
        drafts.channel[:] = _CHANNELS.index(channel)
        drafts.scheme[:] = _SCHEMES.index(scheme) if scheme else -1
        drafts.category[:] = CATEGORIES.index(category) if category else -1
        owners = self.people.has_account(drafts.person.astype(np.int64))
        drafts.purse[:] = np.where(owners, OWN, CASH) if purse == "account" else _PURSES[purse]
        drafts.must[:] = certain & (drafts.purse != CASH)
        drafts.stream[:] = self.stream
        drafts.number[:] = self._in_stream + np.arange(count)
        self._in_stream += count
        self._parts.append(drafts)
        self._count += count
        return np.arange(self._count - count, self._count)

    def reverse(self, handles: Ints, at: Whole) -> None:
        """Reverses settlements of this scene at the given times (seconds)."""
        moments = np.broadcast_to(np.asarray(at), len(handles))
        start = self._count
        for part in reversed(self._parts):
            start -= len(part.person)
            mine = (handles >= start) & (handles < start + len(part.person))
            part.reversed_at[handles[mine] - start] = moments[mine]
            if start <= handles.min():
                break

    def authorize(
        self,
        payer: int,
        beneficiary: int,
        relation: str,
        valid_from: int,
        valid_to: int = -1,
        *,
        verified: bool = True,
    ) -> None:
        """The payer authorizes the beneficiary from and to these times (seconds; -1: open)."""
        relation_number = RELATIONS.index(relation)
        row = (payer, beneficiary, relation_number, valid_from, valid_to, verified)
        self._granted.append((*row, self.stream, self._grants_in_stream))
        self._grants_in_stream += 1

    def instance(self, typology: str, *, lookalike: bool = False, strength: int | None = None) -> Instance:
        """Begins an instance of the truth: a planted pattern (1 mild to 3 strong), or its innocent look-alike."""
        self._instance_counts[typology, lookalike] += 1
        number = self._instance_counts[typology, lookalike]
        prefix = "benign-" if lookalike else ""
        instance = Instance(typology, f"{prefix}{typology}-{number:04d}", lookalike, strength)
        self.instances.append(instance)
        return instance

    def days(
        self, rng: np.random.Generator, count: int, first_day: int | None = None, last_day: int | None = None
    ) -> Ints:
        """Different days of the period in order, between these two when given."""
        first = self.period.first_day if first_day is None else first_day
        last = self.period.last_day if last_day is None else last_day
        return np.sort(rng.choice(np.arange(first, last + 1), count, replace=False)).astype(np.int64)

    def drafts(self) -> Drafts:
        """Everything planted, in the order of the handles."""
        return join([blank(0), *self._parts])

    def authorizations(self) -> Authorizations:
        """Every planted authorization."""
        columns = (
            "payer",
            "beneficiary",
            "relation",
            "valid_from",
            "valid_to",
            "verified",
            "stream",
            "number",
        )
        rows = np.array(self._granted, dtype=np.int64).reshape(-1, len(columns))
        planted: Authorizations = {name: rows[:, place] for place, name in enumerate(columns)}
        return planted | {"verified": planted["verified"].astype(bool)}


def second(hour: float) -> int:
    """Seconds after midnight: 9.5 is half past nine."""
    return round(hour * DAY / 24)
