"""What tests of packets and cases begin with."""

from __future__ import annotations

import pytest
from support.case_steps import LI, NOON, make_packet
from support.store_runs import Store

from detection.followup import cases as casework


@pytest.fixture
def packet_id(store: Store) -> str:
    """A packet of two alerts of 12.34 yuan each."""
    return make_packet(store)


@pytest.fixture
def case_id(store: Store, packet_id: str) -> str:
    return casework.open_case(
        store.workspace.root, packet_id, actor=LI, at=NOON, reason="two patterns agree"
    ).case_id
