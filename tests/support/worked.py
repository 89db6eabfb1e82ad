"""People at work in a finished workspace: a packet somebody holds, a case with findings and money, outside leads."""

from __future__ import annotations

from pathlib import Path

from support.case_steps import LI, NOON, STEPS, act
from support.lead_files import lead_file

from dashboard.gate.access import DEMO
from detection.cases.money import Entry
from detection.cases.moves import Actor
from detection.followup import cases as casework
from detection.followup.outside.importing import import_leads
from detection.store.queries.casework.packets import PacketFilters, packets
from detection.store.queries.reader import open_reader

_TO_THE_DRAFT = 3
"""Of the steps, up to findings that a second person has to review."""


def work(workspace: Path) -> None:
    """Take a packet for whoever opens the pages, and open another as a case: the two institutions with most alerts."""
    with open_reader(workspace) as reader:
        assert reader is not None, "no run has finished in this workspace"
        listed = packets(reader, PacketFilters("institutions"))
    most_first = sorted(listed, key=lambda packet: -packet.alerts)
    taken, opened, *_ = (packet.packet_id for packet in most_first)
    casework.take(workspace, taken, actor=Actor(DEMO.actor.name, "inspector"), at=NOON)
    case_id = casework.open_case(
        workspace, opened, actor=LI, at=NOON, reason="两类以上证据指向同一机构 / kinds of evidence agree"
    ).case_id
    for name, role, step in STEPS[:_TO_THE_DRAFT]:
        casework.move(workspace, case_id, step, actor=Actor(name, role), at=NOON)
    entry = Entry("recovered", "pool", "confirmed", 12_345_67)
    casework.record_money(workspace, case_id, entry, act("record_money"), actor=LI, at=NOON)
    rows = (
        {
            "institution": most_first[0].subject,
            "text": "统筹费用增长较快 / costs grow fast",
            "deadline": "2026-12-18",
        },
        {"institution": most_first[2].subject, "kind": "smart_audit", "amount_claimed": "3120.50"},
        {"text": "来电反映门诊结算问题 / a call about a bill"},
    )
    import_leads(workspace, lead_file(*rows), "leads.csv", sender="省医保局", actor=LI, at=NOON)
