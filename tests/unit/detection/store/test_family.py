"""One account and its people: ages, relations to check, alerts that cite payments, and data that lack tables."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import update
from support.dashboard_fixtures import fill
from support.dashboard_runs import SNAPSHOT

from detection.families.conflicts import Conflict
from detection.store.connection import writing
from detection.store.queries import open_store
from detection.store.queries.family import Family, family, payers
from detection.store.schema import Alert
from features.workspace import Workspace, open_workspace


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return open_workspace(fill(tmp_path_factory.mktemp("family") / "sample", alerts_of_each=2))


def first(workspace: Workspace) -> Family:
    with open_store(workspace) as reader:
        account = family(reader, payers(reader)[0][0])
    assert account is not None
    return account


def without(workspace: Workspace, root: Path, *tables: str) -> Workspace:
    """A copy whose source lacks some tables."""
    shutil.copytree(workspace.root, root)
    own = open_workspace(root)
    for table in tables:
        shutil.rmtree(own.snapshot(SNAPSHOT) / "tables" / table)
    return own


def test_ages_are_those_of_the_last_day_and_the_unknown_is_left_out(filled: Workspace) -> None:
    account = first(filled)
    assert account.age == 44  # born 1980-05-01, and the data end on 2024-06-30
    ages = sorted((relative.relations, relative.age or 0) for relative in account.relatives)
    assert ages == [
        ((), 0),  # the cousin, who is not in the register
        (("child",), 14),
        (("child",), 74),
        (("parent",), 73),
        (("spouse",), 34),
        (("spouse",), 42),
    ]


def test_what_is_to_be_checked_names_people_as_the_page_shows_them(filled: Workspace) -> None:
    account = first(filled)
    elder = next(relative.beneficiary for relative in account.relatives if relative.age == 74)
    spouses = {relative.beneficiary for relative in account.relatives if relative.relations == ("spouse",)}
    assert account.reading == "user"
    assert account.conflicts == (
        Conflict("older", "child", (elder,), years=30),
        Conflict("many", "spouse", tuple(sorted(spouses)), limit=1),
    )


def test_a_payment_is_marked_by_every_alert_that_cites_it(filled: Workspace, tmp_path: Path) -> None:
    account = first(filled)
    cited = [payment for payment in account.payments if payment.cited]
    assert len(cited) == 12
    [own] = {each.alert_id for payment in cited for each in payment.cited}
    assert all(payment.citation() == payment.citation(own) == payment.cited[0] for payment in cited)
    assert account.payments[0].citation() is None
    assert own in {row.alert_id for row in account.alerts}
    copy = without(filled, tmp_path / "dismissed")
    with writing(copy.store).begin() as connection:
        connection.execute(update(Alert).where(Alert.alert_id == own).values(status="dismissed"))
    with open_store(copy) as reader:
        dismissed = family(reader, account.payer)
    assert dismissed is not None
    assert [payment.citation() for payment in dismissed.payments] == [None] * len(account.payments)
    assert sum(payment.citation(own) is not None for payment in dismissed.payments) == 12


def test_the_money_is_that_of_the_payments(filled: Workspace) -> None:
    account = first(filled)
    assert account.amount == sum(4_000 + 731 * k for k in range(40))
    assert account.amount == sum(relative.amount for relative in account.relatives)


@pytest.mark.parametrize(
    ("lacking", "relations", "ages"),
    [
        (("persons",), True, False),
        (("family_authorizations",), False, True),
        (("persons", "family_authorizations", "enrolments", "account_entries"), False, False),
    ],
)
def test_without_tables_nothing_is_compared(
    filled: Workspace, tmp_path: Path, lacking: tuple[str, ...], relations: bool, ages: bool
) -> None:
    account = first(without(filled, tmp_path / "lacking", *lacking))
    assert len(account.payments) == 40
    assert any(relative.relations for relative in account.relatives) == relations
    assert any(relative.age is not None for relative in account.relatives) == ages
    assert [each.kind for each in account.conflicts] == (["many"] if relations else [])


def test_an_unknown_account_is_none(filled: Workspace) -> None:
    with open_store(filled) as reader:
        assert family(reader, "P-0000000000000") is None
