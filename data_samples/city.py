"""The simulated city: a data set of the contract with planted patterns, innocent twins and the truth."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from data_samples.background import Background, generator, live, without_gaps
from data_samples.chronic import registered
from data_samples.drafts import blank, join, size, take
from data_samples.exports import Clock, Columns, Export
from data_samples.ids import spread
from data_samples.ledger import Otherwise, keep_ledger
from data_samples.ledger_events import credit_events, payment_events, posting_events, refund_events
from data_samples.magnitudes import Magnitudes, area_magnitudes, magnitudes
from data_samples.moments import put_in_order
from data_samples.other_rows import item_frame
from data_samples.period import Ints, Period, period_ending
from data_samples.plays import WITH_LIMITS, WITH_SCANS, Author, play
from data_samples.premiums import premium_events
from data_samples.pricing import price
from data_samples.ranges import STRENGTHS
from data_samples.scenes import Stage
from data_samples.scenes.truth import truth_frame
from data_samples.settlement_rows import Outcome
from data_samples.survey import survey_frame
from data_samples.tables import Progress, write_tables
from data_samples.traces import traces_of
from data_samples.writing import FileFormat, Sink
from features.errors import UsageError
from features.message import Message

VERSION = 3
"""Version of the simulated city: the same arguments and version give the same bytes."""

FEWEST_PERSONS = 1_000


def simulate(
    out: Path,
    *,
    persons: int,
    months: int,
    seed: int,
    area: str,
    file_format: FileFormat = "parquet",
    planted: bool = True,
    author: Author = "first",
    strengths: Sequence[int] = STRENGTHS,
    columns: Columns = "full",
    clock: Clock = "minute",
    progress: Progress | None = None,
) -> None:
    """Writes a simulated city into an empty or new folder.

    Args:
        out: the folder; a data set that was simulated there before is replaced.
        persons: insured people, at least 1,000.
        months: whole months up to 2024-06, at least 3.
        seed: the same seed gives the same bytes.
        area: pooling area, `320600` or `150200`.
        file_format: `csv` or `parquet`; the truth is always Parquet.
        planted: whether scenes and twins are played; without them the same city lives by the rules.
        author: whose scenes and twins are played.
        strengths: of the first author's scenes, each about as often; the others cast theirs themselves.
        columns: what the export has of the tables, see `data_samples.exports.Export`.
        clock: `minute` for times as they were, `day` for their days only.
        progress: called as the work goes on.

    Raises:
        UsageError: too few persons or months, an area that is not described, or a folder with other things in it.
    """
    report = progress or (lambda _what, _share: None)
    sizes = magnitudes()
    here = area_magnitudes(sizes, area)
    _check(persons, months)
    _make_room(out)
    period = period_ending(sizes["period"]["last_day"], months)
    report("people and ordinary days", 0.0)
    city = live(seed, persons, period, sizes, here)
    stage = Stage(city.people, city.places, period, city.granted, sizes, here, strengths)
    stage.settlements_of = np.bincount(city.drafts.person, minlength=city.people.count)
    report("scenes", 0.3)
    if planted:
        play(stage, seed, instances_for(persons, sizes), author)
    report("prices and accounts", 0.4)
    outcome, row_of_handle = _decide(city, stage, period, seed)
    survey = survey_frame(generator(seed, "survey"), city.people, period, area, sizes)
    sink = Sink(out, file_format, Export(columns, clock))
    traces = None
    if author in WITH_SCANS:
        sold_again = stage.plans.sold_again(row_of_handle)
        traces = traces_of(generator(seed, "traces"), city.places.count, period, sizes, *sold_again)
    items = item_frame(limited=author in WITH_LIMITS)
    write_tables(sink, city, stage, outcome, survey, area, items, traces, report)
    sink.declare()
    for name, innocent in (("entities", False), ("benign_lookalikes", True)):
        instances = [instance for instance in stage.instances if instance.lookalike == innocent]
        Sink(out / "truth", "parquet").table(name, truth_frame(instances, row_of_handle, outcome))
    description = {
        "simulated": True,
        "persons": persons,
        "months": months,
        "seed": seed,
        "area": area,
        "planted": planted,
        "version": VERSION,
    }
    choices = {"author": author, "columns": columns, "clock": clock}
    usual = {"author": "first", "columns": "full", "clock": "minute"}
    if tuple(strengths) != STRENGTHS:
        description["strengths"] = list(strengths)
    description |= {name: value for name, value in choices.items() if value != usual[name]}
    (out / "SIMULATED.json").write_text(json.dumps(description, indent=2) + "\n", encoding="utf-8")
    report("done", 1.0)


def instances_for(persons: int, sizes: Magnitudes) -> int:
    """How many instances of each typology a city of this size has."""
    scenes = sizes["scenes"]
    wanted = round(persons * scenes["instances_per_20000"] / 20_000)
    return int(np.clip(wanted, scenes["fewest"], scenes["most"]))


def _check(persons: int, months: int) -> None:
    problems = []
    if persons < FEWEST_PERSONS:
        problems.append(
            Message(
                "{persons:,} persons: too few for the scenes (at least {least:,}).",
                persons=persons,
                least=FEWEST_PERSONS,
            )
        )
    if months < 3:
        problems.append(
            Message("{months} months: too few for anything to repeat (at least 3).", months=months)
        )
    if problems:
        raise UsageError(
            "The city cannot be simulated like this.", problems=problems, next_step="Ask for more."
        )


def _make_room(out: Path) -> None:
    """Removes a city simulated earlier; refuses to touch anything else."""
    if not out.exists() or not any(out.iterdir()):
        return
    if not (out / "SIMULATED.json").exists():
        raise UsageError(
            "The folder is not empty and holds no simulated city.",
            where=str(out),
            next_step="Give a new folder.",
        )
    shutil.rmtree(out)


def _decide(city: Background, stage: Stage, period: Period, seed: int) -> tuple[Outcome, Ints]:
    """Prices and pays everything; also the row of every planted settlement."""
    people, sizes, here, plans = city.people, stage.sizes, stage.here, stage.plans
    staged = stage.drafts()
    ordinary = without_gaps(city.drafts, people, city.places, period, staged, here)
    city.drafts = blank(0)  # frees memory
    city.in_programmes = np.concatenate([city.in_programmes, registered(staged)])
    drafts = join([ordinary, staged])
    put_in_order(drafts)
    order = np.lexsort((drafts.at, drafts.person))
    row = np.empty(len(order), dtype=np.int64)
    row[order] = np.arange(len(order))
    row_of_handle = row[size(ordinary) :]
    del ordinary
    drafts = take(drafts, order)
    priced = price(drafts, people, city.places, sizes, here, plans.mispriced(row_of_handle))
    otherwise = Otherwise(plans.posted_rows(row_of_handle), plans.breaks)
    premiums = generator(seed, "premiums")
    events = [
        credit_events(people, period, stage.credit_day, stage.rules, plans),
        payment_events(drafts, priced.personal, people, otherwise.written_off),
        refund_events(drafts, priced.personal),
        premium_events(premiums, people, city.granted, period, sizes, here, stage.taken),
        posting_events(plans.postings),
    ]
    ledger = keep_ledger(drafts, priced.personal, people, period, sizes, events, otherwise)
    person_ids = spread("P", np.arange(people.count), 9)
    provider_ids = spread("H", np.arange(city.places.count), 7)
    defects = plans.defects_by_row(row_of_handle)
    return Outcome(drafts, priced, ledger, people, person_ids, provider_ids, defects), row_of_handle
