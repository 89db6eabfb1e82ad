"""Lists are filtered, sorted and paged by the store; a total counts each settlement once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select, text
from support.both_stores import on_both_stores
from support.drafts import a_card, a_draft, evidence, records
from support.store_runs import NOT_ASSESSABLE, Store

from detection.alerts.draft import AlertDraft, Money
from detection.masking import mask
from detection.store.queries import Filters, Totals, open_store, stored
from detection.store.queries.filters import where
from detection.store.queries.totals import money_of, totals
from detection.store.schema import Alert, AlertMember, SharedEvidence
from features.errors import UsageError

FIRST = a_draft("first", score=90.0)
SECOND = a_draft("second", score=80.0, severity="watch", settlements=("s1", "s2"))
SHARED = a_draft("shared", score=70.0, severity="watch")
SHARED = a_draft(
    "shared",
    score=70.0,
    severity="watch",
    settlements=("s2", "s3"),
    evidence=evidence(SHARED.alert_id, ("s2", "s3")),
)


@pytest.fixture
def full(store: Store) -> Store:
    store.run("r1", FIRST, SECOND, SHARED)
    return store


@on_both_stores
@pytest.mark.parametrize(
    ("filters", "cases"),
    [
        ({}, ["first", "second", "shared"]),
        ({"severity": "watch"}, ["second", "shared"]),
        ({"text": "a-0"}, []),
        ({"detector": "another"}, []),
        ({"status": "open"}, ["first", "second", "shared"]),
        ({"status": "dismissed"}, []),
    ],
)
def test_filters(full: Store, filters: dict[str, Any], cases: list[str]) -> None:
    with open_store(full.workspace) as reader:
        page, whole = stored.alerts(reader, Filters(**filters)), totals(reader, Filters(**filters))
    assert [alert.subject_id for alert in page] == cases
    assert whole.alerts == len(cases)


@on_both_stores
def test_a_subject_is_requested_by_its_pseudonym(full: Store) -> None:
    pseudonym = mask(full.workspace.pseudonym_key(), "shared", "payer_account")
    with open_store(full.workspace) as reader:
        filters = (Filters(subject=pseudonym), Filters(text=pseudonym.lower()))
        listed = [[alert.subject_id for alert in stored.alerts(reader, item)] for item in filters]
    assert listed == [["shared"], ["shared"]]


@on_both_stores
def test_a_person_is_in_the_alerts_of_its_groups_and_accounts_as_long_as_they_name_it(store: Store) -> None:
    def group(members: str) -> AlertDraft:
        return a_draft("pair", kind="group", member_ids=tuple(members))

    about = a_draft("ben", kind="person", member_ids=("ben",))
    pseudonym = mask(store.workspace.pseudonym_key(), "b", "person")
    store.run("r1", about, group("abcd"), a_draft("other", member_ids=("a",)))
    with open_store(store.workspace) as reader:
        listed = stored.alerts(reader, Filters(involved=f"person:{pseudonym}"))
        assert [alert.subject_id for alert in listed] == ["pair"]
        assert stored.alerts(reader, Filters(involved=f"payer_account:{pseudonym}")) == []
        [own] = stored.alerts(reader, Filters(involved=f"person:{reader.identity('person', 'ben')}"))
        assert own.subject_id == "ben"
    store.run("r2", about, group("acd"))
    with open_store(store.workspace) as reader:
        assert stored.alerts(reader, Filters(involved=f"person:{pseudonym}", status="")) == []
        assert reader.session.scalars(select(AlertMember.alert_id).where(AlertMember.person_id == "c")).all()


def test_members_are_read_by_their_index(full: Store) -> None:
    pseudonym = mask(full.workspace.pseudonym_key(), "anna", "person")
    with open_store(full.workspace) as reader:
        condition = where(reader.directory, Filters(involved=f"person:{pseudonym}"))
        assert reader.session.scalar(select(func.count()).select_from(Alert).where(condition)) == 3
        query = select(Alert.alert_id).where(condition).compile(compile_kwargs={"literal_binds": True})
        plan = reader.session.execute(text(f"EXPLAIN QUERY PLAN {query}")).all()
    assert any("SEARCH alert_member USING PRIMARY KEY (person_id=?)" in row[3] for row in plan), plan


@on_both_stores
def test_a_total_counts_a_settlement_of_two_alerts_once(full: Store) -> None:
    with open_store(full.workspace) as reader:
        whole = totals(reader, Filters(severity="watch"))
    assert whole == Totals(2, Money(3_000, 3 * 234))  # s1, s2, s3


@on_both_stores
def test_what_is_cited_twice_is_known_again_after_every_run(full: Store) -> None:
    """The second alert is closed by then and keeps its evidence: it is shared, but not in the list of open ones."""
    full.run("r2", FIRST, SHARED)
    with open_store(full.workspace) as reader:
        assert totals(reader, Filters()) == Totals(2, Money(3_000, 3 * 234))  # s-first, s2, s3
        assert totals(reader, Filters(status="")) == Totals(3, Money(4_000, 4 * 234))  # s1 as well
        assert reader.session.scalars(select(SharedEvidence.settlement_id)).all() == ["s2", "s2"]


@on_both_stores
def test_a_record_that_two_alerts_cite_counts_once_in_every_total(store: Store) -> None:
    drafts = [
        replace(each, records=records(each.alert_id, ("e1", 500), (f"e-{case}", -200)))
        for case in "ab"
        for each in (a_draft(case, settlements=(), pool=0, account=300),)
    ]
    store.run("r1", *drafts)
    with open_store(store.workspace) as reader:
        whole = Totals(2, Money(0, 500 - 200 - 200))
        assert totals(reader, Filters()) == whole
        assert totals(reader, Filters(start="2024-01-01", end="2024-12-31")) == whole
        assert money_of(reader, Filters())["account"].sum() == whole.at_issue.account


@on_both_stores
def test_pages_together_are_the_list(full: Store) -> None:
    with open_store(full.workspace) as reader:
        pages = [stored.alerts(reader, Filters(), sort="money", page=page, size=2) for page in (1, 2, 3)]
    assert [len(rows) for rows in pages] == [2, 1, 0]
    amounts = [alert.amount_at_issue for rows in pages for alert in rows]
    assert amounts == sorted(amounts, reverse=True)


@on_both_stores
def test_what_is_kept_with_an_alert(full: Store) -> None:
    with open_store(full.workspace) as reader:
        assert [item.settlement_id for item in stored.evidence(reader, SECOND.alert_id)] == ["s1", "s2"]
        assert [item.source_row for item in stored.evidence(reader, SECOND.alert_id, page=2, size=1)] == [2]
        assert stored.settlement_ids(reader)[SHARED.alert_id] == ["s2", "s3"]
        assert stored.card(reader, "digest-1") == a_card()
        assert reader.directory.names == {"p1": "Lilac Pharmacy"}
        with pytest.raises(UsageError):
            stored.alert(reader, "A-0")


def test_assessability_is_that_of_the_current_run(full: Store) -> None:
    full.run("r2", looked={"a_rule": NOT_ASSESSABLE})
    with open_store(full.workspace) as reader:
        [alert] = stored.assessability(reader)
    assert (alert.run_id, alert.status, alert.reason_zh) == ("r2", "not_assessable", "缺少数据表 enrolments")
