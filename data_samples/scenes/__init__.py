"""Scenes planted in the simulated city, one module per typology; twins are their innocent look-alikes.

A scene (here) or a twin (`data_samples/twins/`) is a module with one function::

    from data_samples.scenes import DAY, MINUTE, Stage, second

    def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
        for _ in range(instances):
            pharmacy = city.pick_providers(rng, "pharmacy")[0]
            guests = city.pick_people(rng, 12, district=int(city.places.district[pharmacy]), account=True)
            found = city.instance("card_concentration", lookalike=True)
            found.subject("provider", pharmacy).member("person", guests)
            for day in city.days(rng, 3):
                at = day * DAY + second(9.5) + rng.integers(0, 30 * MINUTE, len(guests))
                found.settled(city.settle(rng, guests, pharmacy, at, total=rng.integers(2_000, 9_000, len(guests))))
            city.register("event", provider=int(pharmacy), first_day=..., last_day=...)

It is found by its file; nothing else is to be edited. A module with `FIRST = True` plays before the
others of its folder (needed when it takes a provider's agreement away: nobody else may be sent there). `instances`
is how many to plant (3 or 4 in a small city, 36 at 20,000 persons, at most 120). Draw everything from `rng`: it is the
scene's own, so no scene changes another or the background.

**Units.** People, providers and settlements are row numbers, alone or as arrays. A day is days since 1970-01-01,
a time is seconds: `day * DAY + second(9.5)` is half past nine. Money is fen. `city.period` has `first_day`,
`last_day`, `month_starts`; `city.people` and `city.places` have an array for every attribute (read them; change
them through the methods only); `city.sizes` is `magnitudes.toml`.

**Choosing** (`casting.py`). Who is picked plays in no other scene, is enrolled without a gap in the whole period,
and keeps an ordinary life in the background.

* `pick_people(rng, count, categories=, district=, employer=, account=, age=(low, high), unrelated=True)`: with
  `unrelated`, no two share a household, close relatives' households, or an employer.
* `pick_relatives(rng, count, living_together=)`: rows (payer, beneficiary, relation 0 spouse / 1 parent / 2 child,
  as the beneficiary is to the payer) without any authorisation between them.
* `pick_household(rng, least)`: all members of one household with at least so many members.
* `pick_employer(rng, least)`: an employer with at least so many free employees (then `pick_people(employer=)`).
* `pick_providers(rng, kind, count=1, district=, subject=False)`: kinds `pharmacy`, `clinic`, `primary_care`,
  `hospital`; `subject=True` takes one that no scene has used, and keeps it for this instance alone.

**Doing** (`stage.py`). Amounts, shares of the fund, ledger and balances are made consistent afterwards.

* `settle(rng, person, provider, at, care=, total=, purse=, payer=, pooled=, in_scope=, **fields)` gives handles.
  `purse` says what pays after the fund: `account` (cash for those without one), `relative` (with `payer`),
  `cash`. An account asked by a scene can always pay (not with `certain=False`: then it pays what it has).
  `pooled` lets the fund take part. Among the fields are
  `item` (0–299; from 285 on the watch list), `lines` (1–3), `packs`, `supply` (days), `doctor` and `counter`
  (numbers within the provider; doctor -1: none), `desk` (provider of the doctor, when not the seller),
  `diagnosis`, `programme`, `admitted`, `served` (day of care that is settled later), `credential`; what is left
  out is drawn as in the background.
* `reverse(handles, at)`; to correct, settle again afterwards.
* `authorise(payer, beneficiary, relation, valid_from, valid_to=-1, verified=True)`, times in seconds. A relative
  may pay only if authorised before: a scene that leaves that out plants a violation.
* `end_cover(person, last_day)`, `pause_cover(person, first, last)`,
  `change_cover(person, day, category, employer=)`, `die(person, day, enrolment_ends=True)`,
  `suspend_provider(provider, first, last=, ends=)`: the background steps aside, what a scene settles stays.
* `renew_agreement(provider, day)`: a new agreement follows the earlier one on the next day.
* `register(kind, person=, provider=, first_day=, last_day=)`: a lawful context (`nursing_home`,
  `employer_checkup`, `dialysis`, `long_prescription`, `agent_purchase`, `event`, `clinic_day`).
* `credits(owner)`: rows (day, fen) of the monthly credits; `set_opening(owner, fen)`: balance before the first day.
* `days(rng, count, first, last)`: different days in order; `whereabouts.py` has months, hours and distances,
  `policy.py` whether the fund pays.

**Truth** (`truth.py`). `found = city.instance(typology)`, or `lookalike=True` with the typology that it looks
like; then `found.subject(kind, who)`, `found.member(kind, who)`, `found.settled(handles)`, kinds `person`,
`provider`, `payer_account`, `group` (no `who`: its id is the instance's). Amounts are filled in when all is paid.
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

from data_samples import scenes, twins
from data_samples.background import generator
from data_samples.period import DAY, MINUTE
from data_samples.scenes.stage import Stage, second
from data_samples.scenes.truth import Instance

__all__ = ["DAY", "MINUTE", "Instance", "Stage", "play", "second"]

_TWINS_FROM = 40
"""First stream of the twins; scenes are numbered from 1."""


def play(stage: Stage, seed: int, instances: int) -> None:
    """Runs every scene, then every twin, each with random numbers of its own.

    Args:
        stage: the city.
        seed: the city's seed.
        instances: how many instances of each.
    """
    for package, first in ((scenes, 1), (twins, _TWINS_FROM)):
        for number, module in enumerate(plays(package)):
            stage.enter(first + number)
            module.plant(stage, generator(seed, module.__name__), instances)


def plays(package: ModuleType) -> list[ModuleType]:
    """The modules of a package that have a `plant`, by name; those marked `FIRST` first."""
    found = sorted(info.name for info in pkgutil.iter_modules(package.__path__))
    modules = [importlib.import_module(f"{package.__name__}.{name}") for name in found]
    acting = [module for module in modules if hasattr(module, "plant")]
    return sorted(acting, key=lambda module: not getattr(module, "FIRST", False))
