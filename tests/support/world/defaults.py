"""What a row has in the columns that a test leaves out."""

from __future__ import annotations

from collections.abc import Mapping

from support.world.cells import row_of

from features.contract import TABLES

_TEXTS: Mapping[str, Mapping[str, str]] = {
    "settlements": {
        "provider": "p1",
        "scheme": "employee",
        "person_category": "active",
        "care_type": "pharmacy",
        "total_amount": "100.00",
        "pool_paid": "0.00",
        "account_paid": "0.00",
    },
    "enrolments": {
        "scheme": "employee",
        "person_category": "active",
        "status": "active",
        "pooling_area": "320600",
        "start_date": "2020-01-01",
    },
    "providers": {
        "provider_kind": "pharmacy",
        "level": "ungraded",
        "pooling_area": "320600",
        "agreement_start": "2020-01-01",
    },
    "family_authorizations": {"relation": "parent", "valid_from": "2020-01-01 00:00"},
    "registered_contexts": {"from": "2020-01-01"},
}
DEFAULTS = {name: row_of(TABLES[name], cells) for name, cells in _TEXTS.items()}
"""Stored values by table and column."""
