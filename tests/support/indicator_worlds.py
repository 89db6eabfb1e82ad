"""Random worlds with everything that indicators count: `random_tables`, moved over a cut-over, and made richer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl
from reference.books import MONEY
from support.worlds import random_tables, tables_from

from detection.indicators.findings import Findings
from features.registry import Frame
from features.tables import Tables

EARLIER = 549
"""Days by which the world is moved: it begins on 2022-07-01."""

CAUSES = ("never", "before", "after")
_DAY_US = 86_400_000_000


def indicator_tables(seed: int, *, persons: int = 50, months: int = 20, settlements: int = 1200) -> Tables:
    """Tables of a random world from 2022-07 on, in which every indicator has something to count."""
    draw = np.random.default_rng(seed + 1000)
    world = random_tables(seed=seed, persons=persons, months=months, settlements=settlements)
    frames = {name: _earlier(world.frame(name).to_native().collect()) for name in world.frames}
    frames["settlements"] = _settlements(draw, frames["settlements"])
    frames["persons"] = _persons(draw, frames["persons"])
    frames["enrolments"] = _enrolments(draw, frames["enrolments"])
    frames["providers"] = _providers(draw, frames["providers"])
    frames["account_entries"] = _entries(draw, frames["account_entries"])
    frames["family_authorizations"] = _authorizations(draw, frames["family_authorizations"])
    people = frames["persons"]["person_id"]
    frames["contributions"] = _contributions(draw, people)
    frames["account_entries"] = _with_credits(draw, frames["account_entries"], frames["contributions"])
    frames["survey_answers"] = _answers(draw, 60)
    frames["charge_lines"] = _lines(draw, frames["settlements"])
    frames["programme_registrations"] = _programmes(draw, people)
    return tables_from(frames)


@dataclass(frozen=True)
class RandomFindings:
    """What detectors might have reported: by detector, the cause and fen of an id, and the ids that it could assess."""

    causes: Mapping[str, Mapping[str, str]]
    at_issue: Mapping[str, Mapping[str, int]]
    assessed: Mapping[str, set[str]]

    def findings(self) -> Findings:
        """The same as the input of views."""
        reported: dict[str, Frame] = {}
        for name, causes in self.causes.items():
            account = [self.at_issue[name][record] for record in causes]
            rows = {"id": list(causes), "cause": list(causes.values()), "account": account}
            kinds = {"id": pl.String, "cause": pl.String, "account": pl.Int64}
            reported[name] = nw.from_native(pl.LazyFrame(rows, schema=kinds))
        assessed: dict[str, Frame] = {
            name: nw.from_native(pl.LazyFrame({"id": sorted(ids)}, schema={"id": pl.String}))
            for name, ids in self.assessed.items()
        }
        return Findings(reported, assessed)


def random_findings(tables: Tables, seed: int) -> RandomFindings:
    """A random part of everything that detectors could report."""
    draw = np.random.default_rng(seed + 2000)
    settlements = tables.frame("settlements").to_native()
    accounts = pl.col("account_paid").fill_null(0) + pl.col("mutual_aid_paid").fill_null(0)
    aid = _ids_of(settlements.filter(pl.col("mutual_aid_paid") > 0), "settlement_id")
    chronic = _ids_of(settlements.filter(pl.col("care_type") == "chronic_outpatient"), "settlement_id")
    paid = (
        settlements.filter(accounts > 0)
        .select("settlement_id", accounts.alias("n"))
        .sort("settlement_id")
        .collect()
    )
    premiums = tables.frame("account_entries").to_native().filter(pl.col("entry_kind") == "premium")
    spent = dict(paid.iter_rows())
    some = {
        "family_authorization": _some(draw, aid, CAUSES),
        "closed_policy_use": _some(draw, chronic, ("programme_stopped", "residents_benefit")),
        "prohibited_purchase": _some(draw, list(spent), ("prohibited_item",)),
        "unlisted_premium": _some(draw, _ids_of(premiums, "entry_id"), ("not_listed", "not_related")),
    }
    fen = {
        name: {item: int(draw.integers(1, spent.get(item, 1) + 1)) for item in causes}
        for name, causes in some.items()
    }
    assessed = {"family_authorization": {item for item in aid if draw.random() < 0.9}}
    some["family_authorization"] = {
        item: cause
        for item, cause in some["family_authorization"].items()
        if item in assessed["family_authorization"]
    }
    return RandomFindings(some, fen, assessed)


def _ids_of(frame: pl.LazyFrame, name: str) -> list[str]:
    return frame.select(name).sort(name).collect()[name].to_list()


def _some(draw: np.random.Generator, ids: list[str], causes: tuple[str, ...]) -> dict[str, str]:
    return {item: str(draw.choice(causes)) for item in ids if draw.random() < 0.2}


def _earlier(frame: pl.DataFrame) -> pl.DataFrame:
    """A table with every day, minute, time and date moved."""
    moved: list[pl.Expr] = []
    for name, kind in frame.schema.items():
        if name.endswith("_day"):
            moved.append(pl.col(name) - EARLIER)
        elif name.endswith("_minute"):
            moved.append(pl.col(name) - EARLIER * 1440)
        elif kind == pl.Datetime("us"):
            moved.append(
                (pl.col(name).cast(pl.Int64) - EARLIER * _DAY_US).cast(pl.Datetime("us")).alias(name)
            )
    return frame.with_columns(moved)


def _month(day: pl.Expr) -> pl.Expr:
    on = day.cast(pl.Int32).cast(pl.Date)
    return (on.dt.year() * 12 + on.dt.month().cast(pl.Int32) - 1).cast(pl.Int32)


def _settlements(draw: np.random.Generator, frame: pl.DataFrame) -> pl.DataFrame:
    """Parts of the cost, other categories and schemes, care given before it was settled, and stays.

    Some people are dear enough to reach a cap, for some the pool never pays.
    """
    size = len(frame)
    part = [pl.Series(draw.integers(0, 11, size)) for _ in range(4)]
    pick = pl.Series(draw.random(size))
    cares = pl.Series(draw.choice(["keep", "chronic_outpatient", "emergency"], size, p=[0.8, 0.1, 0.1]))
    late = pl.Series(np.where(draw.random(size) < 0.2, draw.integers(1, 40, size), 0))
    stay = pl.Series(draw.integers(0, 9, size))
    total = pl.col("total_amount")
    last = pl.col("person_id").str.slice(-1)
    dear, unpooled = last.is_in(["0", "4"]), last.is_in(["7", "9"])
    keys: dict[str, pl.Expr | pl.Series] = {
        "scheme": pl.when(pick < 0.85).then(pl.lit("employee")).otherwise(pl.lit("resident")),
        "person_category": pl.Series(draw.choice(["active", "retired", "flexible", "unknown"], size)),
        "programme_code": pl.when(pick < 0.5).then(pl.lit("hypertension")).otherwise(pl.lit("diabetes")),
        "prescription_no": pl.when(pick < 0.4).then(pl.lit("rx")),
        "care_type": pl.when(cares == "keep").then(pl.col("care_type")).otherwise(cares),
    }
    return frame.with_columns(
        **keys,
        fully_self_paid=total * part[0] // 30,
        over_limit_self_paid=pl.when(pick < 0.9).then(total * part[1] // 60),
        in_scope_amount=pl.when(pick < 0.93).then(total * (10 + part[2]) // 20).otherwise(pl.lit(0)),
        deductible_paid=total * part[3] // 10,
        pool_paid=pl.when((part[0] < 5) | unpooled).then(pl.lit(0)).otherwise(pl.col("pool_paid")),
        service_day=pl.col("settled_day") - late,
        admitted_day=pl.when(pl.col("care_type") == "inpatient").then(pl.col("settled_day") - late - stay),
        discharged_day=pl.when((pl.col("care_type") == "inpatient") & (pick < 0.95)).then(
            pl.col("settled_day") - late
        ),
        settled_month=_month(pl.col("settled_day")),
    ).with_columns(
        *(pl.when(dear).then(pl.col(name) * 9).otherwise(pl.col(name)).alias(name) for name in MONEY),
        service_month=_month(pl.col("service_day")),
    )


def _persons(draw: np.random.Generator, frame: pl.DataFrame) -> pl.DataFrame:
    size = len(frame)
    dead = pl.Series(draw.random(size) < 0.1)
    day = pl.Series(19_174 + draw.integers(0, 600, size))
    return frame.with_columns(death_day=pl.when(dead).then(day).cast(pl.Int32))


def _enrolments(draw: np.random.Generator, frame: pl.DataFrame) -> pl.DataFrame:
    """Most people are employees, so that enough are left; categories change between intervals."""
    size = len(frame)
    return frame.with_columns(
        scheme=pl.Series(draw.choice(["employee", "resident"], size, p=[0.85, 0.15])),
        person_category=pl.Series(draw.choice(["active", "retired", "flexible"], size)),
    )


def _providers(draw: np.random.Generator, frame: pl.DataFrame) -> pl.DataFrame:
    size = len(frame)
    since = pl.Series(19_174 + draw.integers(0, 500, size))
    joined = pl.Series(draw.random(size) < 0.8)
    return frame.with_columns(pooled_outpatient_from_day=pl.when(joined).then(since).cast(pl.Int32))


def _entries(draw: np.random.Generator, frame: pl.DataFrame) -> pl.DataFrame:
    """Balances, premiums of several kinds and transfers; half of the accounts spend nothing, and sleep."""
    quiet = pl.col("account_id").str.slice(-1).is_in(["1", "3", "5"])
    left = frame.filter((pl.col("entry_kind") == "monthly_credit") | ~quiet)
    size = len(left)
    kinds = pl.Series(draw.choice(["resident", "supplementary", "long_term_care"], size))
    lost, out = (pl.Series(draw.random(size) < share) for share in (0.2, 0.1))
    premium, interest = (pl.col("entry_kind") == kind for kind in ("premium", "interest"))
    return left.with_columns(
        balance_after=pl.Series(draw.integers(-500, 900_000, size)),
        premium_kind=pl.when(premium & ~lost).then(kinds),
        entry_kind=pl.when(interest & out).then(pl.lit("transfer_out")).otherwise(pl.col("entry_kind")),
    )


def _authorizations(draw: np.random.Generator, frame: pl.DataFrame) -> pl.DataFrame:
    size = len(frame)
    ended = pl.Series(draw.random(size) < 0.5)
    length = pl.Series(draw.integers(0, 300, size))
    return frame.with_columns(
        valid_to_day=pl.when(ended).then(pl.col("valid_from_day") + length).cast(pl.Int32)
    )


def _contributions(draw: np.random.Generator, people: pl.Series) -> pl.DataFrame:
    months = pl.DataFrame({"accrual_month_index": list(range(2022 * 12 + 6, 2024 * 12 + 3))})
    rows = people.to_frame().join(months, how="cross").filter(pl.col("person_id").str.slice(-1) != "0")
    size = len(rows)
    return rows.with_columns(
        person_into_account=pl.Series(draw.integers(0, 30_000, size)),
        employer_into_account=pl.Series(np.where(draw.random(size) < 0.1, draw.integers(0, 9_000, size), 0)),
        contribution_base=pl.Series(draw.integers(300_000, 900_000, size)),
    )


def _with_credits(
    draw: np.random.Generator, entries: pl.DataFrame, contributions: pl.DataFrame
) -> pl.DataFrame:
    """Credits for most months: what is due to people at work, or to the retired, or something else."""
    size = len(contributions)
    pick = pl.Series(draw.random(size))
    base, employer = pl.col("contribution_base"), pl.col("employer_into_account")
    month = pl.col("accrual_month_index")
    posted = pl.date(month // 12, month % 12 + 1, 9)
    made = contributions.with_columns(pick=pick).filter(pl.col("pick") < 0.85)
    usual = made.select(
        entry_id=pl.format("C{}", pl.int_range(pl.len())),
        account_id="person_id",
        posted_at=posted.cast(pl.Datetime("us")),
        posted_day=posted.cast(pl.Int32),
        entry_kind=pl.when(pl.col("pick") < 0.82)
        .then(pl.lit("monthly_credit"))
        .otherwise(pl.lit("adjustment")),
        amount=pl.when(pl.col("pick") < 0.4)
        .then((base * 2 + 50) // 100 + employer)
        .when(pl.col("pick") < 0.7)
        .then(pl.lit(8500))
        .otherwise(pl.lit(9_999)),
        balance_after=pl.lit(500_000),
        accrual_month_index=month,
    )
    return pl.concat([entries, usual], how="diagonal_relaxed")


def _answers(draw: np.random.Generator, size: int) -> pl.DataFrame:
    right = pl.Series(draw.random(size))
    return pl.DataFrame(
        {
            "respondent_group": draw.choice(["retired", "active"], size),
            "district_code": draw.choice(["320601", "320602", "320603"], size),
            "asked_day": 19_174 + draw.integers(0, 600, size),
            "question": draw.choice(["Who may use an account?", "What is the deductible?"], size),
            "answer": ["an answer"] * size,
        }
    ).with_columns(correct=pl.when(right < 0.5).then(True).when(right < 0.9).then(False))


def _lines(draw: np.random.Generator, settlements: pl.DataFrame) -> pl.DataFrame:
    of_stays = settlements.filter(pl.col("care_type") == "inpatient")["settlement_id"]
    ids = pl.concat([of_stays, of_stays])
    names = draw.choice(["阑尾切除术", "Bed", "Cataract surgery", "Infusion", "CT"], len(ids))
    return pl.DataFrame({"settlement_id": ids, "line_no": range(len(ids)), "item_name": names})


def _programmes(draw: np.random.Generator, people: pl.Series) -> pl.DataFrame:
    size = len(people)
    return pl.DataFrame(
        {
            "person_id": people,
            "programme_code": draw.choice(["hypertension", "dialysis"], size),
            "from_day": 19_000 + draw.integers(0, 700, size),
        }
    )
