"""Scenes planted in the simulated city, one module per typology; twins are their innocent look-alikes.

A scene (here) or a twin (`data_samples/twins/`) is a module with one function::

    from data_samples.scenes import DAY, MINUTE, Stage, second

    def plant(city: Stage, rng: np.random.Generator, instances: int) -> None:
        for _ in range(instances):
            pharmacy = city.pick_providers(rng, "pharmacy")[0]
            guests = city.pick_people(rng, 12, district=int(city.places.district[pharmacy]), account=True)
            instance = city.instance("card_concentration", lookalike=True)
            instance.subject("provider", pharmacy).member("person", guests)
            for day in city.days(rng, 3):
                at = day * DAY + second(9.5) + rng.integers(0, 30 * MINUTE, len(guests))
                instance.settled(city.settle(rng, guests, pharmacy, at, total=rng.integers(2_000, 9_000, len(guests))))
            city.register("event", provider=int(pharmacy), first_day=..., last_day=...)

It is discovered by its file; nothing else is to be edited. A module with `FIRST = True` plays before the
others of its folder (needed when it takes a provider's agreement away: nobody else may be sent there). `instances`
is how many to plant (3 or 4 in a small city, 36 at 20,000 persons, at most 120). Draw everything from `rng`: it is the
scene's own, so no scene changes another or the background.

**Units.** People, providers and settlements are row numbers, alone or as arrays. A day is days since 1970-01-01,
a time is seconds: `day * DAY + second(9.5)` is half past nine. Money is fen. A month is its place in
`city.period.month_starts`. `city.period` has `first_day`, `last_day`, `months`, `month_starts`; `city.people` and
`city.places` have an array for every attribute (read them; change them through the methods only); `city.sizes` is
`magnitudes.toml`, `city.here` its part for the area (`benefits`, `chronic_ends`, `retired_uniform_from`);
`city.policy_start` is the day on which mutual aid begins (it may lie before or after the period's first day),
`city.settlements_of` says how many ordinary settlements each person has.

**Numbers** (`ranges.py`, `ranges.toml`). `for strength in city.strengths(rng, instances)` gives strengths 1 (mild) to
3, each about as often; say it to `city.instance(..., strength=)`. `city.ranges("card_concentration", strength)` has the
ranges of a scene, `city.ranges("nursing_home")` those of a twin:

* `count(rng, name)` and `counts(rng, name, size)` are whole numbers with a heavy tail, `people(rng, name)` no more than
  the city can spare; `fen(rng, name, size)` are log-normal sums; `share(rng, name)` is a share.
* A new scene or twin has a table there, with `why`: the source or the reason of its ranges.

**Choosing** (`casting.py`). Who is picked plays in no other scene, is enrolled without a gap in the whole period,
and keeps an ordinary life in the background.

* `pick_people(rng, count, categories=, district=, employer=, account=, age=(low, high), unrelated=True)`: with
  `unrelated`, no two share a household, close relatives' households, or an employer.
* `pick_relatives(rng, count, living_together=)`: rows (payer, beneficiary, relation 0 spouse / 1 parent / 2 child,
  as the beneficiary is to the payer) without any authorization between them.
* `pick_household(rng, least)`: all members of one household with at least so many members.
* `pick_employer(rng, least)`: an employer with at least so many free employees (then `pick_people(employer=)`).
* `pick_providers(rng, kind, count=1, district=, subject=False)`: kinds `pharmacy`, `clinic`, `primary_care`,
  `hospital`; `subject=True` takes one that no scene has used, and keeps it for this instance alone.

**Settling** (`stage.py`). Prices, ledger and balances are made consistent afterwards.

* `settle(rng, person, provider, at, care=, total=, purse=, payer=, in_scope=, certain=, scheme=, category=,
  channel=, item_kind=, **fields)` gives handles.
  `care` is a care type of the contract, or `chronic`: chronic care as the rule has it for each patient on the day.
  A scene that says `chronic_outpatient` keeps it, also where the programme has been stopped; give `programme` (0-5
  chronic, 6 a course of special care, 7 dialysis) with chronic and special care.
  `purse` says what pays after the fund: `account` (cash for those without one), `relative` (with `payer`),
  `cash`. An account asked by a scene can always pay (not with `certain=False`: then it pays what it has).
  `scheme` and `category` are written, and priced, instead of what the person is. `channel` is `online` or `manual`.
  `item_kind` (`wellness`, `device`, `consumable`) is the kind of the first charge line (`lines=1`: of the only one);
  with `in_scope=True` the field `outside` (fen) says what of the total lies outside the catalogue.
  Among the fields are
  `item` (0-299; from 285 on the watch list), `lines` (1-3), `packs`, `supply` (days), `doctor` and `counter`
  (numbers within the provider; doctor -1: none), `desk` (provider of the doctor, when not the seller),
  `diagnosis`, `programme`, `admitted`, `served` (day of care that is settled later), `credential`; what is left
  out is drawn as in the background.
* What the pooled fund pays follows from what the data show, not from a scene: of employees' outpatient and emergency
  care, and of purchases with a prescription (`doctor` >= 0), where the provider's `pooled_from` is not after the day
  of service; of all chronic, special and inpatient care; of residents by values of their own. Year, category and
  values are those of the day of service (`served`).
* No two moments of one person fall into the same second: the later one moves by a second.
* `reverse(handles, at)`, of certain payments only; to correct, settle again afterwards. What was used up is given back
  at that moment.
* `misprice(handles, pool_fen=, deductible_fen=)`: the fund paid so much more (negative: less) than due; the
  patient's side changes with it, and later settlements are priced on what then stands on record. Also where nothing
  is due at all (a purchase without prescription, care before mutual aid began).
* `sell_again(handles, sources)`: the packs of these settlements had been sold in the sources, with the same number of
  packs, and their trace codes are scanned again; `sell_in_parts(handles)`: one split pack in all of these. Only
  cities of the second author and later ones have scans.
* `defect(handles, column, value)`: a cell of the settlements (not of their reversals) is written as this, or empty
  (None). Fen for money, days for dates, seconds for times, text otherwise; everything else stays as it was.

**Lives.**

* `authorize(payer, beneficiary, relation, valid_from, valid_to=-1, verified=True)`, times in seconds. A relative
  may pay only if authorized before: a scene that leaves that out plants a violation.
* `begin_cover(person, first_day)`, `end_cover(person, last_day)`, `pause_cover(person, first, last)`,
  `change_cover(person, day, category, employer=)`, `die(person, day, enrolment_ends=True)`,
  `suspend_provider(provider, first, last=, ends=)`: the background steps aside, what a scene settles stays.
* `record_other_sex(person)`: registered with the other sex; nothing else changes.
* `enrol(person, scheme, category, first_day, last_day=)`: a second enrolment beside the first; it changes nothing
  else (neither prices nor credits).
* `open_provider(provider, day)`: its first agreement begins on the day.
* `renew_agreement(provider, day)`: a new agreement follows the earlier one on the next day.
* `register(kind, person=, provider=, first_day=, last_day=)`: a lawful context (`nursing_home`,
  `employer_checkup`, `dialysis`, `long_prescription`, `agent_purchase`, `event`, `clinic_day`).
* `days(rng, count, first, last)`: different days in order; `whereabouts.py` has months, hours and distances,
  `policy.py` since when relatives may pay, `benefit_values.py` what the fund pays.

**Accounts** (`books.py`). By themselves accounts are credited once a month, on `city.credit_day`, for that month, with
what is due; those who play pay no premiums in the background. Retired people's credits are uniform from
`city.here["retired_uniform_from"]` on and person-specific before; months before `city.policy_start` have a higher
share of the person's and one of the employer's.

* `due(owner)`: fen due in every month (0: nothing); `credits(owner)`: rows (day, fen) of what is due;
  `set_opening(owner, fen)`: balance before the first day (raised where certain payments need more).
* `set_credit(owner, month, fen)`: credited instead of what is due; 0: no entry.
* `extra_credit(owner, day, fen, month)`: one more monthly_credit entry for that accrual month.
* `lump_credit(owner, month, months)`: one entry of the first month for several months; the others are missing.
* `employer_share(persons, month, fen)`: employer_into_account of the contributions; the ledger stays as it is (add
  `set_credit` for a share that was credited too). Only those who are due a contribution have such a row.
* `post(owner, at, kind, fen, premium_kind="", beneficiary=-1)`: another entry, signed fen: `premium`, `adjustment`,
  `interest`, `transfer_out`, `transfer_in`, also `monthly_credit` without an accrual month. It is certain. The
  premium kind `other` is the only one that is not listed.
* `break_balance(owner, day, fen)`: stored balances are off by so much from the first entry on or after the day on.
* `unposted(handles)`: the account paid, the ledger has no entry; `posted_as(handles, fen)`: an entry of another amount.

**Truth** (`truth.py`). `instance = city.instance(typology)`, or `lookalike=True` with the typology that it looks
like; `strength=` is 1 (mild) to 3 (strong) if it has one. Then `instance.subject(kind, who)`,
`instance.member(kind, who)`, `instance.settled(handles)`, kinds `person`, `provider`, `payer_account`, `group` (no
`who`: its id is the instance's). Amounts are filled in when all is paid; `instance.worth(fen)` adds what is at issue
apart from settlements (a wrong credit, say), to the subject.
"""

from __future__ import annotations

from data_samples.period import DAY, MINUTE
from data_samples.scenes.stage import Stage, second
from data_samples.scenes.truth import Instance

__all__ = ["DAY", "MINUTE", "Instance", "Stage", "second"]
