"""Alerts of finished cases are no open alerts: not in lists, not on the first page; they come back with their case."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import pytest
from support.alert_acts import alert_act
from support.case_steps import LI, NOON, PAIR, ZHAO, act, go, make_packet, page
from support.older_stores import take_back
from support.store_runs import Store

from detection.cases.life_cycle import Role
from detection.cases.moves import Act
from detection.followup import cases as casework
from detection.store.queries import open_store
from detection.store.queries.alerts import Filters, count, counts_by_list
from detection.store.queries.casework.packets import PacketFilters, packets
from detection.store.queries.home.figures import figures
from detection.store.writer import Writer
from features.errors import UsageError

Steps = Sequence[tuple[str, Role, Act]]
END: Steps = [
    ("zhao", "supervisor", act("assign", inspectors=PAIR)),
    ("li", "inspector", act("propose_ending", code="legitimate_explained/nursing_home")),
    ("chen", "reviewer", act("confirm_ending")),
]


def ended_lead(store: Store) -> str:
    packet_id = make_packet(store)
    lead = casework.open_case(
        store.workspace.root, packet_id, actor=LI, at=NOON, reason="two patterns agree", kind="lead"
    )
    go(store, lead.case_id, list(END))
    return lead.case_id


def statuses(store: Store) -> list[str]:
    return [alert.status for alert in store.alerts()]


def open_alerts(store: Store) -> int:
    with open_store(store.workspace) as reader:
        assert counts_by_list(reader, Filters())["all"] == count(reader, Filters())
        [at_issue] = [figure for figure in figures(reader) if figure.name == "at_issue"]
        assert at_issue.totals.alerts == count(reader, Filters())
        assert len(packets(reader, PacketFilters())) == (1 if count(reader, Filters()) else 0)
        return count(reader, Filters())


def test_alerts_of_an_ended_lead_are_settled_and_no_longer_open(store: Store) -> None:
    case_id = ended_lead(store)
    assert statuses(store) == ["settled", "settled"]
    assert open_alerts(store) == 0
    assert [alert.status for alert in page(store, case_id).alerts] == ["settled", "settled"]
    store.run("r2")
    assert statuses(store) == ["settled", "settled"], "a later run does not open what a case decided"


def test_no_act_settles_a_single_alert_or_takes_that_back(store: Store) -> None:
    case_id = ended_lead(store)
    alert_id = page(store, case_id).alerts[0].alert_id
    writer = Writer(store.workspace.store)
    for move in ("undo", "take_up_again", "settle", "reopen"):
        with pytest.raises(UsageError):
            writer.act(alert_id, alert_act(move), actor=ZHAO, at=NOON)
    assert statuses(store) == ["settled", "settled"]


def test_a_store_of_the_version_before_counts_alerts_of_finished_cases_no_longer(store: Store) -> None:
    ended_lead(store)
    take_back(store.workspace.store_file, "0011")
    with sqlite3.connect(store.workspace.store_file) as connection:
        connection.execute("UPDATE alert SET status = 'escalated'")
    Writer(store.workspace.store)
    assert statuses(store) == ["settled", "settled"]
