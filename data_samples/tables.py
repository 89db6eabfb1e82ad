"""The tables of a simulated city, written part by part."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from data_samples.background import Background
from data_samples.chronic import registration_frame
from data_samples.city_rows import (
    authorization_frame,
    contribution_frame,
    enrolment_frame,
    person_frame,
    provider_frame,
    status_frame,
)
from data_samples.other_rows import context_frame, entry_frame, line_frame
from data_samples.scenes import Stage
from data_samples.settlement_rows import Outcome, months_of_rows, settlement_frame
from data_samples.traces import Traces, scan_frame
from data_samples.writing import Sink

Progress = Callable[[str, float], None]
"""Called with what is being done and the share that is done."""

_ENTRIES_A_PART = 1_000_000


def write_tables(
    sink: Sink,
    city: Background,
    stage: Stage,
    outcome: Outcome,
    survey: pl.DataFrame,
    area: str,
    items: pl.DataFrame,
    traces: Traces | None,
    report: Progress,
) -> None:
    """Writes everything but the truth: whole tables first, then settlements and ledger in parts."""
    people, places, period = city.people, city.places, stage.period
    ids, provider_ids = outcome.person_ids, outcome.provider_ids
    planted = stage.authorizations()
    granted = {name: np.concatenate([values, planted[name]]) for name, values in city.granted.items()}
    tables: dict[str, pl.DataFrame] = {
        "persons": person_frame(people, ids, area),
        "enrolments": enrolment_frame(people, ids, area, stage.plans.enrolments),
        "providers": provider_frame(places, provider_ids, area),
        "provider_status": status_frame(places, provider_ids),
        "family_authorizations": authorization_frame(granted, ids),
        "programme_registrations": registration_frame(
            city.in_programmes, people, ids, period.first_day, stage.here
        ),
        "survey_answers": survey,
        "item_reference": items,
        "registered_contexts": context_frame([*city.contexts, *stage.contexts], ids, provider_ids),
    }
    for name, frame in tables.items():
        sink.table(name, frame)
    for done, (month, row, back) in enumerate(months_of_rows(outcome, period)):
        report(f"settlements of {month}", 0.5 + 0.4 * done / period.months)
        sink.part("settlements", month, settlement_frame(outcome, row, back))
        sink.part("charge_lines", month, line_frame(outcome, row, back))
        if traces is not None:
            sink.part("drug_trace_scans", month, scan_frame(outcome, row, back, traces))
        start = int(period.month_starts[done])
        employer = {who: fen for (who, place), fen in stage.plans.employer.items() if place == done}
        paid_in = contribution_frame(people, ids, start, stage.credit_day, stage.rules, employer)
        sink.part("contributions", month, paid_in)
    entries = len(outcome.ledger.account)
    for part, first in enumerate(range(0, entries, _ENTRIES_A_PART)):
        report("account entries", 0.9)
        chosen = np.arange(first, min(first + _ENTRIES_A_PART, entries))
        sink.part("account_entries", f"part-{part:03d}", entry_frame(outcome, chosen))
