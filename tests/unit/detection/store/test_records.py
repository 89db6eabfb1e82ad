"""Records as evidence in the store: kept, counted apart from suspicion, exported and explained masked."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from support.both_stores import on_both_stores
from support.drafts import a_draft, a_record_draft
from support.store_runs import Store

from detection.alerts.draft import NO_MONEY, Money
from detection.cli.listing import print_alerts
from detection.export.export import export
from detection.masking import mask
from detection.store.queries import Filters, open_store, stored
from detection.store.queries import evidence as page
from detection.store.queries.home import home
from detection.store.queries.totals import Totals, totals_apart

SUSPECT, ERROR = a_draft("one"), a_record_draft()


@pytest.fixture
def full(store: Store) -> Store:
    store.run("r1", SUSPECT, ERROR)
    return store


def test_records_are_kept_with_their_money_and_place(full: Store) -> None:
    with open_store(full.workspace) as reader:
        assert page.record_count(reader, ERROR.alert_id) == full.alert(ERROR).evidence_rows == 2
        first, second = page.records(reader, ERROR.alert_id, page=1, size=9)
        assert page.record_months(reader, ERROR.alert_id) == [("2024-03", 500, -200)]
        assert page.evidence_count(reader, ERROR.alert_id) == 0
    assert (first.account, second.account, second.source_row) == (500, -200, 2)
    assert (first.table, first.day, first.source_file) == (
        "account_entries",
        dt.date(2024, 3, 8),
        "account_entries.csv",
    )
    assert first.record == mask(full.workspace.pseudonym_key(), "e1", "record")


def test_another_amount_is_a_change_and_the_old_records_go(full: Store) -> None:
    assert full.run("r2", SUSPECT, ERROR)["same"] == 2
    assert full.run("r3", SUSPECT, a_record_draft("agency", ("e1", 501)))["changed"] == 1
    with open_store(full.workspace) as reader:
        assert [record.record_id for record in stored.records(reader, ERROR.alert_id)] == ["e1"]


@on_both_stores
def test_agency_errors_are_never_added_to_suspicion(full: Store) -> None:
    with open_store(full.workspace) as reader:
        assert totals_apart(reader, Filters()) == {
            "suspicion": Totals(1, Money(1000, 234)),
            "agency": Totals(1, Money(0, 300)),
        }
        assert totals_apart(reader, Filters(list="agency")) == {"agency": Totals(1, Money(0, 300))}
        shown = home(reader)
    assert [figure.totals for figure in shown.figures] == [
        Totals(1, Money(1000, 234)),
        Totals(),
        Totals(1, Money(1000, 234)),
        Totals(),
    ]
    assert [sum(figure.months) for figure in shown.figures] == [1, 0, 1234, 0]
    assert shown.apart == (("agency", Totals(1, Money(0, 300))), ("data", Totals()))
    assert [item.money for item in shown.weekly if item.money != NO_MONEY] == [Money(1000, 234)]


def test_the_list_at_a_terminal_says_each_sum_apart(full: Store, capsys: pytest.CaptureFixture[str]) -> None:
    print_alerts(full.workspace, Filters(), limit=10, language="en")
    text = " ".join(capsys.readouterr().out.split())
    assert "1 of 1 alerts At issue by rule: pooled fund 10.00 · accounts 2.34" in text
    assert "Agency errors: 1 of 1 alerts At issue by rule: pooled fund 0.00 · accounts 3.00" in text


def test_a_grade_at_a_terminal_has_the_name_of_its_queue(
    full: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both are ``definite``: of a suspicion, and of an error that is none."""
    assert SUSPECT.severity == ERROR.severity == "definite"
    print_alerts(full.workspace, Filters(), limit=10, language="zh")
    rows = {line for line in capsys.readouterr().out.splitlines() if "明确" in line}
    grade_of = {row.split("│")[2]: row.split("│")[3].strip() for row in rows}
    assert sorted(grade_of.values()) == ["明确差错", "规则明确"]
    [error] = [grade for alert, grade in grade_of.items() if ERROR.alert_id in alert]
    assert error == "明确差错"


@on_both_stores
@pytest.mark.parametrize("reveal", [False, True])
def test_an_export_names_records_by_table(full: Store, tmp_path: Path, reveal: bool) -> None:
    out = tmp_path / "alerts.json"
    export(
        full.workspace,
        "alerts",
        file_format="json",
        out=out,
        reveal=reveal,
        reason="hearing",
        actor="li",
        at="noon",
    )
    stored = {item["alert_id"]: item["record_ids"] for item in json.loads(out.read_text())["alerts"]}
    key = full.workspace.pseudonym_key()
    names = sorted(item if reveal else mask(key, item, "record") for item in ("e1", "e2"))
    assert stored == {
        SUSPECT.alert_id: [],
        ERROR.alert_id: [f"account_entries:{name}" for name in names],
    }
