"""The vocabulary agrees with the contract."""

from __future__ import annotations

import pytest

from features.contract import TABLES, Kind, vocabulary


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("SCHEMES", "enrolments.scheme"),
        ("SCHEMES", "settlements.scheme"),
        ("PERSON_CATEGORIES", "enrolments.person_category"),
        ("PERSON_CATEGORIES", "settlements.person_category"),
        ("ENROLMENT_STATUSES", "enrolments.status"),
        ("PROVIDER_STATUSES", "provider_status.status"),
        ("PROVIDER_KINDS", "providers.provider_kind"),
        ("LEVELS", "providers.level"),
        ("CARE_TYPES", "settlements.care_type"),
        ("ENTRY_KINDS", "account_entries.entry_kind"),
        ("PREMIUM_KINDS", "account_entries.premium_kind"),
        ("RELATIONS", "family_authorizations.relation"),
    ],
)
def test_a_code_list_is_that_of_the_contract(name: str, column: str) -> None:
    table, _, code = column.partition(".")
    assert getattr(vocabulary, name) == TABLES[table].columns[code].values


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("EMPLOYEE_CATEGORIES", "PERSON_CATEGORIES"),
        ("WORKING_CATEGORIES", "EMPLOYEE_CATEGORIES"),
        ("INACTIVE_STATUSES", "ENROLMENT_STATUSES"),
        ("INACTIVE_STATUSES", "PROVIDER_STATUSES"),
        ("GRADED_LEVELS", "LEVELS"),
        ("ORDINARY_CARE", "CARE_TYPES"),
        ("PROGRAMME_CARE", "CARE_TYPES"),
        ("ACCOUNT_COLUMNS", "PAYER_COLUMNS"),
    ],
)
def test_a_group_is_part_of_its_list(part: str, whole: str) -> None:
    assert getattr(vocabulary, part)
    assert set(getattr(vocabulary, part)) < set(getattr(vocabulary, whole))


def test_a_single_code_is_named_after_its_value() -> None:
    codes = {
        name: value for name, value in vars(vocabulary).items() if isinstance(value, str) and name.isupper()
    }
    assert len(codes) == 14
    assert {name: name.lower() for name in codes} == codes


def test_column_groups_are_money_columns_of_settlements() -> None:
    money = TABLES["settlements"].of_kind(Kind.MONEY)
    assert {*vocabulary.COST_COLUMNS, *vocabulary.PAYER_COLUMNS} < set(money)
