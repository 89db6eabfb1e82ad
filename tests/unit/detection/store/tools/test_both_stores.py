"""Tasks, files, assignment, splitting and merging do the same in either database."""

from __future__ import annotations

import datetime as dt

from support.both_stores import on_both_stores
from support.case_steps import DAY, LI, NOON, STEPS, ZHAO, make_packet, page
from support.store_runs import Store

from detection.cases.moves import Actor
from detection.followup import cases as casework
from detection.followup.audit.verifying import verify_log
from detection.followup.casework import combining
from detection.followup.casework.assigning import assign_packets
from detection.followup.casework.files import NewFile, add_file, read_file
from detection.followup.casework.tasks import NewTask, add_task, finish_task
from detection.store.queries import open_store
from detection.store.queries.casework.tools.links import linked_cases
from detection.store.queries.casework.tools.recovery import recoveries
from detection.store.retention import Expiring, expire
from features.workspace.place import Place

PDF = b"%PDF-1.7 invoices"


@on_both_stores
def test_a_case_with_tasks_and_files_is_split_and_merged_again(store: Store) -> None:
    where = Place(store.workspace.root, store.workspace.database)
    packet_id = make_packet(store)
    assert assign_packets(where, [packet_id], "li", actor=ZHAO, at=NOON).done == (packet_id,)
    case_id = casework.open_case(where, packet_id, actor=LI, at=NOON, reason="patterns agree").case_id
    for name, role, step in STEPS[:2]:
        casework.move(where, case_id, step, actor=Actor(name, role), at=NOON)
    before = page(store, case_id)
    task = add_task(where, case_id, NewTask("call them", "li", DAY), actor=LI, at=NOON)
    finish_task(where, task.task_id, actor=LI, at=NOON, result="no answer")
    filed = add_file(where, case_id, NewFile("invoices.pdf", PDF), actor=LI, at=NOON)
    assert read_file(where, filed.document_id, actor=LI, at=NOON) == ("invoices.pdf", PDF)
    moved = before.alerts[0].alert_id
    new = combining.split(where, case_id, [moved], actor=ZHAO, at=NOON, reason="another matter").case_id
    assert page(store, new).clocks == before.clocks
    combining.merge(where, new, case_id, actor=ZHAO, at=NOON, reason="the same after all")
    whole = page(store, case_id)
    assert {row.alert_id for row in whole.alerts} == {row.alert_id for row in before.alerts}
    assert whole.money == before.money
    with open_store(store.workspace) as reader:
        relations = {each.relation for each in linked_cases(reader, case_id)}
        assert recoveries(reader, DAY + dt.timedelta(days=99)) == []
    assert relations == {"split_to", "merged_from"}
    nothing = Expiring((), 0, "2020-01-01", "", (filed.document_id,))
    expire(store.workspace.store, nothing, actor="root", at=NOON, reason="none has ended")
    assert read_file(where, filed.document_id, actor=LI, at=NOON)[1] == PDF
    assert verify_log(store.workspace, actor="chen", at=NOON).fault is None
