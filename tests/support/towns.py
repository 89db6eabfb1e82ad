"""A small town with habits, households and whatever group a test plants in it.

People go to a few providers near them, mostly alone, at the providers' usual hours; households go together
now and then. One numpy seed draws everything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from support.worlds import tables_from

from features.tables import Tables

FIRST_DAY = 19_723  # 2024-01-01
HOUSEHOLD = 3


@dataclass
class Town:
    """Rows of the contract, being collected; `tables` gives them in the contract's form."""

    draw: np.random.Generator
    persons: int
    providers: int
    days: int
    settled: list[tuple[str, str, int, str, str | None]] = field(default_factory=list)
    relatives: list[tuple[str, str]] = field(default_factory=list)
    employers: dict[str, str] = field(default_factory=dict)
    contexts: list[Mapping[str, object]] = field(default_factory=list)

    def settle(self, person: str, provider: str, day: int, minute: int, programme: str | None = None) -> None:
        """One settlement, `day` counted from the first."""
        care = "special_outpatient" if programme else "pharmacy"
        self.settled.append((person, provider, (FIRST_DAY + day) * 1440 + minute, care, programme))

    def together(
        self, people: Sequence[str], provider: str, days: Sequence[int], programme: str | None = None
    ) -> None:
        """The people are settled at the provider within twenty minutes, on each of the days."""
        for day in days:
            start = int(self.draw.integers(480, 1000))
            for person in people:
                self.settle(person, provider, day, start + int(self.draw.integers(0, 20)), programme)

    def tables(self) -> Tables:
        """The town as tables of the contract."""
        return tables_from(
            {
                "persons": _persons(self.persons),
                "providers": _providers(self.providers),
                "enrolments": _enrolments(self.persons, self.employers),
                "settlements": _settlements(self.settled),
                "family_authorizations": _authorizations(self.relatives),
                "registered_contexts": _contexts(self.contexts),
            }
        )


def town(*, seed: int = 1, persons: int = 600, providers: int = 20, months: int = 6) -> Town:
    """A town where nothing is planted yet.

    Args:
        seed: of everything drawn.
        persons: how many people, in households of three that are recorded relatives.
        providers: how many providers; the first are the busiest.
        months: of thirty days.
    """
    made = Town(np.random.default_rng(seed), persons, providers, months * 30)
    for person in range(persons):
        _habits(made, person)
    for household in range(0, persons - HOUSEHOLD, HOUSEHOLD):
        _household(made, household)
    return made


def person(number: int) -> str:
    """Id of a person of the town."""
    return f"P{number:05}"


def provider(number: int) -> str:
    """Id of a provider of the town."""
    return f"H{number:03}"


def _habits(made: Town, number: int) -> None:
    favourites = (number // HOUSEHOLD * 7 + made.draw.geometric(0.3, 3)) % made.providers
    for _ in range(int(made.draw.negative_binomial(2, 0.2))):
        day = int(made.draw.integers(0, made.days))
        where = int(made.draw.choice(favourites, p=[0.6, 0.3, 0.1]))
        made.settle(person(number), provider(where), day, int(made.draw.normal(660, 120)) % 1440)


def _household(made: Town, first: int) -> None:
    people = [person(first + other) for other in range(HOUSEHOLD)]
    made.relatives += [(people[0], other) for other in people[1:]]
    where = provider((first * 7 + 1) % made.providers)
    made.together(people, where, [int(day) for day in made.draw.integers(0, made.days, 3)])


def _persons(size: int) -> pl.DataFrame:
    numbers = range(size)
    return pl.DataFrame(
        {
            "person_id": [person(number) for number in numbers],
            "region_code": [str(320_601 + number % 4) for number in numbers],
        }
    )


def _providers(size: int) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "provider_id": [provider(number) for number in range(size)],
            "provider_name": ["pharmacy"] * size,
            "provider_kind": ["pharmacy"] * size,
            "level": ["ungraded"] * size,
            "pooling_area": ["320600"] * size,
        }
    )


def _enrolments(size: int, employers: Mapping[str, str]) -> pl.DataFrame:
    people = [person(number) for number in range(size)]
    return pl.DataFrame(
        {
            "person_id": people,
            "employer_id": pl.Series([employers.get(item) for item in people], dtype=pl.String),
            "scheme": ["employee"] * size,
            "person_category": ["active"] * size,
            "status": ["active"] * size,
            "pooling_area": ["320600"] * size,
            "start_day": [FIRST_DAY - 500] * size,
        }
    ).with_columns(start_date=pl.col("start_day").cast(pl.Int32).cast(pl.Date))


def _settlements(settled: Sequence[tuple[str, str, int, str, str | None]]) -> pl.DataFrame:
    names = ("person_id", "provider_id", "settled_minute", "care_type", "programme_code")
    types = (pl.String, pl.String, pl.Int64, pl.String, pl.String)
    rows = pl.DataFrame(settled, schema=dict(zip(names, types, strict=True)), orient="row")
    at = (pl.col("settled_minute") * 60_000_000).cast(pl.Datetime("us"))
    month = at.dt.year() * 12 + at.dt.month().cast(pl.Int32) - 1
    day = pl.col("settled_minute") // 1440
    amounts = dict.fromkeys(("total_amount", "pool_paid", "account_paid"), pl.lit(8_800))
    return rows.with_row_index("number").with_columns(
        settlement_id=pl.format("S{}", pl.col("number").cast(pl.String).str.zfill(7)),
        settled_at=at,
        settled_day=day,
        service_day=day,
        settled_month=month,
        service_month=month,
        scheme=pl.lit("employee"),
        person_category=pl.lit("active"),
        **amounts,
    )


def _authorizations(relatives: Sequence[tuple[str, str]]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "authorization_id": [f"A{number}" for number in range(len(relatives))],
            "payer_id": [payer for payer, _ in relatives],
            "beneficiary_id": [beneficiary for _, beneficiary in relatives],
            "relation": ["parent"] * len(relatives),
        }
    ).with_columns(
        valid_from_day=pl.lit(FIRST_DAY - 100),
        valid_from=pl.lit((FIRST_DAY - 100) * 86_400_000_000).cast(pl.Datetime("us")),
    )


def _contexts(contexts: Sequence[Mapping[str, object]]) -> pl.DataFrame:
    schema = {
        "context_id": pl.String,
        "kind": pl.String,
        "person_id": pl.String,
        "provider_id": pl.String,
        "from_day": pl.Int32,
        "to_day": pl.Int32,
    }
    numbered = [
        {"context_id": f"C{number}", "from_day": FIRST_DAY, **item} for number, item in enumerate(contexts)
    ]
    return pl.DataFrame(numbered, schema=schema)
