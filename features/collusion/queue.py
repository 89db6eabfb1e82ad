"""The numeric kernel of the co-presence views: settlements close in time in a provider's queue.

A self-join of settlements grows with the square of a crowd. Here each settlement is compared with those that follow it
at the same provider, one position further at a time, until the window or the crowd ends. So the cost grows with the
number of settlements, not with its square.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import narwhals.stable.v2 as nw
import numpy as np
import numpy.typing as npt
import polars as pl

from features.collusion.copresence import (
    CROWD,
    LEAST_DAYS,
    WINDOW_MINUTES,
    co_presence_pairs,
    with_ids,
)
from features.registry import kernel

MINUTES_A_DAY = 1440
_PAIRS_PER_PART = 2_000_000  # parts by first person keep pairs whole; they only bound memory

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Queue:
    """Settlements in the order of provider, minute and person; arrays of equal length.

    Attributes:
        provider, person: dense codes.
        minute: minutes since 1970-01-01.
        scheduled: whether it is a special-disease programme's scheduled care.
    """

    provider: Ints
    person: Ints
    minute: Ints
    scheduled: npt.NDArray[np.bool_]


MEETINGS: dict[str, pl.DataType] = {
    "provider": pl.Int32(),
    "person_a": pl.Int32(),
    "person_b": pl.Int32(),
    "day": pl.Int32(),
    "minutes_apart": pl.Int64(),
    "scheduled": pl.Boolean(),
}
"""Columns and types of the kernel's result."""


@kernel(co_presence_pairs)
def pairs_in_queues(
    coded_settlements: pl.LazyFrame, person_codes: pl.LazyFrame, provider_codes: pl.LazyFrame
) -> pl.LazyFrame:
    """`co_presence_pairs`, one position in the queue at a time."""
    settled = coded_settlements.filter(pl.col("settled_minute").is_not_null()).select(
        "provider", "person", "scheduled", minute="settled_minute"
    )
    met = settled.map_batches(
        lambda queue: repeated_meetings(queue, WINDOW_MINUTES, CROWD, LEAST_DAYS), schema=MEETINGS
    )
    codes = nw.from_native(person_codes), nw.from_native(provider_codes)
    named: pl.LazyFrame = with_ids(nw.from_native(met), *codes).to_native()
    return named


def repeated_meetings(settled: pl.DataFrame, window: int, crowd: int, least_days: int) -> pl.DataFrame:
    """Meetings of the pairs that meet on enough days.

    Args:
        settled: provider, person (dense codes), minute (Int64), scheduled (Boolean), in any order.
        window: minutes between the two settlements at most.
        crowd: most settlements after one that it is compared with.
        least_days: a pair that meets on fewer days, over all providers, is left out.

    Returns:
        provider, person_a < person_b (codes), day (Int32), minutes_apart (Int64), scheduled (both are):
        one row per pair, provider and day, the nearest meeting of the day; sorted.
    """
    if settled.is_empty():
        return _no_meetings()
    queue = _in_order(settled)
    followed = np.flatnonzero(_near_next(queue, window))
    meetings = sum(len(earlier) for earlier, _ in _near(queue, followed, window, crowd))
    parts = meetings // _PAIRS_PER_PART + 1
    met = [
        _meetings_of_part(queue, followed, window, crowd, least_days, (part, parts)) for part in range(parts)
    ]
    return pl.concat(met).sort("provider", "person_a", "person_b", "day")


def _in_order(settled: pl.DataFrame) -> Queue:
    """The queue, sorted as one packed integer per settlement where the three fit into 63 bits."""
    columns = [settled[name].cast(pl.Int64).to_numpy() for name in ("provider", "person", "minute")]
    provider, person, minute = columns
    first = int(minute.min())
    minute_bits, person_bits = (int(largest).bit_length() for largest in (minute.max() - first, person.max()))
    if int(provider.max()).bit_length() + minute_bits + person_bits + 1 > 63:
        ordered = settled.sort("provider", "minute", "person", "scheduled")
        columns = [ordered[name].cast(pl.Int64).to_numpy() for name in ("provider", "person", "minute")]
        return Queue(columns[0], columns[1], columns[2], ordered["scheduled"].to_numpy())
    position = provider << minute_bits | minute - first
    packed = np.sort((position << person_bits | person) << 1 | settled["scheduled"].to_numpy())
    position = packed >> 1 + person_bits
    return Queue(
        position >> minute_bits,
        packed >> 1 & (1 << person_bits) - 1,
        (position & (1 << minute_bits) - 1) + first,
        packed & 1 == 1,
    )


def _near_next(queue: Queue, window: int) -> npt.NDArray[np.bool_]:
    near: npt.NDArray[np.bool_] = (np.diff(queue.provider) == 0) & (np.diff(queue.minute) <= window)
    return near


def _meetings_of_part(
    queue: Queue, followed: Ints, window: int, crowd: int, least_days: int, part: tuple[int, int]
) -> pl.DataFrame:
    number, parts = part
    met = _no_meetings()
    for earlier, later in _near(queue, followed, window, crowd):
        first = np.minimum(queue.person[earlier], queue.person[later])
        kept = first % parts == number
        met.vstack(_frame(queue, earlier[kept], later[kept]), in_place=True)
    days = met.select("person_a", "person_b", "day").unique()
    often = days.group_by("person_a", "person_b").len().filter(pl.col("len") >= least_days)
    return (
        met.join(often.drop("len"), on=["person_a", "person_b"], how="semi")
        .group_by("provider", "person_a", "person_b", "day")
        .agg(pl.col("minutes_apart").min(), pl.col("scheduled").all())
    )


def _near(queue: Queue, followed: Ints, window: int, crowd: int) -> Iterator[tuple[Ints, Ints]]:
    """Positions of the earlier and the later settlement, one array pair per distance in the queue.

    ``followed`` are the positions whose next settlement is near. A settlement that is not near at one distance is not
    near further along, so each distance compares fewer.
    """
    earlier = followed
    for distance in range(1, crowd + 1):
        earlier = earlier if distance == 1 else _still_near(queue, earlier, distance, window)
        if not len(earlier):
            return
        later = earlier + distance
        others = queue.person[earlier] != queue.person[later]
        yield earlier[others], later[others]


def _still_near(queue: Queue, earlier: Ints, distance: int, window: int) -> Ints:
    """Those of the positions whose settlement that far along is at the same provider within the window."""
    earlier = earlier[earlier + distance < len(queue.minute)]
    later = earlier + distance
    near = (queue.provider[later] == queue.provider[earlier]) & (
        queue.minute[later] - queue.minute[earlier] <= window
    )
    still: Ints = earlier[near]
    return still


def _frame(queue: Queue, earlier: Ints, later: Ints) -> pl.DataFrame:
    first, second = queue.person[earlier], queue.person[later]
    return pl.DataFrame(
        {
            "provider": queue.provider[earlier].astype(np.int32),
            "person_a": np.minimum(first, second).astype(np.int32),
            "person_b": np.maximum(first, second).astype(np.int32),
            "day": (queue.minute[earlier] // MINUTES_A_DAY).astype(np.int32),
            "minutes_apart": (queue.minute[later] - queue.minute[earlier]).astype(np.int64),
            "scheduled": queue.scheduled[earlier] & queue.scheduled[later],
        },
        schema=MEETINGS,
    )


def _no_meetings() -> pl.DataFrame:
    return pl.DataFrame(schema=MEETINGS)
