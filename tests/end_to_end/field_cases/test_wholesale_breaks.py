"""An export that is damaged as a whole raises no alert about anybody on a lawful city, and the reason is stated."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from support.cities import Frames, frames, write
from support.field_cases import (
    Damage,
    alerts,
    ended,
    ended_before,
    moved,
    outcomes,
    prefixed,
    times,
    unsaid,
)
from support.shared import make_once

from data_samples.city import simulate
from features.contract import Kind
from features.contract.claims import Settlements

MAY, APRIL = dt.date(2024, 5, 31), dt.date(2024, 4, 1)
SETTLED = tuple(name for name, column in Settlements.columns.items() if column.kind is Kind.MONEY)
SOME_MONEY = ("total_amount", "in_scope_amount", "pool_paid")
PERSON, PROVIDER, LEDGER = "ineligible_person", "provider_not_designated", "ledger_break"
DEFECTS = "data_transmission_defect"
FAMILY, CREDITS = "family_authorization", "credit_rule_violation"
IN_APRIL = pl.col("settled_at").dt.date().is_between(APRIL, dt.date(2024, 4, 30))

DAMAGES = (
    Damage("no enrolments", "enrolments", lambda table: table.head(0), PERSON, "no usable row"),
    Damage(
        "half of the enrolments",
        "enrolments",
        lambda table: table.head(table.height // 2),
        PERSON,
        "no row in",
    ),
    Damage("enrolments of other people", "enrolments", prefixed("person_id"), PERSON, "no row in enrolments"),
    Damage(
        "enrolments end before claims",
        "enrolments",
        ended("start_date", "end_date", MAY),
        PERSON,
        "end on 2024-05-31",
    ),
    Damage(
        "a quarter ends on one day",
        "enrolments",
        ended("start_date", "end_date", APRIL, 4),
        PERSON,
        "end on 2024-04-01",
    ),
    Damage("other people in settlements", "settlements", prefixed("person_id"), PERSON, "no row in persons"),
    Damage(
        "ids of some people differ",
        "settlements",
        prefixed("person_id", every=60),
        PERSON,
        "no row in persons",
    ),
    Damage(
        "agreements not renewed",
        "providers",
        ended("agreement_start", "agreement_end", APRIL),
        PROVIDER,
        "end on 2024-04-01",
    ),
    Damage("no providers", "providers", lambda table: table.head(0), PROVIDER, "no usable row"),
    Damage(
        "no authorizations", "family_authorizations", lambda table: table.head(0), FAMILY, "no usable row"
    ),
    Damage(
        "authorizations cut",
        "family_authorizations",
        lambda table: table.head(table.height // 2),
        FAMILY,
        "pairs",
    ),
    Damage(
        "payers not recorded",
        "settlements",
        lambda table: table.drop("mutual_aid_payer_id"),
        LEDGER,
        "who paid",
    ),
    Damage(
        "misspelt columns",
        "settlements",
        lambda table: table.rename(
            {"mutual_aid_payer_id": "payer_id", "reverses_settlement_id": "reverse_settlement_id"}
        ),
        LEDGER,
        "who paid",
    ),
    Damage("settlements in fen", "settlements", times(100, *SETTLED), LEDGER, "factor 100"),
    Damage("a month in fen", "settlements", times(100, *SETTLED, where=IN_APRIL), LEDGER, "ledger lacks"),
    Damage(
        "some money in fen", "settlements", times(100, *SOME_MONEY, where=IN_APRIL), DEFECTS, "not the total"
    ),
    Damage("a ledger in fen", "account_entries", times(100, "amount", "balance_after"), LEDGER, "factor 100"),
    Damage(
        "half of a ledger",
        "account_entries",
        lambda table: table.head(table.height // 2),
        LEDGER,
        "no row in",
    ),
    Damage(
        "lost entries",
        "account_entries",
        lambda table: table.sample(fraction=0.8, seed=1),
        CREDITS,
        "balances",
    ),
    Damage(
        "settlements shifted", "settlements", moved("1mo", "settled_at", "service_date"), PERSON, "shifted"
    ),
    Damage("a ledger shifted", "account_entries", moved("-1mo", "posted_at"), CREDITS, "are shifted"),
    Damage(
        "half of the settlements",
        "settlements",
        lambda table: table.sample(fraction=0.5, seed=1),
        LEDGER,
        "settlements that account_entries names are not there",
    ),
    Damage(
        "ends before starts",
        "enrolments",
        ended_before("start_date", "end_date", every=40),
        PERSON,
        "the end is not known for 2",
    ),
    Damage(
        "most ends before starts",
        "enrolments",
        ended_before("start_date", "end_date", every=2),
        PERSON,
        "enrolments.end_date: the end is not known",
    ),
    Damage("no contributions", "contributions", lambda table: table.head(0), CREDITS, "no usable row"),
)


@pytest.fixture(scope="module")
def lawful(tmp_path_factory: pytest.TempPathFactory) -> Frames:
    """A lawful city of a thousand people and six months."""

    def make(folder: Path) -> None:
        simulate(folder, persons=1_000, months=6, seed=318, area="320600", planted=False)

    return frames(make_once(tmp_path_factory, "lawful_city", make))


def test_the_city_is_lawful_and_assessed(lawful: Frames, tmp_path: Path) -> None:
    whole = outcomes(write(lawful, tmp_path / "data"), tmp_path / "ws")
    assert alerts(whole) == {}
    for name in (PERSON, PROVIDER, LEDGER):
        assert whole[name].assessability.rows_judged > 1_000, name


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
def test_a_damage_of_the_whole_accuses_no_person_and_is_stated(
    damage: Damage, lawful: Frames, tmp_path: Path
) -> None:
    given = outcomes(write(damage.of(lawful), tmp_path / "data"), tmp_path / "ws")
    assert alerts(given) == {}
    assert damage.stated in given[damage.detector].assessability.reason_en
    assert unsaid(given) == []


def test_ids_that_were_issued_again_join_by_the_table_of_aliases(lawful: Frames, tmp_path: Path) -> None:
    """Every twentieth person has a new id in the register and in the second half of the settlements."""
    ids = lawful["persons"]["person_id"].sort().gather_every(20)
    aliases = pl.DataFrame({"old": ids, "new": "N" + ids, "from": [APRIL] * len(ids)})
    current = dict(aliases.select("old", "new").rows())
    renamed = pl.col("person_id").replace(current)
    later = pl.when(pl.col("settled_at").dt.date() >= APRIL).then(renamed).otherwise("person_id")
    damaged = {
        **lawful,
        "persons": lawful["persons"].with_columns(person_id=renamed),
        "settlements": lawful["settlements"].with_columns(person_id=later),
    }
    unknown = outcomes(write(damaged, tmp_path / "data"), tmp_path / "ws")
    assert alerts(unknown) == {}
    assert unsaid(unknown) == []
    aliased = outcomes(write({**damaged, "person_aliases": aliases}, tmp_path / "aliased"), tmp_path / "ws2")
    whole = outcomes(write(lawful, tmp_path / "whole"), tmp_path / "ws3")
    assert alerts(aliased) == {}
    for name in (PERSON, LEDGER, FAMILY):
        assert aliased[name].assessability == whole[name].assessability, name
    assert unknown[PERSON].assessability != whole[PERSON].assessability
