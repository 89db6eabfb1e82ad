"""Random tables of the contract: small and full of odd things for equality, large for timing.

People live in districts, have a few providers of their own, go mostly to those, and often to two within a
few days; a part of the settlements is reversed, some of them in part; some accounts pay for relatives.
Everything is drawn with one numpy seed: the same arguments give the same tables.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl

from features.contract import TABLES
from features.tables import Tables, stored_schema

FIRST_DAY = 19_723  # 2024-01-01
DAYS_PER_YEAR = 365.25


def random_tables(
    *, seed: int, persons: int = 40, providers: int = 8, months: int = 6, settlements: int = 700
) -> Tables:
    """Tables of a random world.

    Args:
        seed: of everything drawn.
        persons: how many people.
        providers: how many providers; a third of them pharmacies.
        months: length of the period.
        settlements: how many settlements before reversals.
    """
    draw = np.random.default_rng(seed)
    days = round(months * DAYS_PER_YEAR / 12)
    frames = {
        "persons": _persons(draw, persons),
        "providers": _providers(draw, providers),
        "enrolments": _enrolments(draw, persons, days),
        "settlements": _settlements(draw, persons, providers, days, settlements),
        "family_authorizations": _authorizations(draw, persons, days),
        "account_entries": _entries(draw, persons, days),
        "registered_contexts": _contexts(draw, persons, providers, days),
    }
    return tables_from(frames)


def tables_from(frames: dict[str, pl.DataFrame]) -> Tables:
    """Tables out of frames of held columns; what a frame lacks is null and counts as there."""
    frames_by_table: dict[str, nw.LazyFrame[pl.LazyFrame]] = {}
    for name, frame in frames.items():
        schema = stored_schema(TABLES[name])
        absent = [pl.lit(None).alias(column) for column in schema if column not in frame.columns]
        full = frame.with_columns(absent).select(pl.col(column).cast(kind) for column, kind in schema.items())
        frames_by_table[name] = nw.from_native(full.lazy())
    return Tables(frames_by_table, {name: frozenset(TABLES[name].columns) for name in frames})


def without(tables: Tables, *lacking: str) -> Tables:
    """The same tables as if the source lacked these, each a ``table`` or a ``table.column``."""
    frames = {name: frame for name, frame in tables.frames.items() if name not in lacking}
    columns = {name: there for name, there in tables.columns.items() if name not in lacking}
    for name in frames:
        absent = {column for column in TABLES[name].columns if f"{name}.{column}" in lacking}
        if absent:
            frames[name] = frames[name].drop(*absent)
            columns[name] = columns[name] - absent
    return Tables(frames, columns, tables.day_precision)


def _ids(prefix: str, numbers: np.ndarray, width: int = 7) -> pl.Series:
    return pl.Series(numbers).cast(pl.String).str.zfill(width).str.replace("^", prefix)


def _some_null(draw: np.random.Generator, values: pl.Series, share: float) -> pl.Series:
    keep = pl.Series(draw.random(len(values)) >= share)
    return values.to_frame("x").select(pl.when(keep).then(pl.col("x")))["x"]


def _district(numbers: np.ndarray, districts: int) -> pl.Series:
    return pl.Series("320601", numbers % districts + 320_601).cast(pl.String)


def _districts(size: int) -> int:
    return 3 if size < 1000 else 12


def _persons(draw: np.random.Generator, size: int) -> pl.DataFrame:
    numbers = np.arange(size)
    birth = FIRST_DAY - draw.integers(0, 36_000, size)
    return pl.DataFrame(
        {
            "person_id": _ids("P", numbers),
            "birth_day": _some_null(draw, pl.Series(birth), 0.1),
            "region_code": _some_null(draw, _district(numbers, _districts(size)), 0.05),
        }
    ).with_columns(birth_date=pl.col("birth_day").cast(pl.Int32).cast(pl.Date))


def _providers(draw: np.random.Generator, size: int) -> pl.DataFrame:
    numbers = np.arange(size)
    kinds = np.array(["pharmacy", "hospital", "clinic"])[numbers % 3]
    return pl.DataFrame(
        {
            "provider_id": _ids("H", numbers),
            "provider_name": _ids("name ", numbers),
            "provider_kind": kinds,
            "level": np.array(["ungraded", "tertiary", "primary"])[numbers % 3],
            "pooling_area": ["320600"] * size,
            "district_code": _some_null(
                draw, _district(draw.permutation(numbers), _districts(size * 25)), 0.1
            ),
        }
    )


def _enrolments(draw: np.random.Generator, persons: int, days: int) -> pl.DataFrame:
    """Most people have one long interval, some two that overlap or leave a gap, a few none."""
    person = np.concatenate([np.arange(persons), draw.integers(0, persons, persons // 3)])
    person = person[draw.random(len(person)) > 0.03]
    size = len(person)
    start = FIRST_DAY + draw.integers(-600, days // 2, size)
    length = draw.integers(10, 900, size)
    end = pl.Series(start + length)
    return pl.DataFrame(
        {
            "person_id": _ids("P", person),
            "scheme": draw.choice(["employee", "resident"], size),
            "person_category": draw.choice(["active", "retired", "resident"], size),
            "status": draw.choice(["active", "suspended", "unknown"], size, p=[0.9, 0.05, 0.05]),
            "pooling_area": ["320600"] * size,
            "employer_id": _some_null(draw, _ids("B", person // 9), 0.7),
            "start_day": start,
            "end_day": _some_null(draw, end, 0.6),
        }
    ).with_columns(
        start_date=pl.col("start_day").cast(pl.Int32).cast(pl.Date),
        end_date=pl.col("end_day").cast(pl.Int32).cast(pl.Date),
    )


def _settlements(
    draw: np.random.Generator, persons: int, providers: int, days: int, size: int
) -> pl.DataFrame:
    person = np.minimum(draw.geometric(3 / (persons + 6), size) % persons, draw.integers(0, persons, size))
    own = (person * 7 + draw.geometric(0.5, size)) % providers
    provider = np.where(draw.random(size) < 0.85, own, draw.integers(0, providers, size))
    day = FIRST_DAY + draw.integers(0, days, size)
    again = draw.random(size) < 0.3  # the same person soon after, somewhere else
    person[1:] = np.where(again[1:], person[:-1], person[1:])
    day[1:] = np.where(
        again[1:], np.minimum(day[:-1] + draw.integers(0, 6, size - 1), FIRST_DAY + days - 1), day[1:]
    )
    hour = draw.integers(480, 1200, size)
    minute = np.where(draw.random(size) < 0.1, draw.integers(0, 1440, size), hour)
    minute = np.where(draw.random(size) < 0.3, minute // 60 * 60, minute)  # ties in the minute
    following = np.flatnonzero(draw.random(size - 1) < 0.2) + 1  # the next person, in the same queue
    person[following] = (person[following - 1] + draw.integers(1, 3, len(following))) % persons
    provider[following], day[following] = provider[following - 1], day[following - 1]
    minute[following] = np.minimum(minute[following - 1] + draw.integers(0, 40, len(following)), 1439)
    total = np.where(draw.random(size) < 0.2, 8800, draw.integers(0, 90_000, size))
    aided = draw.random(size) < 0.08
    account = total * draw.integers(0, 10, size) // 10
    aid = np.where(aided, (total - account) // 2, 0)
    payer = (person + draw.integers(1, 4, size)) % persons
    pharmacy = provider % 3 == 0
    elsewhere = draw.choice(["outpatient", "inpatient", "special_outpatient"], size, p=[0.8, 0.1, 0.1])
    care = np.where(pharmacy, "pharmacy", elsewhere)
    made = pl.DataFrame(
        {
            "settlement_id": _ids("S", np.arange(size), 9),
            "person_id": _ids("P", person),
            "provider_id": _ids("H", provider),
            "settled_day": day,
            "settled_minute": day * 1440 + minute,
            "care_type": care,
            "prescriber_id": _some_null(draw, _ids("D", provider * 10 + draw.integers(0, 9, size)), 0.2),
            "total_amount": total,
            "pool_paid": (total - account - aid) * draw.integers(0, 10, size) // 10,
            "account_paid": account,
            "mutual_aid_paid": _some_null(draw, pl.Series(aid), 0.0 if size > 10_000 else 0.05),
            "mutual_aid_payer_id": _ids("P", payer)
            .to_frame("x")
            .select(pl.when(pl.Series(aid) > 0).then(pl.col("x")))["x"],
        }
    )
    return _dated(pl.concat([made, _reversals(draw, made)], how="diagonal_relaxed"))


def _reversals(draw: np.random.Generator, made: pl.DataFrame) -> pl.DataFrame:
    """Reversal rows: whole, half, or of a settlement that the data do not hold."""
    back = made.filter(pl.Series(draw.random(len(made)) < 0.05))
    divisor = pl.Series(draw.choice([1, 1, 2], len(back)))
    orphan = pl.Series(draw.random(len(back)) < 0.05)
    amounts = [name for name in made.columns if name.endswith(("_amount", "_paid"))]
    return back.with_columns(
        pl.col("settlement_id").str.replace("S", "R"),
        pl.when(orphan)
        .then(pl.lit("before"))
        .otherwise(pl.col("settlement_id"))
        .alias("reverses_settlement_id"),
        *(-(pl.col(name) // divisor) for name in amounts),
        settled_minute=pl.col("settled_minute") + 20,
    ).with_columns(settled_day=pl.col("settled_minute") // 1440)


def _dated(made: pl.DataFrame) -> pl.DataFrame:
    at = (pl.col("settled_minute") * 60_000_000).cast(pl.Datetime("us"))
    return made.with_columns(
        settled_at=at,
        settled_month=at.dt.year() * 12 + at.dt.month().cast(pl.Int32) - 1,
        service_day=pl.col("settled_day"),
        service_month=at.dt.year() * 12 + at.dt.month().cast(pl.Int32) - 1,
        scheme=pl.lit("employee"),
        person_category=pl.lit("active"),
        programme_code=pl.when(pl.col("care_type") == "special_outpatient").then(pl.lit("dialysis")),
    )


def _contexts(draw: np.random.Generator, persons: int, providers: int, days: int) -> pl.DataFrame:
    """A few lawful reasons: of a person, at a provider, of both, of nobody; some without an end."""
    size = max(4, persons // 10)
    start = FIRST_DAY + draw.integers(-30, days, size)
    length = draw.integers(0, 60, size)
    whom, where, until = (draw.random(size) for _ in range(3))
    return pl.DataFrame(
        {
            "context_id": _ids("C", np.arange(size)),
            "person_id": _ids("P", draw.integers(0, persons, size)),
            "provider_id": _ids("H", draw.integers(0, providers, size)),
            "from_day": start,
            "to_day": start + length,
        }
    ).with_columns(
        person_id=pl.when(pl.Series(whom < 0.7)).then("person_id"),
        provider_id=pl.when(pl.Series(where < 0.6)).then("provider_id"),
        to_day=pl.when(pl.Series(until < 0.8)).then("to_day"),
    )


def _authorizations(draw: np.random.Generator, persons: int, days: int) -> pl.DataFrame:
    size = persons
    payer = draw.integers(0, persons, size)
    beneficiary = (payer + persons - draw.integers(1, 4, size)) % persons
    since = (FIRST_DAY + draw.integers(-100, days, size)) * 1440 + draw.integers(0, 1440, size)
    relations = ["spouse", "parent", "child", "sibling", "grandchild", "unknown"]
    return pl.DataFrame(
        {
            "authorization_id": _ids("A", np.arange(size)),
            "payer_id": _ids("P", payer),
            "beneficiary_id": _ids("P", beneficiary),
            "relation": draw.choice(relations, size),
            "valid_from_minute": since,
        }
    ).with_columns(
        valid_from_day=pl.col("valid_from_minute") // 1440,
        valid_from=(pl.col("valid_from_minute") * 60_000_000).cast(pl.Datetime("us")),
    )


def _entries(draw: np.random.Generator, persons: int, days: int) -> pl.DataFrame:
    """Ledger: a credit about every month and some debits; balances are drawn, some near nothing, and do not add up."""
    size = persons * max(days // 30, 1)
    account = np.concatenate(
        [np.repeat(np.arange(persons), max(days // 30, 1)), draw.integers(0, persons, size)]
    )
    day = FIRST_DAY + np.concatenate(
        [np.tile(np.arange(max(days // 30, 1)) * 30 + 9, persons), draw.integers(0, days, size)]
    )
    kinds = ["settlement", "mutual_aid", "premium", "transfer_out", "interest", "refund"]
    kind = np.concatenate([np.repeat("monthly_credit", size), draw.choice(kinds, size)])
    amount = draw.integers(1, 30_000, 2 * size)
    debit = np.isin(kind, ["settlement", "mutual_aid", "premium", "transfer_out"])
    return pl.DataFrame(
        {
            "entry_id": _ids("E", np.arange(2 * size), 9),
            "account_id": _ids("P", account),
            "posted_day": day,
            "posted_minute": day * 1440,
            "entry_kind": kind,
            "amount": np.where(debit, -amount, amount),
            "balance_after": draw.choice([0, 99, 100, 5_000, 80_000], 2 * size),
        }
    ).with_columns(posted_at=(pl.col("posted_minute") * 60_000_000).cast(pl.Datetime("us")))
