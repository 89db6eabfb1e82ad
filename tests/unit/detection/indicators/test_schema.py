"""The JSON schema of indicators' cards is up to date."""

from __future__ import annotations

from support.golden import assert_up_to_date
from support.schemas import INDICATOR_SCHEMA


def test_the_schema_is_up_to_date() -> None:
    assert_up_to_date(INDICATOR_SCHEMA)
