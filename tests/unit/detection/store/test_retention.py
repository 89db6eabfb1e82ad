"""Evidence of closed alerts goes by the fund's dated rules, wholly, and is entered in the audit log."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support.alert_acts import LI, alert_act, dismiss
from support.commands import fundwatch
from support.drafts import a_draft
from support.store_runs import Store

from detection.cases.life_cycle import ended_states
from detection.store import retention
from detection.store.retention import expire, expiring

RULES = '[evidence_months]\nvalue = 24\nunit = "months"\nsource = "Order 7 of 2020"\nfrom = {start}\n'
OLD, RECENT, OPEN = a_draft("old"), a_draft("recent"), a_draft("open")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    file = tmp_path / "retention.toml"
    file.write_text(RULES.format(start="2020-01-01"))
    return file


@pytest.fixture
def dismissed(store: Store) -> Store:
    """Three alerts: two dismissed, one of them years ago."""
    store.run("r1", OLD, RECENT, OPEN)
    for draft, at in ((OLD, "2020-03-01T08:00:00"), (RECENT, "2999-01-01T08:00:00")):
        dismiss(store.writer, draft.alert_id, at=at)
    return store


def rows(store: Store, table: str = "evidence") -> dict[str, int]:
    with sqlite3.connect(store.workspace.store_file) as connection:
        return dict(
            connection.execute(f"SELECT alert_id, count(*) FROM {table} GROUP BY alert_id").fetchall()
        )


def purge(store: Store, rules: Path, *words: str) -> tuple[int, str]:
    ended = fundwatch("purge", "--workspace", store.workspace.root, "--rules", rules, *words)
    return ended.code, ended.out + ended.err


def test_only_evidence_of_alerts_closed_long_ago_goes(dismissed: Store, rules: Path) -> None:
    before = rows(dismissed)
    assert before.keys() == {OLD.alert_id, RECENT.alert_id, OPEN.alert_id}
    code, out = purge(dismissed, rules, "--reason", "Order 7 of 2020", "--yes")
    assert code == 0 and "1 rows of evidence of 1 alerts" in out
    assert rows(dismissed) == {alert: count for alert, count in before.items() if alert != OLD.alert_id}
    assert dismissed.alert(OLD).status == "dismissed"
    assert [event.action for event in dismissed.events(OLD)][-1] == "dismiss_small"
    with sqlite3.connect(dismissed.workspace.store_file) as connection:
        entry = connection.execute(
            "SELECT action, after, reason FROM audit_entry ORDER BY number DESC LIMIT 1"
        ).fetchone()
    assert entry[0] == "purge" and entry[2] == "Order 7 of 2020"
    assert '"alerts":1' in entry[1] and '"rules"' in entry[1]
    assert "Nothing to remove" in purge(dismissed, rules, "--reason", "again", "--yes")[1]


def test_deleted_rows_are_not_left_in_the_file(dismissed: Store, rules: Path) -> None:
    settlement = b"unique-settlement-of-a-deleted-row"
    with sqlite3.connect(dismissed.workspace.store_file) as connection:
        connection.execute(
            "UPDATE evidence SET settlement_id = ? WHERE alert_id = ?", (settlement.decode(), OLD.alert_id)
        )
    connection.close()
    purge(dismissed, rules, "--reason", "Order 7", "--yes")
    assert not [
        file for file in dismissed.workspace.root.glob("store.sqlite*") if settlement in file.read_bytes()
    ]


def test_what_changed_since_the_plan_and_alerts_of_open_cases_stay(dismissed: Store, rules: Path) -> None:
    store, today = dismissed.workspace.store, dt.date(2026, 1, 15)
    with sqlite3.connect(dismissed.workspace.store_file) as connection:
        connection.execute(
            "INSERT INTO shared_evidence SELECT settlement_id, alert_id, pool, account FROM evidence"
        )
    plan = expiring(store, rules, today)
    assert plan.alerts == (OLD.alert_id,)
    dismissed.writer.act(OLD.alert_id, alert_act("undo"), actor=LI, at="2020-03-02T08:00:00")
    before = rows(dismissed)
    expire(store, plan, actor="li", at="2026-01-15T08:00:00", reason="Order 7")
    assert rows(dismissed) == before
    dismiss(dismissed.writer, OLD.alert_id, at="2020-03-03T08:00:00")
    with sqlite3.connect(dismissed.workspace.store_file) as connection:
        connection.execute(
            "INSERT INTO case_file VALUES ('C-1', 'case', 'q', 'person', 'p', NULL, 'open', '', '', '', '', 0, NULL)"
        )
        connection.execute("INSERT INTO case_alert VALUES ('C-1', ?, 1)", (OLD.alert_id,))
    assert expiring(store, rules, today).alerts == ()
    with sqlite3.connect(dismissed.workspace.store_file) as connection:
        connection.execute("UPDATE case_file SET state = ?", ended_states()[:1])
    expire(store, expiring(store, rules, today), actor="li", at="2026-01-15T08:00:00", reason="Order 7")
    for table in ("evidence", "shared_evidence"):
        assert rows(dismissed, table).keys() == {RECENT.alert_id, OPEN.alert_id}


def test_rows_that_could_not_be_overwritten_are_overwritten_by_the_next_purge(
    dismissed: Store, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "_WAIT_SECONDS", 0)
    with closing(sqlite3.connect(dismissed.workspace.store_file)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM alert").fetchone()
        code, out = purge(dismissed, rules, "--reason", "Order 7", "--yes")
        assert code == 7 and "still lies in free pages" in out
        assert purge(dismissed, rules, "--reason", "Order 7", "--yes")[0] == 7
    assert purge(dismissed, rules, "--reason", "Order 7", "--yes")[0] == 0


def test_rules_need_a_reason_a_source_and_to_be_in_force(dismissed: Store, rules: Path) -> None:
    before = rows(dismissed)
    assert purge(dismissed, rules, "--yes")[0] == 2
    rules.write_text(RULES.format(start="2998-01-01"))
    assert "not in force" in purge(dismissed, rules, "--reason", "Order 7", "--yes")[1]
    rules.write_text(RULES.format(start="2020-01-01").replace("Order 7 of 2020", " "))
    assert "no source" in purge(dismissed, rules, "--reason", "Order 7", "--yes")[1]
    assert rows(dismissed) == before
