"""Several people at once: nothing is lost, and nobody overwrites what they have not seen."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from support.both_stores import on_both_stores
from support.drafts import a_draft
from support.many_writers import REFUSED, act_often
from support.signing_in import LI, WANG
from support.store_runs import Store

from detection.accounts.rights import Actor
from detection.audit.chain import verify
from detection.followup.acts import Outcome, act
from detection.store.queries import open_store
from detection.store.queries.audit.reading import entries
from features.workspace import Place

WRITERS, ACTS = 5, 50


def place(store: Store) -> Place:
    return Place(store.workspace.root, store.workspace.database)


@on_both_stores
def test_of_two_inspectors_who_take_the_same_alert_one_is_refused(store: Store) -> None:
    alert = a_draft("one")
    store.run("r1", alert)
    with open_store(store.workspace) as reader:
        seen = {alert.alert_id: reader.version().last_event}

    def take(actor: Actor, action: str) -> Outcome:
        return act(
            place(store),
            [alert.alert_id],
            actor=actor,
            action=action,
            note="mine",
            at="2024-07-03T12:00:00",
            seen=seen,
        )

    with ThreadPoolExecutor(2) as both:
        outcomes = list(both.map(take, [LI, WANG], ["triage", "escalate"]))
    assert sorted(len(outcome.done) for outcome in outcomes) == [0, 1]
    [refusal] = [outcome.refused[0] for outcome in outcomes if outcome.refused]
    assert "changed meanwhile" in refusal
    [event] = store.events(alert)
    assert store.alert(alert).status == event.status_after


@on_both_stores
def test_no_update_of_many_writers_is_lost(store: Store) -> None:
    alerts = [a_draft(f"case {number}") for number in range(3)]
    store.run("r1", *alerts)
    work = partial(act_often, place(store), [alert.alert_id for alert in alerts], ACTS)
    with ThreadPoolExecutor(WRITERS) as writers:
        done = Counter[str]()
        for own in writers.map(work, [f"inspector {number}" for number in range(WRITERS)]):
            done += own
    assert done.total() - done[REFUSED] == WRITERS * ACTS
    for alert in alerts:
        events = store.events(alert)
        assert len(events) == done[alert.alert_id]
        before = ["new", *(event.status_after for event in events)]
        assert [event.status_before for event in events] == before[:-1]
        assert store.alert(alert).status == before[-1]
    with open_store(store.workspace) as reader:
        log = verify(lambda: entries(reader))
    assert log.fault is None
    assert log.entries >= done.total()
