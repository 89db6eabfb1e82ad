"""Outside leads from a file to the queue: matched, with their deadline, entered in the log without what they say."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import replace

import polars as pl
import pytest
from support.both_stores import on_both_stores
from support.drafts import a_draft
from support.lead_files import NOON, PLACES, SENDER, WANG, ZHAO, imported, lead_file, make_packets
from support.store_runs import Store

from detection.accounts.rights import NotAllowedError
from detection.alerts.draft import Subject
from detection.cases.moves import Actor
from detection.followup.audit.verifying import verify_log
from detection.followup.outside.importing import preview
from detection.followup.outside.matching import choose_subject, match_again
from detection.masking import mask
from detection.store.queries import open_store
from detection.store.queries.audit.reading import entries
from detection.store.queries.leads.choosing import candidates
from detection.store.queries.leads.lead import OutsidePart, outside_part
from detection.store.queries.leads.queue import LeadFilters, LeadLine, lead_lines, senders
from detection.subjects.index import index_file
from features.errors import FundwatchError, InputError, UsageError
from features.workspace import Place

TODAY = dt.date(2026, 11, 30)
SECRET = "她用奶奶的卡买药"
KNOWN = (("person", "carl"), ("employer", "acme"))
ANNA = {"subject_kind": "person", "subject_id": "anna"}


def queue(store: Store, today: dt.date = TODAY, **filters: str) -> list[LeadLine]:
    with open_store(store.workspace) as reader:
        return lead_lines(reader, LeadFilters(filters.get("sender", ""), due=filters.get("due", "")), today)


def part(store: Store, case_id: str) -> OutsidePart:
    with open_store(store.workspace) as reader:
        matched = outside_part(reader, case_id)
    assert matched is not None
    return matched


@on_both_stores
def test_fifty_leads_attach_where_there_is_a_packet_and_the_rest_queues(store: Store) -> None:
    make_packets(store)
    rows = [ANNA | {"text": SECRET}] * 5 + [{"subject_kind": "provider", "subject_id": "p1"}] * 5
    rows += [
        {"institution": " lilac　pharmacy "},
        {"institution": "和平桥卫生服务中心"},
        {"institution": "同名药店"},
    ]
    rows += [{"institution": "没有这家"}] + [
        {"subject_kind": "person", "subject_id": f"q{n}"} for n in range(35)
    ]
    rows += [{}]
    done = imported(store, *rows)
    assert (len(done.numbers), done.numbers[0], done.numbers[-1]) == (50, "L-2026-0001", "L-2026-0050")
    lines = {line.lead.case_id: line for line in queue(store)}
    matched = [lines[number].match for number in done.numbers]
    assert matched == ["packet"] * 5 + ["subject"] * 6 + ["proposed"] * 2 + ["unknown"] * 36 + ["nobody"]
    first, named = lines["L-2026-0001"], lines["L-2026-0011"]
    assert first.packet_id.startswith("insured.P-")
    assert named.lead.subject == "Lilac Pharmacy"
    assert [each.name for each in part(store, "L-2026-0012").proposed] == ["崇川区和平桥社区卫生服务中心"]
    assert len(part(store, "L-2026-0013").proposed) == 2, "two of the same name: a person chooses"
    assert lines["L-2026-0012"].lead.pseudonym == "", "a near name is never attached by itself"
    assert verify_log(store.workspace, actor="sun", at=NOON).fault is None


def test_nothing_that_a_sender_wrote_about_a_person_is_in_the_log(store: Store) -> None:
    make_packets(store)
    imported(store, ANNA | {"sender_number": "张三-17", "text": SECRET})
    with open_store(store.workspace) as reader:
        logged = "\n".join(entry.line() for entry in entries(reader))
    assert '"action":"register"' in logged and '"action":"import_leads"' in logged
    assert [text for text in (SECRET, '"anna"', "张三") if text in logged] == []
    assert part(store, "L-2026-0001").text == SECRET


def test_what_a_sender_wrote_is_guarded_by_the_log(store: Store) -> None:
    make_packets(store)
    imported(store, ANNA | {"deadline": "2026-12-01"})
    assert verify_log(store.workspace, actor="sun", at=NOON).fault is None
    with sqlite3.connect(store.workspace.root / "store.sqlite") as connection:
        connection.execute("UPDATE outside_lead SET deadline = '2027-12-01'")
    fault = verify_log(store.workspace, actor="sun", at=NOON).fault
    assert fault is not None and "outside_lead" in fault.what


def test_the_senders_deadline_is_kept_and_the_clock_counts_from_the_receipt(store: Store) -> None:
    make_packets(store)
    imported(store, {"deadline": "2026-11-27"}, {"received_on": "2026-11-23"}, {"deadline": "2026-12-04"})
    late, soon, counted = queue(store)
    assert late.due is not None and soon.due is not None and counted.due is not None
    assert (late.due.clock, late.due.overdue) == ("sender_deadline", True)
    assert (soon.due.day, soon.due.left) == (dt.date(2026, 12, 4), 4)
    assert (counted.due.clock, counted.due.day) == ("lead_check", dt.date(2026, 12, 14)), "15 working days"
    assert [line.sender_number for line in queue(store, due="overdue")] == ["n-1"]
    assert [line.sender_number for line in queue(store, due="soon")] == ["n-3"]


def test_a_number_that_was_sent_before_is_left_out(store: Store) -> None:
    make_packets(store)
    imported(store, {}, {})
    again = imported(store, {}, {}, {})
    assert (again.numbers, again.preview.known) == (("L-2026-0003",), (2, 3))
    other = imported(store, {}, sender="国家医保局")
    assert other.numbers == ("L-2026-0004",)
    with open_store(store.workspace) as reader:
        assert senders(reader) == ["国家医保局", SENDER]
    assert [line.lead.case_id for line in queue(store, sender="国家医保局")] == ["L-2026-0004"]


def test_a_preview_and_a_refused_file_write_nothing(store: Store) -> None:
    make_packets(store)
    root = store.workspace.root
    shown = preview(root, lead_file(ANNA), "leads.csv", sender=SENDER, actor=WANG, at=NOON)
    [line] = shown.lines
    assert line.match == "packet" and line.subject.startswith("P-")
    with pytest.raises(InputError):
        imported(store, {}, {"kind": "rumor"})
    assert queue(store) == []


@pytest.mark.parametrize(
    "actor",
    [Actor("sun", "reader"), Actor("sun", "auditor"), Actor("wang", "inspector", districts=("320602",))],
)
def test_who_may_not_import_is_refused(store: Store, actor: Actor) -> None:
    make_packets(store)
    with pytest.raises(NotAllowedError):
        imported(store, ANNA, actor=actor)
    assert queue(store) == []


def test_a_reader_of_districts_sees_no_lead_from_outside(store: Store) -> None:
    make_packets(store)
    imported(store, ANNA, {"subject_kind": "provider", "subject_id": "p4"}, {})
    with open_store(store.workspace, ("320611",)) as reader:
        assert lead_lines(reader, LeadFilters(), TODAY) == []
        assert senders(reader) == []
        assert outside_part(reader, "L-2026-0001") is None


def test_a_later_run_attaches_what_waits(store: Store) -> None:
    make_packets(store)
    imported(store, {"subject_kind": "person", "subject_id": "bob"}, ANNA)
    bob = Subject("person", "bob", ("bob",), None, None, "320602")
    store.run("r2", *(replace(a_draft(case), subject=bob) for case in "cd"), institutions=PLACES)
    root = store.workspace.root
    assert match_again(root, actor=ZHAO, at=NOON, reason="after the run") == 2
    assert {line.sender_number: line.match for line in queue(store)} == {"n-1": "packet", "n-2": "subject"}
    assert match_again(root, actor=ZHAO, at=NOON, reason="once more") == 0
    assert verify_log(store.workspace, actor="sun", at=NOON).fault is None


def test_a_person_chooses_an_institution_for_a_reason(store: Store) -> None:
    make_packets(store)
    imported(store, {"institution": "和平桥卫生服务中心"}, ANNA)
    root = store.workspace.root
    [near] = part(store, "L-2026-0001").proposed
    with pytest.raises(UsageError):
        choose_subject(root, "L-2026-0001", near.pseudonym, actor=WANG, at=NOON, reason="")
    with pytest.raises(UsageError, match="no such subject"):
        choose_subject(root, "L-2026-0001", "I-NONE", actor=WANG, at=NOON, reason="same street")
    choose_subject(root, "L-2026-0001", near.pseudonym, actor=WANG, at=NOON, reason="same street")
    chosen = part(store, "L-2026-0001")
    assert (chosen.match, chosen.subject, chosen.proposed) == ("subject", near.name, ())
    match_again(root, actor=ZHAO, at=NOON, reason="after the run")
    assert part(store, "L-2026-0001").subject == near.name, "what a person chose stays"


def write_index(store: Store, *subjects: tuple[str, str]) -> None:
    """The index of subjects of the run, with kinds and ids."""
    space = store.workspace
    file = index_file(space.run("r1"), "subjects")
    file.parent.mkdir(parents=True)
    rows = [(mask(space.pseudonym_key(), identity, kind), kind, 0) for kind, identity in subjects]
    pl.DataFrame(rows, ["pseudonym", "kind", "row"], orient="row").write_parquet(file)


@on_both_stores
def test_any_packet_or_subject_can_be_searched_for_and_chosen(store: Store) -> None:
    make_packets(store)
    write_index(store, ("person", "anna"))
    imported(store, {}, {"subject_kind": "person", "subject_id": "eve"})
    with open_store(store.workspace) as reader:
        pseudonym = reader.identity("person", "anna")
        [by_id], [by_name] = candidates(reader, "anna"), candidates(reader, "lilac")
        assert candidates(reader, by_id.chosen) == candidates(reader, pseudonym) == (by_id,)
        assert candidates(reader, "nowhere") == () == candidates(reader, " ")
    assert (by_id.packet, by_id.name, by_name.packet, by_name.name) == (
        True,
        pseudonym,
        False,
        "Lilac Pharmacy",
    )
    where = Place(store.workspace.root, store.workspace.database)
    choose_subject(where, "L-2026-0001", by_name.chosen, actor=WANG, at=NOON, reason="the address is theirs")
    choose_subject(where, "L-2026-0002", by_id.chosen, actor=WANG, at=NOON, reason="the same telephone")
    assert [line.match for line in queue(store)] == ["subject", "packet"]
    assert part(store, "L-2026-0002").packet_id == by_id.chosen
    assert match_again(where, actor=ZHAO, at=NOON, reason="after the run") == 0
    with pytest.raises(UsageError, match="no packet"):
        choose_subject(where, "L-2026-0002", "insured.P-NONE", actor=WANG, at=NOON, reason="a guess")


def test_a_lead_of_another_origin_has_no_match(store: Store) -> None:
    make_packets(store)
    with pytest.raises(FundwatchError):
        choose_subject(
            store.workspace.root, "L-2026-0009", "I-NONE", actor=WANG, at=NOON, reason="same street"
        )


def test_people_without_alerts_are_known_by_their_pseudonym(store: Store) -> None:
    make_packets(store)
    write_index(store, *KNOWN)
    imported(store, *({"subject_kind": "person", "subject_id": name} for name in ("carl", "acme", "dora")))
    assert [line.match for line in queue(store)] == ["subject", "unknown", "unknown"]
