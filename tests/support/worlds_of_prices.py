"""Random prices of ordinary outpatient care in the first months of a year: most are wrong, some by a fen."""

from __future__ import annotations

import datetime as dt
from random import Random

from support.worlds_of_conduct import Row, text_table

_FIRST = dt.datetime(2024, 1, 1, 8)
_DAYS = 90


def prices(seed: int) -> dict[str, str]:
    """Text tables by name; people and places of their own."""
    draw = Random(f"prices {seed}")
    rows = [{"settlement": f"q{number}"} | _settled(draw) for number in range(120)]
    people = sorted({row["person"] for row in rows})
    return {
        "settlements": text_table(rows),
        "enrolments": text_table([{"person": person, "start_date": "2020-01-01"} for person in people]),
        "providers": text_table(
            [
                {
                    "provider": f"pool{number}",
                    "provider_kind": kind,
                    "level": level,
                    "pooled_outpatient_from": day,
                }
                for number, (kind, level, day) in enumerate(
                    [
                        ("hospital", "tertiary", "2023-01-01"),
                        ("pharmacy", "ungraded", "2023-01-01"),
                        ("clinic", "primary", "2024-02-01"),
                    ]
                )
            ]
        ),
    }


def _settled(draw: Random) -> Row:
    at = _FIRST + dt.timedelta(days=draw.randrange(_DAYS), minutes=draw.randrange(600))
    scope, deductible = draw.randrange(10_000, 90_000), draw.choice([0, 10_000])
    return {
        "person": f"insured{draw.randrange(20)}",
        "provider": f"pool{draw.randrange(3)}",
        "settled_at": f"{at:%Y-%m-%d %H:%M}",
        "care_type": draw.choice(["outpatient", "pharmacy"]),
        "prescription_no": draw.choice(["", "rx"]),
        "total_amount": f"{scope / 100:.2f}",
        "in_scope_amount": f"{scope / 100:.2f}",
        "deductible_paid": f"{deductible / 100:.2f}",
        "pool_paid": f"{scope * draw.choice([0, 55, 65, 75]) // 100 / 100:.2f}",
        "other_fund_paid": draw.choice(["0.00", "0.00", "12.00"]),
    }
