"""Random audits: who is in the sample with what chance, who may record a result, and the rate of the report."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from support.alert_acts import NOON, dismiss
from support.both_stores import on_both_stores
from support.drafts import a_card, a_draft
from support.store_runs import INSTITUTIONS, Store

from detection.alerts.draft import AlertDraft
from detection.cases.limits import limits
from detection.cases.moves import Act, Actor, MoveRefusedError
from detection.followup import audits
from detection.report.sections.casework import casework_points
from detection.report.words import Words
from detection.store.queries import open_store
from detection.store.queries.audit.reading import entries
from detection.store.queries.casework.audits import Audited, AuditRow, audited, waiting_audits
from detection.store.queries.casework.outcomes import outcomes
from detection.store.queries.filters import EVERY_ALERT
from features.errors import UsageError

ZHAO = Actor("zhao", "supervisor")
DRAFTS = [a_draft(f"d{number}", pool=1, account=0) for number in range(60)]


def waiting(store: Store) -> list[AuditRow]:
    with open_store(store.workspace) as reader:
        return waiting_audits(reader)


def results(store: Store) -> dict[str, Audited]:
    with open_store(store.workspace) as reader:
        return {each.stratum: each for each in audited(reader, EVERY_ALERT)}


def record(store: Store, number: int, code: str, by: Actor = ZHAO, move: str = "record_result") -> str:
    act = Act(move, dt.date(2026, 11, 30), reason="looked at anew", code=code)
    return audits.record(store.workspace.root, number, act, actor=by, at=NOON).result


@pytest.fixture
def dismissed(store: Store) -> Store:
    store.run("r1", *DRAFTS)
    for draft in DRAFTS:
        dismiss(store.writer, draft.alert_id)
    return store


def of_alerts(store: Store) -> list[AuditRow]:
    return [row for row in waiting(store) if row.stratum == "dismissed"]


def test_a_share_of_the_dismissed_is_sampled_with_its_chance(dismissed: Store) -> None:
    sample = of_alerts(dismissed)
    assert 0 < len(sample) < len(DRAFTS) * limits().audited_share * 4
    assert {row.chance for row in sample} == {limits().audited_share}
    assert {row.alert_id for row in sample} < {draft.alert_id for draft in DRAFTS}


def test_an_alert_that_is_open_again_waits_no_longer_and_is_sampled_once(dismissed: Store) -> None:
    row, *others = of_alerts(dismissed)
    [draft] = [each for each in DRAFTS if each.alert_id == row.alert_id]
    dismissed.act(draft, "reopen")
    assert [each.number for each in of_alerts(dismissed)] == [each.number for each in others]
    dismiss(dismissed.writer, draft.alert_id)
    assert [each.number for each in of_alerts(dismissed)] == [row.number, *(each.number for each in others)]


def test_who_dismissed_it_and_who_is_no_reviewer_records_no_result(dismissed: Store) -> None:
    row = of_alerts(dismissed)[0]
    for actor, problem in (
        (Actor("li", "reviewer"), "Another person"),
        (Actor("he", "inspector"), "The role"),
        (Actor("scores", "supervisor", "model"), "alone may not do it"),
    ):
        with pytest.raises(MoveRefusedError, match=problem):
            record(dismissed, row.number, "nothing_missed", actor)
    with pytest.raises(MoveRefusedError, match="code"):
        record(dismissed, row.number, "guilty")
    with pytest.raises(UsageError, match="no audit 999"):
        record(dismissed, 999, "missed")
    assert results(dismissed)["dismissed"].rate is None


def test_a_result_is_entered_corrected_by_a_supervisor_and_printed_with_its_interval(
    dismissed: Store,
) -> None:
    numbers = [row.number for row in of_alerts(dismissed)]
    for number in numbers:
        record(dismissed, number, "nothing_missed")
    with pytest.raises(MoveRefusedError, match="The role"):
        record(dismissed, numbers[0], "missed", Actor("gao", "reviewer"), "correct_result")
    record(dismissed, numbers[0], "missed", move="correct_result")
    result = results(dismissed)["dismissed"]
    assert result.rate is not None
    assert (result.size, result.undecided, result.rate.missed) == (len(numbers), 0, 1)
    assert result.rate.rate == pytest.approx(1 / len(numbers))
    assert result.rate.low < result.rate.rate < result.rate.high
    with open_store(dismissed.workspace) as reader:
        sentences = list(casework_points(outcomes(reader, EVERY_ALERT), Words("en")))
        chinese = list(casework_points(outcomes(reader, EVERY_ALERT), Words("zh")))
        entered = [entry for entry in entries(reader) if entry.object.startswith("random_audit:")]
    assert (
        f"dismissed alert: {len(numbers)} selected, {len(numbers)} decided, something missed in 1"
        in " ".join(sentences)
    )
    assert "漏判率" in " ".join(chinese)
    assert [entry.action for entry in entered][-1] == "correct_result"
    assert "legitimate, explained" in sentences[0], "single dismissals have their verdict"


def test_a_violation_that_was_missed_still_counts_when_its_alert_is_opened(dismissed: Store) -> None:
    row = of_alerts(dismissed)[0]
    record(dismissed, row.number, "missed")
    [draft] = [each for each in DRAFTS if each.alert_id == row.alert_id]
    dismissed.act(draft, "reopen", "the audit showed it", by=ZHAO)
    rate = results(dismissed)["dismissed"].rate
    assert rate is not None and rate.missed == 1


def test_an_audit_goes_over_to_the_alert_that_takes_the_place_of_another(store: Store) -> None:
    names = [f"d{number}" for number in range(60)]
    old = [a_draft(name, pool=1, account=0, card_digest="d0") for name in names]
    store.run("r1", *old, cards=[a_card(digest="d0")])
    for draft in old:
        dismiss(store.writer, draft.alert_id)
    before = of_alerts(store)
    new = [
        a_draft(f"{name}, by shop", settlements=(f"s-{name}",), identity=name, pool=1, account=0)
        for name in names
    ]
    store.run("r2", *new)
    after = of_alerts(store)
    assert before and [row.number for row in after] == [row.number for row in before]
    assert {row.alert_id for row in after} < {draft.alert_id for draft in new}
    with pytest.raises(MoveRefusedError, match="Another person"):
        record(store, after[0].number, "nothing_missed", Actor("li", "reviewer"))


@on_both_stores
def test_subjects_without_alerts_are_sampled_once_a_month_of_data(store: Store) -> None:
    places = pl.concat([INSTITUTIONS.with_columns(provider_id=pl.lit(f"p{n}")) for n in range(1, 12)])
    people = ["anna", *(f"person-{number}" for number in range(40))]
    run(store, "r1", a_draft("one"), places, people)
    sample = waiting(store)
    assert [row.stratum for row in sample].count("institution") == limits().audited_institutions
    assert [row.stratum for row in sample].count("person") == limits().audited_people
    assert {row.chance for row in sample} == {
        limits().audited_institutions / 10,  # p1 has an alert
        limits().audited_people / 40,  # anna too
    }
    run(store, "r2", a_draft("one"), places, people)
    assert [row.number for row in waiting(store)] == [row.number for row in sample]
    run(store, "r3", a_draft("one"), places, people, as_of="2024-07-31")
    assert len(waiting(store)) == 2 * len(sample)


def run(
    store: Store, name: str, draft: AlertDraft, places: pl.DataFrame, people: list[str], as_of: str = ""
) -> None:
    store.run(name, draft, institutions=places, people=people, as_of=as_of or "2024-06-30")


def test_the_draw_depends_on_the_run_and_can_be_repeated(store: Store) -> None:
    people = [f"person-{number}" for number in range(40)]
    run(store, "r1", a_draft("one"), INSTITUTIONS, people)
    first = {row.pseudonym for row in waiting(store)}
    run(store, "r2", a_draft("one"), INSTITUTIONS, people, as_of="2024-07-31")
    second = {row.pseudonym for row in waiting(store)} - first
    assert first != second and len(first) == limits().audited_people
