"""The simulated city: a data set of the contract with planted patterns, innocent twins and the truth."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from data_samples.background import Background, live, without_gaps
from data_samples.city_rows import (
    authorisation_frame,
    contribution_frame,
    enrolment_frame,
    person_frame,
    provider_frame,
    status_frame,
)
from data_samples.drafts import join, size, take
from data_samples.ids import spread
from data_samples.ledger import keep_ledger
from data_samples.magnitudes import area_magnitudes, magnitudes
from data_samples.other_rows import context_frame, entry_frame, item_frame, line_frame
from data_samples.period import Ints, Period, period_ending
from data_samples.pricing import price
from data_samples.scenes import Stage, play
from data_samples.scenes.truth import truth_frame
from data_samples.settlement_rows import Outcome, months_of_rows, settlement_frame
from data_samples.writing import FileFormat, Sink
from features.errors import UsageError

VERSION = 1
"""Version of the simulated city: the same arguments and version give the same bytes."""

FEWEST_PERSONS = 1_000
_ENTRIES_A_PART = 1_000_000

Progress = Callable[[str, float], None]
"""Called with what is being done and the share that is done."""


def simulate(
    out: Path,
    *,
    persons: int,
    months: int,
    seed: int,
    area: str,
    file_format: FileFormat = "parquet",
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
        progress: called as the work goes on.

    Raises:
        UsageError: too few persons or months, an area that is not described, or a folder with other things in it.
    """
    tell = progress or (lambda _what, _share: None)
    sizes = magnitudes()
    here = area_magnitudes(sizes, area)
    _check(persons, months)
    _make_room(out)
    period = period_ending(sizes["period"]["last_day"], months)
    tell("people and ordinary days", 0.0)
    city = live(seed, persons, period, sizes, here)
    stage = Stage(city.people, city.places, period, city.granted, sizes, here["credit_day"])
    tell("scenes", 0.3)
    play(stage, seed, instances_for(persons, sizes))
    tell("prices and accounts", 0.4)
    outcome, row_of_handle = _decide(city, stage, period, sizes, here)
    _write(Sink(out, file_format), city, stage, outcome, period, area, tell)
    for name, innocent in (("entities", False), ("benign_lookalikes", True)):
        told = [one for one in stage.instances if one.lookalike == innocent]
        Sink(out / "truth", "parquet").table(name, truth_frame(told, row_of_handle, outcome))
    said = {
        "simulated": True,
        "persons": persons,
        "months": months,
        "seed": seed,
        "area": area,
        "version": VERSION,
    }
    (out / "SIMULATED.json").write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")
    tell("done", 1.0)


def instances_for(persons: int, sizes: Mapping[str, Any]) -> int:
    """How many instances of each typology a city of this size has."""
    scenes = sizes["scenes"]
    wanted = round(persons * scenes["instances_per_20000"] / 20_000)
    return int(np.clip(wanted, scenes["fewest"], scenes["most"]))


def _check(persons: int, months: int) -> None:
    problems = []
    if persons < FEWEST_PERSONS:
        problems.append(f"{persons} persons: too few for the scenes (at least {FEWEST_PERSONS}).")
    if months < 3:
        problems.append(f"{months} months: too few for anything to repeat (at least 3).")
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


def _decide(
    city: Background, stage: Stage, period: Period, sizes: Mapping[str, Any], here: Mapping[str, Any]
) -> tuple[Outcome, Ints]:
    """Prices and pays everything; also the row of every planted settlement."""
    staged = stage.drafts()
    ordinary = without_gaps(city.drafts, city.people, city.places, period, staged)
    city.drafts = {}
    drafts = join([ordinary, staged])
    order = np.lexsort((drafts["number"], drafts["stream"], drafts["at"], drafts["person"]))
    row = np.empty(len(order), dtype=np.int64)
    row[order] = np.arange(len(order))
    planted = row[size(ordinary) :]
    del ordinary
    drafts = take(drafts, order)
    priced = price(drafts, city.people, city.places, sizes)
    ledger = keep_ledger(drafts, priced.personal, city.people, period, sizes, here)
    person_ids = spread("P", np.arange(city.people.count), 9)
    provider_ids = spread("H", np.arange(city.places.count), 7)
    return Outcome(drafts, priced, ledger, city.people, person_ids, provider_ids), planted


def _write(
    sink: Sink, city: Background, stage: Stage, outcome: Outcome, period: Period, area: str, tell: Progress
) -> None:
    people, places, ids, provider_ids = city.people, city.places, outcome.person_ids, outcome.provider_ids
    planted = stage.authorisations()
    granted = {name: np.concatenate([values, planted[name]]) for name, values in city.granted.items()}
    tables: dict[str, pl.DataFrame] = {
        "persons": person_frame(people, ids, area),
        "enrolments": enrolment_frame(people, ids, area),
        "providers": provider_frame(places, provider_ids, area),
        "provider_status": status_frame(places, provider_ids),
        "family_authorizations": authorisation_frame(granted, ids),
        "item_reference": item_frame(),
        "registered_contexts": context_frame([*city.contexts, *stage.contexts], ids, provider_ids),
    }
    for name, frame in tables.items():
        sink.table(name, frame)
    for done, (month, row, back) in enumerate(months_of_rows(outcome, period)):
        tell(f"settlements of {month}", 0.5 + 0.4 * done / period.months)
        sink.part("settlements", month, settlement_frame(outcome, row, back))
        sink.part("charge_lines", month, line_frame(outcome, row, back))
        start = int(period.month_starts[done])
        paid_in = contribution_frame(people, ids, start, stage.credit_day, stage.sizes)
        sink.part("contributions", month, paid_in)
    entries = len(outcome.ledger.account)
    for part, start in enumerate(range(0, entries, _ENTRIES_A_PART)):
        tell("account entries", 0.9)
        chosen = np.arange(start, min(start + _ENTRIES_A_PART, entries))
        sink.part("account_entries", f"part-{part:03d}", entry_frame(outcome, chosen))
