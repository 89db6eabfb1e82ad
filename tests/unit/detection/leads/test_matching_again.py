"""Matching anew leaves alone what a person did meanwhile."""

from __future__ import annotations

from dataclasses import replace

from support.drafts import a_draft
from support.lead_files import NOON, PLACES, WANG, ZHAO, imported, make_packets
from support.store_runs import Store

from detection.alerts.draft import Subject
from detection.followup.audit.verifying import verify_log
from detection.followup.outside.matching import choose_subject
from detection.store.leads.writer import LeadWriter
from detection.store.queries import open_store
from detection.store.queries.leads.lead import outside_part
from detection.store.queries.leads.matching import rematched

LEAD, OTHER = "L-2026-0001", "L-2026-0002"


def test_an_institution_that_a_person_chose_meanwhile_stays(store: Store) -> None:
    make_packets(store)
    bob = {"subject_kind": "person", "subject_id": "bob"}
    imported(store, {"institution": "同名药店"}, bob)
    subject = Subject("person", "bob", ("bob",), None, None, "320602")
    store.run("r2", *(replace(a_draft(case), subject=subject) for case in "cd"), institutions=PLACES)
    with open_store(store.workspace) as reader:
        matches = rematched(reader)
        before = outside_part(reader, LEAD)
    assert before is not None and {each.match.code for each in matches} == {"proposed", "packet"}
    other = before.proposed[0]
    choose_subject(store.workspace.root, LEAD, other.pseudonym, actor=WANG, at=NOON, reason="street")
    with open_store(store.workspace) as reader:
        chosen = outside_part(reader, LEAD)
    assert LeadWriter(store.workspace).rematch(matches, ZHAO, NOON, reason="after the run") == 1
    with open_store(store.workspace) as reader:
        kept, attached = outside_part(reader, LEAD), outside_part(reader, OTHER)
    assert kept == chosen and kept is not None and kept.match == "subject"
    assert attached is not None and attached.match == "packet", "the others are matched"
    assert verify_log(store.workspace, actor="sun", at=NOON).fault is None
