"""Accounts of districts neither see nor move outside leads, whatever the leads were matched to."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from support.case_steps import ZHAO, act, page
from support.lead_files import NOON, imported, make_packets
from support.store_runs import Store

from detection.cases.moves import Act
from detection.followup import cases as casework
from detection.store.queries import open_store
from detection.store.queries.casework.cases import CaseFilters, case_page, cases
from features.errors import UsageError

LEAD, DISTRICT = "L-2026-0001", "320602"
TODAY = dt.date(2026, 11, 30)
ANNA = {"subject_kind": "person", "subject_id": "anna"}
ASSIGN: Act = act("assign", inspectors=frozenset({"li", "wang"}))


def test_an_account_of_the_matched_district_neither_sees_nor_moves_an_outside_lead(store: Store) -> None:
    make_packets(store)
    imported(store, ANNA, {"institution": "Lilac Pharmacy"})
    assert page(store, LEAD).case.district == DISTRICT, "the lead has the district of what it matches"
    with open_store(store.workspace, (DISTRICT,)) as reader:
        assert cases(reader, CaseFilters(), TODAY) == []
        with pytest.raises(UsageError, match="no case"):
            case_page(reader, LEAD, TODAY)
    supervisor = replace(ZHAO, districts=(DISTRICT,))
    with pytest.raises(UsageError, match="no case"):
        casework.move(store.workspace.root, LEAD, ASSIGN, actor=supervisor, at=NOON)
    assert page(store, LEAD).case.state == "registered"
    casework.move(store.workspace.root, LEAD, ASSIGN, actor=ZHAO, at=NOON)
    assert page(store, LEAD).case.state != "registered"
