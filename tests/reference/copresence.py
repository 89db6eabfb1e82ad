"""Reference of the co-presence pairs: every settlement is compared with those that follow it."""

from __future__ import annotations

from collections import defaultdict

import polars as pl
from reference.registry import DataSet, by

from features.collusion.copresence import CROWD, LEAST_DAYS, WINDOW_MINUTES

Pair = tuple[str, str]
Meeting = tuple[str, str, str, int]

SCHEMA = {
    "provider_id": pl.String,
    "person_a": pl.String,
    "person_b": pl.String,
    "day": pl.Int32,
    "minutes_apart": pl.Int64,
    "scheduled": pl.Boolean,
}


def meetings(data: DataSet) -> dict[Meeting, tuple[int, bool]]:
    """(provider, person, person, day) → minutes apart at the nearest, and whether all was scheduled care."""
    met: dict[Meeting, list[tuple[int, bool]]] = defaultdict(list)
    for place, rows in by(lambda row: str(row["provider_id"]), data.net).items():
        queue = sorted(rows, key=lambda row: (row["settled_minute"], row["person_id"], row["settlement_id"]))
        for position, row in enumerate(queue):
            for later in queue[position + 1 : position + 1 + CROWD]:
                apart = later["settled_minute"] - row["settled_minute"]
                first, second = sorted((row["person_id"], later["person_id"]))
                if apart <= WINDOW_MINUTES and first != second:
                    both = all(
                        each["care_type"] == "special_outpatient" and each["programme_code"] is not None
                        for each in (row, later)
                    )
                    met[place, first, second, row["settled_day"]].append((apart, both))
    return {key: (min(times)[0], all(both for _, both in times)) for key, times in met.items()}


def meetings_frame(data: DataSet) -> pl.DataFrame:
    """The columns of the view, sorted, of the pairs that met on enough days."""
    nearest = meetings(data)
    days: dict[Pair, set[int]] = defaultdict(set)
    for _, first, second, day in nearest:
        days[first, second].add(day)
    kept = [(*key, *value) for key, value in nearest.items() if len(days[key[1], key[2]]) >= LEAST_DAYS]
    return pl.DataFrame(kept, schema=SCHEMA, orient="row").sort("provider_id", "person_a", "person_b", "day")
