"""Who settled near whom in a provider's queue: the numeric kernel under the co-presence views.

A self-join of settlements grows with the square of a crowd. Here each settlement is held against those
that follow it at the same provider, one place further at a time, until the window or the crowd ends, so
the cost grows with settlements and never with their square.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import narwhals as nw
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
_PAIRS_OF_A_PART = 2_000_000  # parts by the first person, whole for their pairs: bound memory only

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
    """`co_presence_pairs`, a place in the queue at a time."""
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
        crowd: a settlement is held against this many that follow it at most.
        least_days: a pair that meets on fewer days, over all providers, is left out.

    Returns:
        provider, person_a < person_b (codes), day (Int32), minutes_apart (Int64), scheduled (both are):
        one row per pair, provider and day, the nearest meeting of the day; sorted.
    """
    if settled.is_empty():
        return _nobody()
    queue = _in_order(settled)
    followed = np.flatnonzero(_near_next(queue, window))
    found = sum(len(earlier) for earlier, _ in _near(queue, followed, window, crowd))
    parts = found // _PAIRS_OF_A_PART + 1
    met = [_of_part(queue, followed, window, crowd, least_days, (part, parts)) for part in range(parts)]
    return pl.concat(met).sort("provider", "person_a", "person_b", "day")


def _in_order(settled: pl.DataFrame) -> Queue:
    """The queue, sorted as one packed integer per settlement where the three fit into 63 bits."""
    columns = [settled[name].cast(pl.Int64).to_numpy() for name in ("provider", "person", "minute")]
    provider, person, minute = columns
    first = int(minute.min())
    of_minute, of_person = (int(largest).bit_length() for largest in (minute.max() - first, person.max()))
    if int(provider.max()).bit_length() + of_minute + of_person + 1 > 63:
        ordered = settled.sort("provider", "minute", "person", "scheduled")
        columns = [ordered[name].cast(pl.Int64).to_numpy() for name in ("provider", "person", "minute")]
        return Queue(columns[0], columns[1], columns[2], ordered["scheduled"].to_numpy())
    place = provider << of_minute | minute - first
    packed = np.sort((place << of_person | person) << 1 | settled["scheduled"].to_numpy())
    place = packed >> 1 + of_person
    return Queue(
        place >> of_minute,
        packed >> 1 & (1 << of_person) - 1,
        (place & (1 << of_minute) - 1) + first,
        packed & 1 == 1,
    )


def _near_next(queue: Queue, window: int) -> npt.NDArray[np.bool_]:
    near: npt.NDArray[np.bool_] = (np.diff(queue.provider) == 0) & (np.diff(queue.minute) <= window)
    return near


def _of_part(
    queue: Queue, followed: Ints, window: int, crowd: int, least_days: int, part: tuple[int, int]
) -> pl.DataFrame:
    number, parts = part
    met = _nobody()
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

    ``followed`` are the positions whose next settlement is near; who is not near at one distance is not near
    further along, so fewer are looked at each time.
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
    one, other = queue.person[earlier], queue.person[later]
    return pl.DataFrame(
        {
            "provider": queue.provider[earlier].astype(np.int32),
            "person_a": np.minimum(one, other).astype(np.int32),
            "person_b": np.maximum(one, other).astype(np.int32),
            "day": (queue.minute[earlier] // MINUTES_A_DAY).astype(np.int32),
            "minutes_apart": (queue.minute[later] - queue.minute[earlier]).astype(np.int64),
            "scheduled": queue.scheduled[earlier] & queue.scheduled[later],
        },
        schema=MEETINGS,
    )


def _nobody() -> pl.DataFrame:
    return pl.DataFrame(schema=MEETINGS)
