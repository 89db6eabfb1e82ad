"""A packet and a case by hand."""

from __future__ import annotations

import pytest
from support.case_steps import LI, NOON, STEPS, go
from support.packs import make_packet
from support.store_runs import Store

from detection.followup import cases as casework


@pytest.fixture
def packet_id(store: Store) -> str:
    return make_packet(store)


@pytest.fixture
def case_id(store: Store, packet_id: str) -> str:
    """The case of the packet, with a disposition that a director approved."""
    opened = casework.open_case(
        store.workspace.root, packet_id, actor=LI, at=NOON, reason="two patterns agree"
    )
    go(store, opened.case_id, STEPS)
    return opened.case_id
